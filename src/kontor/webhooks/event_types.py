"""What endpoints can ask to be told: names, meaning and shape of each type, and how the house's events become them.

Types are a promise to other people's programs: a field is never taken away or given another meaning. What can't be
said that way becomes a new type, or raises VERSION.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kontor.live.events import Told

VERSION: Final = 1
TEST: Final = "webhook.test"
_ID: Final = "01936f6e-4f0a-7c3e-9a51-2f6f0d6b8c11"


@dataclass(frozen=True, slots=True)
class EventType:
    """One type: `example` is a `data` object as it is sent."""

    name: str
    description: str
    example: Mapping[str, Any]


TYPES: Final[Mapping[str, EventType]] = {
    each.name: each
    for each in (
        EventType("order.received", "A channel told of an order that was not known yet.",
                  {"order_id": _ID, "number": "26-01001", "state": "to_ship", "revision": 1}),
        EventType("order.changed", "An order was paid, shipped, cancelled or changed otherwise.",
                  {"order_id": _ID, "number": "26-01001", "state": "shipped", "revision": 3}),
        EventType("listing.changed", "Listings have new content, prices or pictures; `count` says how many, "
                  "`listing_ids` names the first of them.",
                  {"listing_ids": [_ID], "count": 1, "revision": 7, "what": ["content"]}),
        EventType("stock.changed", "The stock of a variant moved; `quantity` is the variant's, `stock` the listing's.",
                  {"listing_id": _ID, "variant_id": _ID, "sku": "K-1", "quantity": 2, "stock": 5}),
        EventType("publication.changed", "A listing stands otherwise on a channel: sent, live, refused, withdrawn …",
                  {"publication_id": _ID, "listing_id": _ID, "connection_id": _ID, "state": "live"}),
        EventType("connection.changed", "An account at a channel works, or needs somebody to log in again.",
                  {"connection_id": _ID, "state": "callable"}),
        EventType("import.finished", "All rows of a file were taken in or refused.",
                  {"import_id": _ID, "file_name": "goods.csv", "imported": 120, "refused": 3}),
        EventType("job.finished", "A job that people see has ended; `outcome` says how.",
                  {"job_id": _ID, "kind": "publishing.run", "outcome": "succeeded", "done": 12, "total": 12}),
        EventType(TEST, "Somebody pressed “send a test”. Every endpoint gets it, whatever it chose.",
                  {"endpoint_id": _ID, "message": "This is a test from Kontor."}),
    )
}  # fmt: skip
CHOOSABLE: Final = tuple(name for name in TYPES if name != TEST)


def of(told: Told) -> tuple[str, dict[str, Any]] | None:
    """The type that an event of the house is told as, with its `data`; None for what stays inside."""
    translate = _TRANSLATIONS.get(told.kind)
    return translate(told) if translate else None


def _order(told: Told) -> tuple[str, dict[str, Any]]:
    name = "order.received" if told.payload.get("new") else "order.changed"
    return name, {
        "order_id": str(told.entity_id),
        "number": told.payload.get("number"),
        "state": told.payload.get("state"),
        "revision": told.revision,
    }


def _listing(told: Told) -> tuple[str, dict[str, Any]]:
    return "listing.changed", {
        "listing_ids": told.payload.get("ids") or [str(told.entity_id)],
        "count": told.payload.get("count", 1),
        "revision": told.revision,
        "what": told.payload.get("what", []),
    }


def _stock(told: Told) -> tuple[str, dict[str, Any]]:
    names = ("variant_id", "sku", "quantity", "stock")
    return "stock.changed", {
        "listing_id": str(told.entity_id),
        **{name: told.payload.get(name) for name in names},
    }


def _publication(told: Told) -> tuple[str, dict[str, Any]]:
    names = ("listing_id", "connection_id", "state")
    return "publication.changed", {
        "publication_id": str(told.entity_id),
        **{name: told.payload.get(name) for name in names},
    }


def _connection(told: Told) -> tuple[str, dict[str, Any]]:
    return "connection.changed", {"connection_id": str(told.entity_id), "state": told.payload.get("state")}


def _import(told: Told) -> tuple[str, dict[str, Any]] | None:
    if told.payload.get("phase") != "done":
        return None
    names = ("file_name", "imported", "refused")
    return "import.finished", {
        "import_id": str(told.entity_id),
        **{name: told.payload.get(name) for name in names},
    }


def _job(told: Told) -> tuple[str, dict[str, Any]] | None:
    if told.payload.get("status") != "done":
        return None
    names = ("kind", "outcome", "done", "total")
    return "job.finished", {
        "job_id": str(told.entity_id),
        **{name: told.payload.get(name) for name in names},
    }


_TRANSLATIONS: Final[Mapping[str, Callable[[Told], tuple[str, dict[str, Any]] | None]]] = {
    "order.changed": _order,
    "listing.changed": _listing,
    "stock.changed": _stock,
    "publication.changed": _publication,
    "connection.changed": _connection,
    "import.progress": _import,
    "job.changed": _job,
}
