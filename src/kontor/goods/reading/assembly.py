"""Rows to drafts: singles, and groups of a parent and its variants.

A bad variant is refused and its siblings go on; a bad parent takes its variants along; an absent parent is made up from
its variants. A parent with one variant that has no options is what a merchant calls one article: a single with the
variant's SKU (stock is counted under it) and the parent's texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Lookup
from decimal import Decimal
from os.path import commonpath

from kontor.core.errors import Problem
from kontor.goods.reading.cells.prices import to_minor
from kontor.goods.reading.fields import Field
from kontor.goods.reading.mapping import Defaults, Mapping
from kontor.goods.reading.options import NamelessOption, Options, options_from_aspects, options_of, slot_names
from kontor.goods.reading.problems import BadCell, problem
from kontor.goods.reading.rows import Row
from kontor.goods.reading.values import ProductDraft, Refusal, VariantDraft

Aspects = Lookup[str, tuple[str, ...]]

_SHORTEST_COMMON_TITLE = 4


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
        title = (parent.title if parent else "") or row.title
        if not title and not any(found.field == Field.TITLE for found in row.problems):
            row.problems.append(problem("title.missing", Field.TITLE))
        try:
            options = options_of(row, slot_names([row, parent] if parent else [row]))
        except NamelessOption:
            options = {}  # nobody chooses, so nobody misses the name
        aspects = {**(parent.aspects if parent else {}), **row.aspects}
        known = {name.casefold() for name in aspects}
        aspects |= {name: (value,) for name, value in options.items() if name.casefold() not in known}
        variant = self._variant(row, parent, {}, (), {})
        if variant is None:
            return self.refusal(row.number, row.problems, row.sku)
        lender = parent or row
        return ProductDraft(
            sku=row.sku,
            title=title,
            description_html=lender.description_html or row.description_html,
            brand=lender.brand or row.brand,
            condition=row.condition or lender.condition or self._condition(),
            category_hint=lender.category_hint or row.category_hint,
            aspects=aspects,
            option_names=(),
            image_urls=lender.image_urls or row.image_urls or row.variant_image_urls,
            variants=(variant,),
            rows=tuple(sorted({row.number, lender.number, *extra_rows})),
            problems=tuple(row.image_problems + (parent.image_problems if parent else [])),
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

        `parent` may itself be the first of `children`. `extra_rows` only carried pictures.
        """
        if not any(row.title for row in ([parent, *children] if parent else children)):
            for row in [parent] if parent else children:
                row.problems.append(problem("title.missing", Field.TITLE))
        if parent and parent.problems:
            yield from self._refuse_all(parent, children, extra_rows)
            return
        good, refused = self._sift(reference, parent, children)
        yield from refused
        if not good:
            if parent and all(child.number != parent.number for child in children):
                yield self.refusal(parent.number, [problem("group.no_variants", Field.SKU)], parent.sku)
            yield from (self._follow(number, parent or children[0]) for number in extra_rows)
            return
        if len(good) == 1 and not good[0][1]:
            yield from self.article(good[0][0], parent, extra_rows)
            return
        yield self._product(reference, parent, good, extra_rows)

    def _refuse_all(
        self, parent: Row, children: Sequence[Row], extra_rows: Sequence[int]
    ) -> Iterator[Refusal]:
        yield self.refusal(parent.number, parent.problems, parent.sku)
        for child in children:
            if child.number != parent.number:
                because = problem("group.parent_refused", Field.PARENT_SKU, parent_row=parent.number)
                yield self.refusal(child.number, [*child.problems, because], child.sku)
        yield from (self._follow(number, parent) for number in extra_rows)

    def _follow(self, number: int, parent: Row) -> Refusal:
        return self.refusal(
            number, [problem("group.parent_refused", Field.PARENT_SKU, parent_row=parent.number)], parent.sku
        )

    def _sift(
        self, reference: str, parent: Row | None, children: Sequence[Row]
    ) -> tuple[list[tuple[Row, Options]], list[Refusal]]:
        """The variants that can stand beside each other, with their options, and the refusals of the others."""
        condition = (parent.condition if parent else "") or next(
            (c.condition for c in children if c.condition), ""
        )
        names = slot_names([parent, *children] if parent else children)
        readable: list[tuple[Row, Options]] = []
        for child in children:
            if child.condition and child.condition != condition:
                self._note(
                    child,
                    "group.condition_differs",
                    Field.CONDITION,
                    condition=child.condition,
                    expected=condition,
                )
            try:
                options = options_of(child, names)
            except NamelessOption as error:
                self._note(child, "option.name_missing", "option1_name", value=error.value)
                options = {}
            self._settle_price(child, parent)
            readable.append((child, options))
        sound = [(child, options) for child, options in readable if not child.problems]
        if not any(options for _, options in sound):
            found = options_from_aspects([child for child, _ in sound])
            sound = [(child, options) for (child, _), options in zip(sound, found, strict=True)]
        good = self._tell_apart(reference, sound)
        return good, [self.refusal(c.number, c.problems, c.sku) for c, _ in readable if c.problems]

    def _tell_apart(self, reference: str, sound: list[tuple[Row, Options]]) -> list[tuple[Row, Options]]:
        """Only variants of which each has every option, and no two the same ones; notes what is wrong with the rest."""
        if len(sound) < 2:
            return sound
        names = set().union(*(options for _, options in sound))
        first_rows: dict[frozenset[tuple[str, str]], int] = {}
        good: list[tuple[Row, Options]] = []
        for child, options in sound:
            key = frozenset(options.items())
            if not options or len(options) < len(names):
                self._note(child, "group.options_missing", "option1_value", parent=reference)
            elif key in first_rows:
                words = ", ".join(options.values())
                self._note(
                    child, "group.same_options", "option1_value", options=words, first_row=first_rows[key]
                )
            else:
                first_rows[key] = child.number
                good.append((child, options))
        return good

    def _product(
        self,
        reference: str,
        parent: Row | None,
        good: list[tuple[Row, Options]],
        extra_rows: Sequence[int],
    ) -> ProductDraft:
        children = [child for child, _ in good]
        sources = [parent, *children] if parent else children
        option_names = _ordered_names(slot_names(sources), [options for _, options in good])
        aspects = _common_aspects(parent, children, option_names)
        variants = [self._variant(child, parent, options, option_names, aspects) for child, options in good]
        return ProductDraft(
            sku=reference,
            title=(parent.title if parent else "")
            or _common_title([c.title for c in children if c.title])
            or reference,
            description_html=next((row.description_html for row in sources if row.description_html), ""),
            brand=next((row.brand for row in sources if row.brand), ""),
            condition=next((row.condition for row in sources if row.condition), self._condition()),
            category_hint=next((row.category_hint for row in sources if row.category_hint), ""),
            aspects=aspects,
            option_names=option_names,
            image_urls=next((row.image_urls for row in sources if row.image_urls), ()),
            variants=tuple(variant for variant in variants if variant),
            rows=tuple(sorted({*(row.number for row in sources), *extra_rows})),
            problems=tuple(
                {found.message: found for row in sources for found in row.image_problems}.values()
            ),
        )

    def _variant(
        self, row: Row, parent: Row | None, options: Options, option_names: Sequence[str], aspects: Aspects
    ) -> VariantDraft | None:
        """None where the row turned out bad: its `problems` say why."""
        price_minor = self._settle_price(row, parent)
        if row.problems:
            return None
        chosen = {name.casefold() for name in option_names}
        own = {
            n: v
            for n, v in row.aspects.items()
            if option_names and aspects.get(n) != v and n.casefold() not in chosen
        }
        return VariantDraft(
            sku=row.sku,
            gtin=row.gtin,
            mpn=row.mpn or (parent.mpn if parent and not option_names else ""),
            price_minor=price_minor,
            currency=row.currency if price_minor is not None else "",
            quantity=row.quantity if row.quantity is not None else self._defaults.quantity,
            weight_g=row.weight_g or (parent.weight_g if parent else None),
            option_values=tuple(options.get(name, "") for name in option_names),
            # A single's pictures are the product's.
            image_urls=(row.variant_image_urls or row.image_urls) if option_names else (),
            aspects=own,
            row=row.number,
        )

    def _settle_price(self, row: Row, parent: Row | None) -> int | None:
        """The price in minor units; a variant without one has its parent's. Notes what is wrong with it."""
        amount: Decimal | None = row.amount
        if amount is None and parent is not None:
            amount = parent.amount
            row.amount, row.currency = amount, row.currency or parent.currency
        if amount is None or row.problems:
            return None
        row.currency = row.currency or (parent.currency if parent else "") or self._defaults.currency or ""
        if not row.currency:
            self._note(row, "currency.missing", Field.CURRENCY)
            return None
        try:
            return to_minor(amount, row.currency)
        except BadCell as error:
            self._note(row, error.code, Field.PRICE, **error.params)
            return None

    def _condition(self) -> str:
        return self._defaults.condition.value if self._defaults.condition else ""

    @staticmethod
    def _note(row: Row, code: str, field: str, **params: object) -> None:
        row.problems.append(problem(code, field, **params))


def _ordered_names(slots: Sequence[str], options: Sequence[Options]) -> tuple[str, ...]:
    used = dict.fromkeys(name for chosen in options for name in chosen)
    return tuple(dict.fromkeys([*(name for name in slots if name in used), *used]))


def _common_aspects(
    parent: Row | None, children: Sequence[Row], option_names: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    first = children[0].aspects
    shared = {n: v for n, v in first.items() if all(child.aspects.get(n) == v for child in children)}
    chosen = {name.casefold() for name in option_names}
    own = parent.aspects if parent else {}
    return {name: values for name, values in (shared | own).items() if name.casefold() not in chosen}


def _common_title(titles: Sequence[str]) -> str:
    """What all titles begin with, cut at a word: the product's name where shops append the variant to it."""
    if not titles:
        return ""
    prefix = commonpath(list(titles))
    if any(len(title) > len(prefix) and (title[len(prefix)].isalnum()) for title in titles):
        prefix = prefix[: max((i for i, c in enumerate(prefix) if not c.isalnum()), default=0)]
    prefix = prefix.rstrip(" -–—,/|(:[·")
    return prefix if len(prefix) >= _SHORTEST_COMMON_TITLE else titles[0]
