"""The second pass: every record becomes part of a draft, or a refusal."""

from __future__ import annotations

from collections.abc import Iterator

from kontor.core.errors import Invalid
from kontor.core.tabular import RefusedRecord, Table
from kontor.goods.reading.assembly import Assembler
from kontor.goods.reading.fields import Field
from kontor.goods.reading.forms import Member, Reading, form_of
from kontor.goods.reading.mapping import Defaults, Mapping, check
from kontor.goods.reading.problems import problem
from kontor.goods.reading.rows import RowReader
from kontor.goods.reading.spool import Spool
from kontor.goods.reading.survey import Survey, survey
from kontor.goods.reading.values import ProductDraft, Refusal


class MappingIncomplete(Invalid):
    """The mapping lacks what reading can't do without; `problems` says what."""

    code, title = "mapping.incomplete", "The columns are not all mapped yet"


def drafts(
    table: Table, mapping: Mapping, defaults: Defaults, *, surveyed: Survey | None = None
) -> Iterator[ProductDraft | Refusal]:
    """Products and refusals, in the order in which their last rows stand in the file, the same at every call.

    Streams: singles leave at once, a group when its last row was read; until then its rows wait in a spool (32 MiB in
    memory, then on disk), so children may stand before their parent or far from it. Takes two passes over the file, one
    where `survey(table, mapping, defaults)` is handed in.

    Raises MappingIncomplete before the first record, and what `Table.records` raises.
    """
    missing = tuple(found for found in check(mapping, defaults) if found.severity == "error")
    if missing:
        raise MappingIncomplete("Some columns have to be mapped first.", problems=missing)
    found = surveyed or survey(table, mapping, defaults)
    return _read(table, mapping, defaults, found)


def _read(
    table: Table, mapping: Mapping, defaults: Defaults, found: Survey
) -> Iterator[ProductDraft | Refusal]:
    assembler = Assembler(mapping, defaults)
    form = form_of(mapping)
    reading = Reading(
        RowReader(mapping, defaults, found.signs), assembler, dict(found.first_rows), found.parent_of
    )
    with Spool() as spool:
        for record in table.records():
            number, cells = record.number, record.cells
            if isinstance(record, RefusedRecord):
                yield assembler.refusal(number, [record.problem])
                continue
            if unfit := form.refuse(cells):
                yield assembler.refusal(number, [unfit])
                continue
            identity = form.identity(cells)
            first = found.first_rows.get(identity.sku, number) if identity.sku else number
            if first != number:
                twice = problem("sku.duplicate_in_file", Field.SKU, sku=identity.sku, first_row=first)
                yield assembler.refusal(number, [twice], identity.sku)
                continue
            group = found.group_of(identity)
            if group is None:
                yield form.single(Member(number, cells), reading)
            elif found.group_sizes[group] == 1:
                yield from form.group(group, [Member(number, cells)], reading)
            elif spool.add(group, Member(number, cells)) == found.group_sizes[group]:
                yield from form.group(group, spool.take(group), reading)
