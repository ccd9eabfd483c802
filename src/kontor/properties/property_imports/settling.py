"""Some objects of an import: what they became, the counts and the place in the package, in one transaction.

A worker may die at any line of it: either all of it is there and the place stands behind it, or nothing is, and the next
run reads the same objects again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from kontor.catalog import references
from kontor.core.errors import Problem
from kontor.jobs.errors import LeaseLost
from kontor.properties import service, views
from kontor.properties.content import PropertyContent
from kontor.properties.property_imports.models import Action, Phase, PropertyImport, PropertyResult
from kontor.properties.property_imports.preparing import Prepared
from kontor.properties.service import Draft
from kontor.properties.views import PropertyView

OBJECTS: Final = 100
COUNTS: Final = tuple(Action.values)


def chunks(objects: Iterable[Prepared]) -> Iterator[list[Prepared]]:
    """The objects in order, some at a time, and never one twice: the second must find what became of the first."""
    chunk: list[Prepared] = []
    keys = set[str]()
    for each in objects:
        if len(chunk) >= OBJECTS or keys & each.keys:
            yield chunk
            chunk, keys = [], set()
        chunk.append(each)
        keys |= each.keys
    if chunk:
        yield chunk


def settle(import_id: UUID, job_id: UUID, position: int, chunk: Sequence[Prepared]) -> PropertyImport:
    """Writes the objects that begin at `position`; the row as it is afterwards. Inside `tenant()`.

    Raises LeaseLost where another worker went on with this import meanwhile.
    """
    row = locked(import_id, job_id)
    if row.position != position:
        raise LeaseLost
    references.alone()
    known = _known(chunk)
    results = [_result(row, number, each) for number, each in enumerate(chunk, position)]
    _save(chunk, results, known)
    _remove(chunk, results, known)
    write(row, results)
    row.position = position + len(chunk)
    row.save(update_fields=["position", *COUNTS])
    return row


def locked(import_id: UUID, job_id: UUID) -> PropertyImport:
    """The row of a running import. Raises LeaseLost where it is another job's by now."""
    row = PropertyImport.objects.select_for_update().get(id=import_id)
    if (row.phase, row.job_id) != (Phase.IMPORTING, job_id):
        raise LeaseLost
    return row


def write(row: PropertyImport, results: Sequence[PropertyResult]) -> None:
    """Adds results, and counts them on the row, which is not saved yet."""
    PropertyResult.objects.bulk_create(results)
    for name in COUNTS:
        setattr(row, name, getattr(row, name) + sum(result.action == name for result in results))


def _result(row: PropertyImport, number: int, each: Prepared) -> PropertyResult:
    content = each.content or PropertyContent()
    return PropertyResult(
        import_run_id=row.id, number=number, document=each.document[:300], line=each.line, offerer_number=each.offerer,
        openimmo_id=content.identifiers.openimmo_obid[:200], reference=content.reference, action=Action.REFUSED,
        problems=[problem.as_dict() for problem in each.problems],
    )  # fmt: skip


def _known(chunk: Sequence[Prepared]) -> Mapping[int, PropertyView]:
    """The property that an object is, by its place: by OpenImmo's id, else by the number if that one has no other id."""
    contents = {place: each.content for place, each in enumerate(chunk) if each.content}
    by_id = service.find_by_openimmo_ids(content.identifiers.openimmo_obid for content in contents.values())
    by_number = service.find_by_references(content.reference for content in contents.values())
    found = {view.listing_id: view for view in views.many([*by_id.values(), *by_number.values()])}
    known = {}
    for place, content in contents.items():
        openimmo_id = content.identifiers.openimmo_obid
        view = found.get(by_id.get(openimmo_id) or by_number.get(content.reference) or UUID(int=0))
        theirs = view.content.identifiers.openimmo_obid if view else ""
        if view and (not openimmo_id or theirs in ("", openimmo_id)):
            known[place] = view
    return known


def _save(
    chunk: Sequence[Prepared], results: Sequence[PropertyResult], known: Mapping[int, PropertyView]
) -> None:
    places = [place for place, each in enumerate(chunk) if each.content and not each.is_removed]
    drafts = []
    for place in places:
        content, view = chunk[place].content or PropertyContent(), known.get(place)
        drafts.append(Draft(_laid_over(view.content, content), view.listing_id) if view else Draft(content))
    for place, outcome in zip(places, service.save_many(drafts), strict=True):
        result = results[place]
        result.action, result.listing_id = Action(outcome.action.value), outcome.listing_id
        result.revision_before, result.revision_after = outcome.revision_before, outcome.revision_after
        result.problems = [*result.problems, *(problem.as_dict() for problem in outcome.problems)]


def _laid_over(before: PropertyContent, content: PropertyContent) -> PropertyContent:
    """What a file says in place of what was there. What files of offices leave out stays: notes, the owner, being a draft."""
    kept: dict[str, Any] = {}
    if not content.notes:
        kept["notes"] = before.notes
    if content.owner.is_empty:
        kept["owner"] = before.owner
    if before.status == "draft":
        kept["status"] = before.status
    return content.model_copy(update=kept)


def _remove(
    chunk: Sequence[Prepared], results: Sequence[PropertyResult], known: Mapping[int, PropertyView]
) -> None:
    for place, each in enumerate(chunk):
        if not each.is_removed:
            continue
        view, result = known.get(place), results[place]
        if view is None:
            result.action = Action.UNCHANGED
            result.problems = [_gone().as_dict()]
        else:
            remove(result, view.listing_id, view.revision)


def remove(result: PropertyResult, listing_id: UUID, revision: int) -> None:
    """Takes a property out of use, and notes it."""
    is_removed = service.archive([listing_id])
    result.action = Action.REMOVED if is_removed else Action.UNCHANGED
    result.listing_id, result.revision_before, result.revision_after = (
        listing_id,
        revision,
        revision + is_removed,
    )


def _gone() -> Problem:
    return Problem(
        "openimmo.nothing_to_remove", "There is no such property, so nothing was removed", severity="warning"
    )
