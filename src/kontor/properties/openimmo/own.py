"""What OpenImmo has no place for, in its field for users: our field's path as the name, JSON as the text.

So nothing of a content is lost in a file that we write and read; others overlook these fields.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote, unquote

from kontor.properties.openimmo.rows import Leaf, numbered

PREFIX: Final = "kontor:"
ELEMENT: Final = "user_defined_simplefield"

Steps = tuple[str | int, ...]
Difference = tuple[Steps, Any]


def differences(wanted: Any, found: Any, steps: Steps = ()) -> Iterator[Difference]:
    """How to make `found` what is wanted: places and their values, None where nothing should be."""
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        for name in {**found, **wanted}:
            yield from differences(wanted.get(name), found.get(name), (*steps, name))
    elif _are_alike(wanted, found):
        for number, (one, other) in enumerate(zip(wanted, found, strict=True)):
            yield from differences(one, other, (*steps, number))
    elif wanted != found:
        yield steps, wanted


def _are_alike(one: Any, other: Any) -> bool:
    return isinstance(one, list) and isinstance(other, list) and len(one) == len(other)


def leaves(found: Sequence[Difference], first: int) -> Iterator[Leaf]:
    """The user's fields that say so, numbered from `first`."""
    for number, (steps, value) in enumerate(found, first):
        path = numbered(ELEMENT, number)
        yield f"{path}@feldname", PREFIX + "/".join(quote(str(step), safe="[]@:") for step in steps)
        yield path, json.dumps(value)


def told(fields: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], Steps, Any]]:
    """The differences that an object's own fields tell, each with the paths of its leaves; what we can't read is passed
    over."""
    for path, name in fields.items():
        if not path.startswith(ELEMENT) or not path.endswith("@feldname") or not name.startswith(PREFIX):
            continue
        element = path.removesuffix("@feldname")
        try:
            value = json.loads(fields.get(element, ""))
        except ValueError:
            continue
        yield (path, element), tuple(unquote(step) for step in name.removeprefix(PREFIX).split("/")), value


def applied(content: dict[str, Any], steps: Steps, value: Any) -> bool:
    """Sets (or with None removes) the value at a place; False where there is no such place."""
    *way, last = steps
    here: Any = content
    for step in way:
        if isinstance(here, list) and isinstance(step, str) and step.isdecimal() and int(step) < len(here):
            here = here[int(step)]
        elif isinstance(here, dict):
            here = here.setdefault(step, {})
        else:
            return False
    if not isinstance(here, dict):
        return False
    if value is None:
        here.pop(str(last), None)
    else:
        here[str(last)] = value
    return True
