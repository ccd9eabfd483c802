"""A row says what one leaf of the portal's XML is to us; one table of them reads, writes, checks and documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from kontor.channels.immoscout24.mapping.forms import Form
from kontor.channels.immoscout24.mapping.kinds import marketing_of
from kontor.channels.immoscout24.wire.document import Leaves
from kontor.channels.immoscout24.wire.order import ORDERS
from kontor.properties.choices import Marketing
from kontor.properties.content import PropertyContent
from kontor.properties.values import in_order

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One leaf for one field of ours.

    `types` and `marketing` limit it (empty: wherever the type has the element). `get` takes the value where it is not
    simply the field; `put` says which fields a read value fills. `required`: the schema demands it of these types.
    """

    theirs: str
    ours: str
    form: Form
    types: frozenset[str] = frozenset()
    marketing: frozenset[Marketing] = frozenset()
    get: Callable[[PropertyContent], Any] | None = None
    put: Callable[[Any], Found] | None = None
    required: frozenset[str] = frozenset()
    several: bool = False

    def is_for(self, type_name: str) -> bool:
        """Whether the type has this leaf."""
        if self.types and type_name not in self.types:
            return False
        return self.theirs.partition(".")[0] in ORDERS[type_name]

    def is_marketed(self, marketing: Marketing | None) -> bool:
        """Whether it counts for this way to change hands."""
        return not self.marketing or marketing in self.marketing

    def value(self, content: PropertyContent) -> Any:
        """What we have for it: None, empty text or an empty tuple for nothing."""
        return self.get(content) if self.get else attrgetter(self.ours)(content)

    def write(self, content: PropertyContent) -> tuple[str, ...]:
        """The texts of the leaf; none where we have nothing, or the portal no word for it."""
        value = self.value(content)
        values = value if isinstance(value, tuple) else (value,)
        texts = (self.form.write(each) for each in values if each is not None and each != "")
        return tuple(dict.fromkeys(text for text in texts if text is not None))

    def read(self, leaves: Leaves) -> Any:
        """The value in the leaf: None where nothing was said or nobody knows the word."""
        values = tuple(
            each for text in leaves.get(self.theirs, ()) if (each := self.form.read(text)) is not None
        )
        if self.several:
            return in_order(values) or None
        return values[0] if values else None

    def fills(self, value: Any) -> Found:
        """Our fields for a value that was read."""
        return self.put(value) if self.put else {self.ours: value}


@dataclass(frozen=True, slots=True)
class Fixed:
    """A leaf that stands beside others always with the same text: written where its element is written at all."""

    theirs: str
    text: str
    types: frozenset[str] = frozenset()
    marketing: frozenset[Marketing] = frozenset()

    def is_for(self, type_name: str, marketing: Marketing | None) -> bool:
        """Whether it counts for this type and way to change hands."""
        if self.types and type_name not in self.types:
            return False
        return not self.marketing or marketing in self.marketing


def counts(row: Row, type_name: str, leaves: Leaves) -> bool:
    """Whether a read object has this row."""
    return row.is_for(type_name) and row.is_marketed(marketing_of(type_name, leaves))
