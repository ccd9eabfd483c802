"""From the leaves of an object to a content and back, by the rows of the table.

Reading never fails: what a row can't read, what a content can't hold and what nobody knows is kept in `unknown` under its
path. Writing puts it back where the schema has a place for it, and whatever else into fields of our own (`own`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from kontor.properties.content import PropertyContent
from kontor.properties.openimmo import own, schema
from kontor.properties.openimmo.document import as_parsed
from kontor.properties.openimmo.fields import FIELDS
from kontor.properties.openimmo.taking import Taken
from kontor.properties.openimmo.values import Audience
from kontor.properties.parts.people import Contact

_NUMBER: Final = re.compile(r"\[\d+\]")
_STEP: Final = re.compile(r"[A-Za-z_][\w.-]*(\[([2-9]|[1-9]\d{1,4})\])?")
_ATTEMPTS: Final = 20
_MOST_UNKNOWN: Final = 2_000
_LONGEST_PATH: Final = 500
_LONGEST_TEXT: Final = 50_000


def read_content(leaves: Mapping[str, str]) -> PropertyContent:
    """What an object's leaves say; everything that isn't understood is in `unknown`."""
    taken = Taken(leaves)
    readers = schema.readers()
    for place in sorted({readers[path] for path in leaves if path in readers}):
        FIELDS[place].read(taken)
    for row in schema.READING:
        row.read(taken)
    content = _valid(taken)
    ours = list(own.told(taken.left))
    return _with_own(content, ours) if ours else content


def _valid(taken: Taken) -> PropertyContent:
    """The content of what was found. What it can't hold is given back to the leaves that said it."""
    for _ in range(_ATTEMPTS):
        unknown = {
            path: text[:_LONGEST_TEXT]
            for path, text in taken.left.items()
            if text and len(path) <= _LONGEST_PATH
        }
        found = _nested(taken.found) | {"unknown": dict(list(unknown.items())[:_MOST_UNKNOWN])}
        try:
            return PropertyContent.model_validate(found)
        except ValidationError as error:
            _give_back(taken, error)
    return PropertyContent(unknown=unknown)


