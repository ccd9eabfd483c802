"""Changing parts of a property: a JSON merge patch (RFC 7396) over its sections.

`Patch` is the content with every field left out or null: what is left out stays, null takes away, a section is merged
with what is there, a list replaces it. It is made from the content itself, so that no field can be forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Optional, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic.fields import FieldInfo

from kontor.core.http.problems import invalid
from kontor.properties.content import PropertyContent
from kontor.properties.values import Section

EXAMPLE: dict[str, Any] = {
    "prices": {"cold_rent": "1120.00", "takeover_payment": None},
    "texts": {"en": {"title": "Bright flat by the river"}},
}


def merged(content: PropertyContent, patch: BaseModel) -> PropertyContent:
    """The content with the patch laid over it. Raises Invalid where the two don't go together."""
    said = patch.model_dump(mode="json", exclude_unset=True)
    try:
        return PropertyContent.from_json(_laid(content.as_json(), said))
    except ValidationError as error:
        raise invalid(error.errors()) from error


def _laid(there: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """RFC 7396, section 2."""
    result = dict(there)
    for name, value in said.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, Mapping):
            own = result.get(name)
            result[name] = _laid(own if isinstance(own, Mapping) else {}, value)
        else:
            result[name] = value
    return result


@cache
def patch_of(section: type[Section]) -> type[BaseModel]:
    """The section with every field optional and nullable."""
    fields: dict[str, Any] = {
        name: (_optional(field), FieldInfo(default=None, description=field.description))
        for name, field in section.model_fields.items()
    }
    examples = {"json_schema_extra": {"examples": [EXAMPLE]}} if section is PropertyContent else {}
    config = ConfigDict(extra="forbid", allow_inf_nan=False, **examples)  # type: ignore[typeddict-item]
    name = f"{section.__name__.removesuffix('Content')}Patch"
    return create_model(name, __config__=config, __doc__=section.__doc__, __module__=__name__, **fields)


def _optional(field: FieldInfo) -> Any:
    kind: Any = field.annotation
    origin, arguments = get_origin(kind), get_args(kind)
    if _is_section(kind):
        return Optional[patch_of(kind)]  # noqa: UP045  # a type that is only known when this runs
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, value = arguments
        inner: Any = patch_of(value) if _is_section(value) else value
        kind = dict.__class_getitem__((key, Optional[inner]))  # noqa: UP045
    annotated: Any = Annotated
    said: Any = annotated[(kind, *field.metadata)] if field.metadata else kind
    return said if NoneType in arguments else Optional[said]  # noqa: UP045


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Section)


if TYPE_CHECKING:

    class PropertyPatch(BaseModel):
        """What `patch_of(PropertyContent)` makes."""

else:
    PropertyPatch = patch_of(PropertyContent)
