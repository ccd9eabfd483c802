"""Properties: the door for everybody else. Called inside `tenant()`; takes and gives plain values.

Every change is a revision with its cause, an event, and a word to `catalog.changes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from kontor.catalog import references
from kontor.catalog.models import Listing, Media, Revision, Status
from kontor.core.errors import Conflict, Invalid, NotFound, Problem, StaleEdit
from kontor.properties import views, writing
from kontor.properties.content import PropertyContent, changed_fields
from kontor.properties.models import Property
from kontor.properties.parts.texts import Picture
from kontor.properties.refusals import refusals
from kontor.properties.views import PropertyView
from kontor.properties.writing import Change

CHUNK: Final = 500
ARCHIVED: Final = "archived"


class Archived(Conflict):
    """It lies in the archive: restore it first."""

    code, title = "properties.archived", "This is archived; restore it before changing it"


class ReferenceTaken(Invalid):
    """Another listing in use has this reference."""

    code, title = "properties.reference_taken", "Another listing has this number"


class Action(StrEnum):
    """What became of one of many."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Draft:
    """One of many: what it should be, and which property it changes (None: a new one)."""

    content: PropertyContent
    listing_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one draft. `revision_before` is 0 for a new one; `listing_id` None where it was refused."""

    action: Action
    listing_id: UUID | None
    reference: str
    revision_before: int = 0
    revision_after: int = 0
    problems: tuple[Problem, ...] = ()


def get(listing_id: UUID) -> PropertyView:
    """The whole property. Raises NotFound, also for another tenant's id."""
    found = views.many([listing_id])
    if not found:
        raise NotFound
    return found[0]


def locked(listing_id: UUID) -> PropertyView:
    """The same, which nobody else changes until the transaction ends."""
    _current(listing_id)
    return get(listing_id)


def find_by_references(wanted: Iterable[str]) -> dict[str, UUID]:
    """Properties in use by their own numbers; unknown ones are left out."""
    rows = Listing.objects.filter(reference__in=set(wanted), kind=writing.KIND)
    return dict(rows.exclude(status=Status.ARCHIVED).values_list("reference", "id"))


def find_by_openimmo_ids(wanted: Iterable[str]) -> dict[str, UUID]:
    """Properties by the id that others know them by, those in use before archived ones."""
    rows = Property.objects.filter(openimmo_id__in={each for each in wanted if each})
    found = sorted(
        rows.values_list("openimmo_id", "status", "updated_at", "id"),
        key=lambda row: (row[1] != Status.ARCHIVED, row[2]),
    )
    return {openimmo_id: key for openimmo_id, _, _, key in found}


def save(
    listing_id: UUID | None, content: PropertyContent, expected_revision: int | None = None
) -> PropertyView:
    """Makes a property (`listing_id` None) or makes it this; equal content makes no revision.

    `expected_revision` None: whatever is there is changed. Raises Invalid with every problem at once, ReferenceTaken,
    StaleEdit with both sides, Archived, NotFound.
    """
    return change(listing_id, lambda _: content, expected_revision)


def change(
    listing_id: UUID | None,
    way: Callable[[PropertyContent], PropertyContent],
    expected_revision: int | None = None,
) -> PropertyView:
    """The same from what is there, which `way` is given with the property locked. Raises the same."""
    references.alone()
    listing, before = (writing.new_listing(), None) if listing_id is None else _current(listing_id)
    if before is not None:
        _refuse_stale(listing, before, expected_revision)
        if before.status == ARCHIVED:
            raise Archived
    asked = _each_picture_once(way(before or PropertyContent()))
    if wrong := (*refusals(asked), *_unknown_media([asked]).get(0, ())):
        raise Invalid("Some values can't be taken; `problems` says which and why.", problems=wrong)
    batch = [Change(listing, before, asked)]
    _refuse_taken(batch)
    writing.write(batch)
    return get(listing.id)


