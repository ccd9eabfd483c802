"""Rows to drafts: singles, and groups of a parent and its variants.

A bad variant is refused and its siblings go on; a bad parent takes its variants along; an absent parent is made up from
its variants. A parent with one variant that has no options is what a merchant calls one article: a single with the
variant's SKU (stock is counted under it) and the parent's texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kontor.core.errors import Problem
from kontor.goods.reading.fields import Field
from kontor.goods.reading.mapping import Defaults, Mapping
from kontor.goods.reading.options import NamelessOption, options_of, slot_names
from kontor.goods.reading.problems import problem
from kontor.goods.reading.rows import Row
from kontor.goods.reading.siblings import (
    Sibling,
    common_aspects,
    common_title,
    ordered_names,
    settle_price,
    sift,
    without,
)
from kontor.goods.reading.values import ProductDraft, Refusal, VariantDraft


class Assembler:
    """Makes drafts and refusals out of rows, with the person's defaults."""

    def __init__(self, mapping: Mapping, defaults: Defaults) -> None:
        self._mapping, self._defaults = mapping, defaults

    def refusal(self, row: int, problems: Sequence[Problem], sku: str = "") -> Refusal:
        """The first problem, the others beside it."""
        first, *others = problems
        return Refusal(
            row=row,
            field=first.field,
            column=self._mapping.column_name(first.field),
            code=first.code,
            message=first.message,
            params=first.params,
            others=tuple(others),
            sku=sku,
        )

    def single(
        self, row: Row, parent: Row | None = None, extra_rows: Sequence[int] = ()
    ) -> ProductDraft | Refusal:
        """One article. Its options are aspects: there is nothing to choose. `parent` lends what the row lacks."""
        lender = parent or row
        title = lender.title or row.title
        if not title:
            row.note("title.missing", Field.TITLE)
        price_minor = settle_price(row, parent, self._defaults)
        if row.problems:
            return self.refusal(row.number, row.problems, row.sku)
        return ProductDraft(
            sku=row.sku,
            title=title,
            description_html=lender.description_html or row.description_html,
            brand=lender.brand or row.brand,
            mpn=row.mpn or lender.mpn,
            condition=row.condition or lender.condition or self._condition,
            category_hint=lender.category_hint or row.category_hint,
            aspects=_aspects_of_single(row, parent),
            option_names=(),
            image_urls=lender.image_urls or row.image_urls or row.variant_image_urls,
            variants=(self._variant(row, lender, price_minor),),
            rows=tuple(sorted({row.number, lender.number, *extra_rows})),
            problems=_picture_problems([row, lender]),
        )

    def article(
        self, row: Row, parent: Row | None, extra_rows: Sequence[int]
    ) -> Iterator[ProductDraft | Refusal]:
        """`single`, and where that is refused, a refusal for each record that was to be part of it."""
        outcome = self.single(row, parent, extra_rows)
        yield outcome
        if isinstance(outcome, Refusal):
            others = {*extra_rows, *((parent.number,) if parent else ())} - {row.number}
            yield from (self._follow(number, row) for number in sorted(others))

    def group(
        self,
        reference: str,
        parent: Row | None,
        children: Sequence[Row],
        extra_rows: Sequence[int] = (),
    ) -> Iterator[ProductDraft | Refusal]:
        """One product with variants; every row of it ends in the draft or in a refusal.

        `parent` may itself be one of `children`; then what is wrong with it as a variant is wrong with the parent.
        `extra_rows` only carried pictures.
        """
        if parent:
            settle_price(parent, None, self._defaults)
        good = sift(reference, parent, children, self._defaults) if not (parent and parent.problems) else []
        if parent and parent.problems:
            yield self.refusal(parent.number, parent.problems, parent.sku)
            yield from self._without_parent(parent, children, extra_rows)
            return
        yield from (self.refusal(row.number, row.problems, row.sku) for row in children if row.problems)
        if not good:
            if parent and all(child.number != parent.number for child in children):
                yield self.refusal(parent.number, [problem("group.no_variants", Field.SKU)], parent.sku)
            yield from (self._follow(number, parent or children[0]) for number in extra_rows)
        elif len(good) == 1 and not good[0][1]:
            yield from self.article(good[0][0], parent, extra_rows)
        else:
            yield self._product(reference, parent, good, extra_rows)

    def _without_parent(
        self, parent: Row, children: Sequence[Row], extra_rows: Sequence[int]
    ) -> Iterator[Refusal]:
        for child in children:
            if child.number != parent.number:
                child.note("group.parent_refused", Field.PARENT_SKU, parent_row=parent.number)
                yield self.refusal(child.number, child.problems, child.sku)
        yield from (self._follow(number, parent) for number in extra_rows)

    def _follow(self, number: int, parent: Row) -> Refusal:
        because = problem("group.parent_refused", Field.PARENT_SKU, parent_row=parent.number)
        return self.refusal(number, [because], parent.sku)

    def _product(
        self, reference: str, parent: Row | None, good: Sequence[Sibling], extra_rows: Sequence[int]
    ) -> ProductDraft:
        children = [child for child, _ in good]
        sources = [parent, *children] if parent else children
        option_names = ordered_names(slot_names(sources), good)
        aspects = common_aspects(parent, children, option_names)
        part_numbers = {child.mpn for child in children}
        draft = ProductDraft(
            sku=reference,
            title=(parent.title if parent else "") or common_title([c.title for c in children if c.title]),
            description_html=next((row.description_html for row in sources if row.description_html), ""),
            brand=next((row.brand for row in sources if row.brand), ""),
            mpn=(parent.mpn if parent else "") or (part_numbers.pop() if len(part_numbers) == 1 else ""),
            condition=next((row.condition for row in sources if row.condition), self._condition),
            category_hint=next((row.category_hint for row in sources if row.category_hint), ""),
            aspects=aspects,
            option_names=option_names,
            image_urls=next((row.image_urls for row in sources if row.image_urls), ()),
            variants=(),
            rows=tuple(sorted({*(row.number for row in sources), *extra_rows})),
            problems=_picture_problems(sources),
        )
        return replace(draft, variants=tuple(self._member(sibling, parent, draft) for sibling in good))

    def _member(self, sibling: Sibling, parent: Row | None, draft: ProductDraft) -> VariantDraft:
        row, options = sibling
        variant = self._variant(row, parent or row, settle_price(row, parent, self._defaults))
        own = without(row.aspects, draft.option_names)
        return replace(
            variant,
            mpn=row.mpn if row.mpn != draft.mpn else "",
            option_values=tuple(options[name] for name in draft.option_names),
            image_urls=row.variant_image_urls or row.image_urls,
            aspects={name: values for name, values in own.items() if draft.aspects.get(name) != values},
        )

    def _variant(self, row: Row, lender: Row, price_minor: int | None) -> VariantDraft:
        """The only variant of a single: its pictures, aspects and part number are the product's."""
        return VariantDraft(
            sku=row.sku,
            gtin=row.gtin,
            mpn="",
            price_minor=price_minor,
            currency=row.currency if price_minor is not None else "",
            quantity=self._defaults.quantity if row.quantity is None else row.quantity,
            weight_g=row.weight_g or lender.weight_g,
            option_values=(),
            image_urls=(),
            aspects={},
            row=row.number,
        )

    @property
    def _condition(self) -> str:
        return self._defaults.condition.value if self._defaults.condition else ""


def _aspects_of_single(row: Row, parent: Row | None) -> dict[str, tuple[str, ...]]:
    aspects = {**(parent.aspects if parent else {}), **row.aspects}
    try:
        options = options_of(row, slot_names([row, parent] if parent else [row]))
    except NamelessOption:
        return aspects  # nobody chooses, so nobody misses the name
    known = {name.casefold() for name in aspects}
    return aspects | {name: (value,) for name, value in options.items() if name.casefold() not in known}


def _picture_problems(rows: Sequence[Row]) -> tuple[Problem, ...]:
    return tuple({found.message: found for row in rows for found in row.image_problems}.values())