def _nested(found: Mapping[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for ours, value in found.items():
        section, _, name = ours.rpartition(".")
        here = nested
        for step in section.split(".") if section else ():
            here = here.setdefault(step, {})
        here[name] = value
    return nested


def _give_back(taken: Taken, error: ValidationError) -> None:
    """Takes back each field, or each entry of a list, that is complained of."""
    entries: dict[str, set[int]] = {}
    for problem in error.errors(include_url=False, include_context=False, include_input=False):
        steps = problem["loc"]
        ours = next(
            (
                name
                for size in range(len(steps), 0, -1)
                if (name := ".".join(map(str, steps[:size]))) in taken.found
            ),
            "",
        )
        rest = steps[len(ours.split(".")) :]
        if ours and isinstance(taken.found[ours], list):
            several = taken.found[ours]
            number = rest[0] if rest and isinstance(rest[0], int) else len(several) - 1
            entries.setdefault(ours, set()).add(number)
        elif ours:
            taken.give_back([ours])
    for ours, numbers in entries.items():
        taken.give_back(f"{ours}.{number}" for number in numbers)
        left = [number for number in range(len(taken.found[ours])) if number not in numbers]
        sources = [taken.sources.pop(f"{ours}.{number}", {}) for number in left]
        taken.found[ours] = [taken.found[ours][number] for number in left]
        taken.sources |= {f"{ours}.{place}": source for place, source in enumerate(sources)}


def _with_own(
    content: PropertyContent, ours: list[tuple[tuple[str, str], own.Steps, Any]]
) -> PropertyContent:
    """With what our own fields say, all of them or none: they were written together."""
    changed = content.as_json()
    unknown = changed.setdefault("unknown", {})
    for paths, _, _ in ours:
        for path in paths:
            unknown.pop(path, None)
    if not all(own.applied(changed, steps, value) for _, steps, value in ours):
        return content
    try:
        return PropertyContent.from_json(changed)
    except ValidationError:
        return content


def write_content(content: PropertyContent, audience: Audience = Audience.OFFICE) -> dict[str, str]:
    """The leaves that say a content. `read_content` gives the same content back where the audience is an office, except for
    ids of stored pictures: the caller names their files. Portals get nothing private, unknown or of our own.
    """
    content = _for_portals(content) if audience is Audience.PORTAL else _without_stored(content)
    leaves = {path: as_parsed(text) for row in schema.ROWS for path, text in row.write(content)}
    _put_back(leaves, content.unknown)
    _fill(leaves)
    if audience is Audience.OFFICE:
        found = list(own.differences(content.as_json(), read_content(leaves).as_json()))
        first = 1 + sum(1 for path in leaves if path.startswith(own.ELEMENT) and path.endswith("@feldname"))
        leaves.update(own.leaves(found, first))
    return leaves


def _without_stored(content: PropertyContent) -> PropertyContent:
    pictures = tuple(
        picture.model_copy(update={"media_id": None})
        for picture in content.pictures
        if picture.url or picture.file_name
    )
    return content.model_copy(update={"pictures": pictures})


def _for_portals(content: PropertyContent) -> PropertyContent:
    commission = content.commission.model_copy(update={"internal": "", "internal_includes_vat": None})
    hidden = {"owner": Contact(), "notes": "", "unknown": {}, "commission": commission}
    return _without_stored(content).model_copy(update=hidden)


def _put_back(leaves: dict[str, str], unknown: Mapping[str, str]) -> None:
    """Writes what was kept in its place, where the schema takes it there."""
    fitting = {path: text for path, text in unknown.items() if path not in leaves and _fits(path, text)}
    present = {element for path in (*leaves, *fitting) for element in _elements(path)}
    for path, text in fitting.items():
        if all(_is_next(element, present) for element in _elements(path)) and _is_of_its_kind(path, leaves):
            leaves[path] = text


def _fits(path: str, text: str) -> bool:
    element, _, attribute = path.partition("@")
    steps = element.split("/")
    if as_parsed(text) != text or not all(_STEP.fullmatch(step) for step in (*steps, attribute or "x")):
        return False
    bare = _NUMBER.sub("", path)
    if "[" in attribute or bare.startswith(("anhaenge/anhang", "anhang")):
        return False
    names = _NUMBER.sub("", element).split("/")
    for depth, name in enumerate(names):
        if name in schema.USER_FIELDS:
            return schema.has_user_fields("/".join(names[:depth])) and _is_user_field(
                names[depth:], attribute, text
            )
    form = schema.forms().get(bare)
    return form is not None and form.takes(text)


def _is_user_field(names: list[str], attribute: str, text: str) -> bool:
    match names:
        case ["user_defined_simplefield"]:
            return attribute in ("", "feldname") and not text.startswith(own.PREFIX)
        case ["user_defined_extend", "feld", "name" | "wert" | "typ" | "modus"]:
            return not attribute
        case ["user_defined_anyfield", _, *_]:
            return True
    return False


def _elements(path: str) -> Iterator[str]:
    """The element that a path names and all it lies in, outermost first."""
    steps = path.partition("@")[0].split("/")
    return ("/".join(steps[:size]) for size in range(1, len(steps) + 1))


def _is_next(element: str, present: set[str]) -> bool:
    """Whether the schema allows this repetition, and the one before it is there (the user's fields fill their gaps)."""
    if not element.endswith("]"):
        return True
    first, _, number = element.removesuffix("]").rpartition("[")
    bare = _NUMBER.sub("", first)
    in_user_field = any(name in schema.USER_FIELDS for name in bare.split("/"))
    before = first if number == "2" else f"{first}[{int(number) - 1}]"
    return (in_user_field or schema.may_repeat(bare)) and (
        before in present or bare.rpartition("/")[2] in schema.USER_FIELDS
    )


def _is_of_its_kind(path: str, leaves: Mapping[str, str]) -> bool:
    """Objects are of one kind: a second one's leaves have no place."""
    prefix = "objektkategorie/objektart/"
    if not path.startswith(prefix) or path.startswith(f"{prefix}objektart_zusatz"):
        return True
    name = re.split(r"[@\[]", path.removeprefix(prefix))[0]
    others = {
        re.split(r"[@\[]", other.removeprefix(prefix))[0] for other in leaves if other.startswith(prefix)
    }
    return others - {"objektart_zusatz"} <= {name}


#: What the schema demands, and what is said where nobody said anything.
_DEMANDED: Final = {
    "objektkategorie/nutzungsart@WOHNEN": "false",
    "objektkategorie/nutzungsart@GEWERBE": "false",
    "objektkategorie/vermarktungsart@KAUF": "false",
    "objektkategorie/vermarktungsart@MIETE_PACHT": "false",
    "kontaktperson/name": "",
    "verwaltung_techn/objektnr_extern": "",
    "verwaltung_techn/openimmo_obid": "",
    "verwaltung_techn/stand_vom": "1970-01-01",
}
#: Attributes without which the schema doesn't take an element, wherever it stands.
_ATTRIBUTES: Final = {
    "weitere_adresse": ("adressart", ""),
    "user_defined_simplefield": ("feldname", ""),
    "objekt_text": ("lang", ""),
    "master": ("visible", "false"),
    "foto": ("location", "EXTERN"),
}
_WAYS_TO_CONTACT: Final = (
    "email_zentrale",
    "email_direkt",
    "tel_zentrale",
    "tel_durchw",
    "tel_fax",
    "tel_handy",
)


def _fill(leaves: dict[str, str]) -> None:
    """Adds what the schema demands."""
    for path, text in _DEMANDED.items():
        leaves.setdefault(path, text)
    for path in list(leaves):
        for element in _elements(path):
            if demanded := _ATTRIBUTES.get(element.rpartition("/")[2].partition("[")[0]):
                leaves.setdefault(f"{element}@{demanded[0]}", demanded[1])
        element = path.partition("@")[0]
        form = schema.forms().get(_NUMBER.sub("", element))
        if element not in leaves and form is not None and not form.takes(""):
            leaves[element] = "0"  # an amount of which only an attribute is known
    if not any(path.startswith("objektkategorie/objektart/") and "_zusatz" not in path for path in leaves):
        leaves["objektkategorie/objektart/sonstige"] = ""
    if not any(path in leaves for path in ("geo/plz", "geo/ort", "geo/geokoordinaten@breitengrad")):
        leaves["geo/ort"] = ""
    if not any(f"kontaktperson/{way}" in leaves for way in _WAYS_TO_CONTACT):
        leaves["kontaktperson/tel_zentrale"] = "-"