def save_many(drafts: Sequence[Draft]) -> list[Outcome]:
    """The same for many in a fixed number of statements per 500; a refused one stops no other.

    An archived property comes back into use by it. Outcomes are in the order of the drafts; of two drafts for one
    property in one call, the later counts and the earlier one is told as unchanged.
    """
    references.alone()
    outcomes: list[Outcome] = []
    for start in range(0, len(drafts), CHUNK):
        outcomes += _save_some(drafts[start : start + CHUNK])
    return outcomes


def archive(listing_ids: Sequence[UUID]) -> int:
    """Takes properties out of use (their numbers are free again) and off their portals; how many were in use."""
    return _to_status(listing_ids, lambda _, content: content.with_status("archived"))


def archive_one(listing_id: UUID, expected_revision: int | None = None) -> None:
    """Takes one out of use, if nobody changed it meanwhile. Raises NotFound, StaleEdit."""
    references.alone()
    listing, content = _current(listing_id)
    _refuse_stale(listing, content, expected_revision)
    archive([listing_id])


def restore(listing_ids: Sequence[UUID]) -> int:
    """Puts archived properties back as they were; how many. Raises ReferenceTaken where a number is in use by now."""
    return _to_status(listing_ids, _as_before_archiving)


def undo(listing_id: UUID, to_number: int, expected_revision: int | None = None) -> PropertyView:
    """Makes a new revision with the content of an older one. Raises NotFound, StaleEdit, ReferenceTaken."""
    references.alone()
    listing, content = _current(listing_id)
    _refuse_stale(listing, content, expected_revision)
    undo_many([(listing_id, to_number)])
    return get(listing_id)


def undo_many(targets: Sequence[tuple[UUID, int]]) -> int:
    """The same for many; how many changed by it. Raises NotFound for a revision that does not exist, ReferenceTaken."""
    references.alone()
    changed = 0
    for start in range(0, len(targets), CHUNK):
        wanted = dict(targets[start : start + CHUNK])
        found = writing.current(wanted)
        rows = Revision.objects.filter(listing_id__in=found, number__in=set(wanted.values()))
        snapshots = {(row.listing_id, row.number): row.snapshot for row in rows}
        if any((key, number) not in snapshots for key, number in wanted.items()):
            raise NotFound
        changed += _write(
            Change(
                listing, before, PropertyContent.from_json(snapshots[key, wanted[key]]), undo_of=wanted[key]
            )
            for key, (listing, before) in found.items()
        )
    return changed


def _save_some(drafts: Sequence[Draft]) -> list[Outcome]:
    found = writing.current(draft.listing_id for draft in drafts if draft.listing_id)
    unknown = _unknown_media([draft.content for draft in drafts])
    batch: dict[UUID, Change] = {}
    places: dict[int, UUID] = {}
    outcomes: dict[int, Outcome] = {}
    for index, draft in enumerate(drafts):
        wrong = (*refusals(draft.content), *unknown.get(index, ()))
        if draft.listing_id and draft.listing_id not in found:
            wrong = (*wrong, Problem("properties.unknown", "There is no such property"))
        if wrong:
            outcomes[index] = Outcome(Action.REFUSED, None, draft.content.reference, problems=wrong)
            continue
        listing, before = found[draft.listing_id] if draft.listing_id else (writing.new_listing(), None)
        batch[listing.id] = Change(listing, before, _each_picture_once(draft.content))
        places[index] = listing.id
    taken = _taken(list(batch.values()))
    revisions = {key: each.listing.revision for key, each in batch.items()}
    writing.write([each for key, each in batch.items() if key not in taken])
    last = {key: index for index, key in places.items()}
    for index, key in places.items():
        reference, before_number = drafts[index].content.reference, revisions[key]
        after_number = batch[key].listing.revision
        if key in taken:
            outcomes[index] = Outcome(Action.REFUSED, None, reference, problems=(taken[key],))
        elif last[key] != index or after_number == before_number:
            outcomes[index] = Outcome(Action.UNCHANGED, key, reference, after_number, after_number)
        else:
            action = Action.UPDATED if before_number else Action.CREATED
            outcomes[index] = Outcome(action, key, reference, before_number, after_number)
    return [outcomes[index] for index in range(len(drafts))]


