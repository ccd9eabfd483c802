"""A person behind a property who wants to be forgotten: the one exception to revisions never changing.

What an owner is called and how to reach them goes from the property and from all of its history at once. That there was
an owner, and that they were forgotten, stays: the history names the field, and the audit log the erasure.
"""

from __future__ import annotations

from typing import Final, Literal
from uuid import UUID

from kontor.audit import service as audit
from kontor.catalog import references
from kontor.catalog.models import Revision
from kontor.core.errors import NotFound
from kontor.properties import service, writing
from kontor.properties.content import PropertyContent
from kontor.properties.parts.people import Contact
from kontor.properties.views import PropertyView
from kontor.properties.writing import Change

Who = Literal["owner", "contact"]
CHUNK: Final = 200


def forget(listing_id: UUID, who: Who) -> PropertyView:
    """Erases the owner's or the contact's data, archived or not; again is harmless. Raises NotFound."""
    references.alone()
    found = writing.current([listing_id]).get(listing_id)
    if found is None:
        raise NotFound
    listing, before = found
    writing.write([Change(listing, before, _without(before, who))])
    emptied = _empty(listing_id, who)
    audit.record(
        "property.person_forgotten",
        entity_kind="property",
        entity_id=listing_id,
        entity_label=before.reference,
        after={"who": who, "revisions": emptied},
    )
    return service.get(listing_id)


def _without(content: PropertyContent, who: Who) -> PropertyContent:
    return content.model_copy(update={who: Contact()})


def _empty(listing_id: UUID, who: Who) -> int:
    rows = Revision.objects.filter(listing_id=listing_id, snapshot__has_key=who)
    emptied = 0
    while some := list(rows.order_by("number")[:CHUNK]):
        for row in some:
            row.snapshot = {name: value for name, value in row.snapshot.items() if name != who}
        emptied += Revision.objects.bulk_update(some, ["snapshot"])
    return emptied