def _to_status(
    listing_ids: Sequence[UUID], way: Callable[[Listing, PropertyContent], PropertyContent]
) -> int:
    references.alone()
    changed = 0
    for start in range(0, len(listing_ids), CHUNK):
        found = writing.current(listing_ids[start : start + CHUNK])
        changed += _write(Change(listing, before, way(listing, before)) for listing, before in found.values())
    return changed


def _write(some: Iterable[Change]) -> int:
    batch = [each for each in some if each.is_content]
    _refuse_taken(batch)
    writing.write(batch)
    return len(batch)


def _as_before_archiving(listing: Listing, content: PropertyContent) -> PropertyContent:
    if content.status != ARCHIVED:
        return content
    rows = Revision.objects.filter(listing_id=listing.id).exclude(snapshot__status=ARCHIVED)
    last = rows.order_by("-number").values_list("snapshot__status", flat=True).first()
    return content.with_status(last or "active")


def _current(listing_id: UUID) -> tuple[Listing, PropertyContent]:
    found = writing.current([listing_id])
    if listing_id not in found:
        raise NotFound
    return found[listing_id]


def _refuse_stale(listing: Listing, content: PropertyContent, expected_revision: int | None) -> None:
    """Raises StaleEdit with what is there now, where it differs from the revision that was edited."""
    if expected_revision is None or expected_revision == listing.revision:
        return
    edited = Revision.objects.filter(listing_id=listing.id, number=expected_revision).first()
    since = changed_fields(PropertyContent.from_json(edited.snapshot), content) if edited else ()
    values = content.model_dump(mode="json", include={field.partition(".")[0] for field in since})
    theirs = {
        "revision": listing.revision,
        "updated_at": listing.updated_at.isoformat(),
        "updated_by": listing.updated_by,
        "changed": list(since),
        "values": values,
    }
    raise StaleEdit(yours={"revision": expected_revision}, theirs=theirs)


def _taken(batch: Sequence[Change]) -> dict[UUID, Problem]:
    """References that another listing in use has already, or an earlier change of this batch takes."""
    used = [each for each in batch if each.after.status != ARCHIVED]
    holders = references.holders(each.after.reference for each in used)
    problems: dict[UUID, Problem] = {}
    for each in used:
        reference = each.after.reference
        holder = holders.setdefault(reference, each.listing.id)
        if holder != each.listing.id:
            problems[each.listing.id] = Problem(
                "properties.reference_taken", f"Another listing has the number {reference}", "reference",
                {"reference": reference, "listing_id": str(holder)},
            )  # fmt: skip
    return problems


def _refuse_taken(batch: Sequence[Change]) -> None:
    if problems := tuple(_taken(batch).values()):
        raise ReferenceTaken(problems[0].message, problems=problems, **problems[0].params)


def _each_picture_once(content: PropertyContent) -> PropertyContent:
    """The same picture twice stands once, where it came first."""
    unique: dict[tuple[str, UUID | None], Picture] = {}
    for picture in content.pictures:
        unique.setdefault((picture.url, picture.media_id), picture)
    if len(unique) == len(content.pictures):
        return content
    return content.model_copy(update={"pictures": tuple(unique.values())})


def _unknown_media(contents: Sequence[PropertyContent]) -> Mapping[int, tuple[Problem, ...]]:
    """Pictures by ids that are none of ours, by the place of their content."""
    wanted = {picture.media_id for content in contents for picture in content.pictures if picture.media_id}
    known = set(Media.objects.filter(id__in=wanted).values_list("id", flat=True)) if wanted else set()
    return {
        place: tuple(
            Problem("properties.picture.unknown", "There is no such picture", f"pictures.{index}.media_id")
            for index, picture in enumerate(content.pictures)
            if picture.media_id and picture.media_id not in known
        )
        for place, content in enumerate(contents)
        if wanted - known
    }
