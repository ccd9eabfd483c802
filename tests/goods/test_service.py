"""What a merchant gets from saving, importing, undoing and archiving products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from kontor.catalog import changes, text
from kontor.catalog.models import Listing, Revision
from kontor.core.errors import Invalid, NotFound, StaleEdit
from kontor.core.money import Money
from kontor.core.tenancy import tenant
from kontor.goods import service
from kontor.goods.content import ProductContent
from kontor.goods.service import Action, PictureInput, ProductInput, ProductView, StockCause, VariantInput
from kontor.live.models import Event


def draft(number: int = 1, **changed: Any) -> ProductInput:
    """An apron in two colours."""
    whole = ProductInput(
        reference=f"WL-{number}",
        title={"de": f"Leinenschürze {number}"},
        description={"de": "<p>Leinen</p>"},
        brand="Hafenleinen",
        aspects={"Material": ("Leinen",)},
        option_names=("Farbe",),
        variants=tuple(
            VariantInput(
                f"WL-{number}-{colour}", price=Money(3900, "EUR"), quantity=5, options={"Farbe": colour}
            )
            for colour in ("Marine", "Sand")
        ),
        pictures=(PictureInput(url=f"https://pictures.example/{number}.jpg"),),
    )
    return replace(whole, **changed)


def comparable(view: ProductView) -> dict[str, Any]:
    """What a revision keeps of a product, without ids that are made anew."""
    content = ProductContent.of(view).as_json()
    return content | {"variants": [{**row, "id": ""} for row in content["variants"]]}


def test_equal_draft_makes_no_revision(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        first = service.save(None, draft())
        again = service.save(first.listing_id, draft(), expected_revision=1)
    assert (first.revision, again.revision) == (1, 1)


def test_reads_are_few_however_many(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        outcomes = service.upsert_many([draft(number) for number in range(30)], StockCause("import", "1"))
        ids = [outcome.listing_id for outcome in outcomes if outcome.listing_id]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            views = service.views_for_publishing(ids)
    assert [view.listing_id for view in views] == ids
    assert len(queries) <= 8


@pytest.mark.parametrize("count", [1, 40])
def test_import_takes_the_same_number_of_statements_for_one_and_for_many(tenant_a: UUID, count: int) -> None:
    with tenant(tenant_a), CaptureQueriesContext(connection) as queries:
        service.upsert_many([draft(number) for number in range(count)], StockCause("import", "1"))
    assert len(queries) <= 40


def test_import_and_single_save_come_to_the_same_end(tenant_a: UUID, tenant_b: UUID) -> None:
    drafts = [draft(number) for number in range(5)]
    with tenant(tenant_a):
        one_by_one = [service.save(None, each) for each in drafts]
    with tenant(tenant_b):
        outcomes = service.upsert_many(drafts, StockCause("import", "1"))
        at_once = service.views_for_publishing([each.listing_id for each in outcomes if each.listing_id])
    assert [comparable(view) for view in one_by_one] == [comparable(view) for view in at_once]
    assert [view.stock for view in one_by_one] == [view.stock for view in at_once] == [10] * 5


def test_importing_the_same_file_again_changes_nothing(tenant_a: UUID) -> None:
    drafts = [draft(number) for number in range(3)]
    with tenant(tenant_a):
        service.upsert_many(drafts, StockCause("import", "1"))
    with tenant(tenant_a):
        again = service.upsert_many(drafts, StockCause("import", "2"))
        assert {outcome.action for outcome in again} == {Action.UNCHANGED}
        assert Revision.objects.count() == 3
        assert Event.objects.filter(kind="listing.changed").count() == 1


def test_import_keeps_what_the_file_does_not_name(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        made = service.save(None, draft())
        only_blue = ProductInput(
            reference="WL-1",
            title={"en": "Linen apron"},
            variants=(VariantInput("WL-1-Marine", price=Money(4200, "EUR")),),
        )
        [outcome] = service.upsert_many([only_blue], StockCause("import", "1"))
        view = service.get(made.listing_id)
    assert (outcome.action, outcome.revision_before, outcome.revision_after) == (Action.UPDATED, 1, 2)
    assert view.title == {"de": "Leinenschürze 1", "en": "Linen apron"}
    assert [each.price_minor for each in view.variants] == [4200, 3900]
    assert view.stock == 10
    assert view.aspects == {"Material": ("Leinen",)}


def test_repeated_chunk_counts_stock_once(tenant_a: UUID) -> None:
    cause = StockCause("import", "1")
    with tenant(tenant_a):
        made = service.save(None, draft())
        recount = ProductInput(reference="WL-1", variants=(VariantInput("WL-1-Sand", quantity=9),))
        service.upsert_many([recount], cause)
        service.take_stock("WL-1-Sand", 2, "order_line", "1")
        [again] = service.upsert_many([recount], cause)
        assert again.action is Action.UNCHANGED
        assert service.get(made.listing_id).stock == 5 + 7


def test_bad_draft_is_refused_alone_with_its_problems(tenant_a: UUID) -> None:
    bad = ProductInput(
        reference="BAD",
        title={"de": "x" * 501},
        variants=(VariantInput("BAD", gtin="4006381333930", price=Money(-1, "EUR"), quantity=-3),),
    )
    with tenant(tenant_a):
        outcomes = service.upsert_many([draft(1), bad, draft(2)], StockCause("import", "1"))
        assert Listing.objects.count() == 2
    assert [outcome.action for outcome in outcomes] == [Action.CREATED, Action.REFUSED, Action.CREATED]
    assert {problem.code for problem in outcomes[1].problems} == {
        "goods.title.too_long",
        "goods.gtin.wrong",
        "goods.price.range",
        "goods.stock.range",
    }


def test_a_sku_belongs_to_one_product(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        service.save(None, draft(1))
        thief = draft(2, variants=(VariantInput("WL-1-Sand"),), option_names=())
        with pytest.raises(service.SkuTaken) as refused:
            service.save(None, thief)
    assert refused.value.problems[0].params["sku"] == "WL-1-Sand"


def test_variants_may_swap_their_skus(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        made = service.save(None, draft())
        marine, sand = made.variants
        swapped = (VariantInput(sand.sku, marine.id), VariantInput(marine.sku, sand.id))
        view = service.save(made.listing_id, ProductInput(variants=swapped))
    assert [each.sku for each in view.variants] == [sand.sku, marine.sku]
    assert [each.id for each in view.variants] == [marine.id, sand.id]


def test_stale_edit_shows_both_sides(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        made = service.save(None, draft())
        service.save(made.listing_id, ProductInput(title={"de": "Neu"}))
        with pytest.raises(StaleEdit) as refused:
            service.save(made.listing_id, ProductInput(mpn="7"), expected_revision=1)
    assert refused.value.params["yours"] == {"revision": 1}
    assert refused.value.params["theirs"]["revision"] == 2
    assert refused.value.params["theirs"]["values"] == {"title": {"de": "Neu"}}


def test_archived_products_give_their_skus_free_and_come_back(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        made = service.save(None, draft(status="draft"))
        service.archive([made.listing_id])
        assert service.find_by_sku("WL-1-Sand") is None
        with pytest.raises(service.Archived):
            service.save(made.listing_id, ProductInput(mpn="7"))
        service.restore([made.listing_id])
        back = service.get(made.listing_id)
    assert (back.status, back.revision, back.stock) == ("draft", 3, 10)
    assert comparable(back) == comparable(made)


def test_restore_is_refused_where_a_sku_is_in_use_by_now(tenant_a: UUID) -> None:
    with tenant(tenant_a):
        made = service.save(None, draft())
        service.archive([made.listing_id])
        service.save(None, draft())
        with pytest.raises(service.SkuTaken):
            service.restore([made.listing_id])


def test_listeners_hear_what_changed_and_where(tenant_a: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[int, set[str]]] = []

    def listen(listing_ids: Sequence[UUID], what: frozenset[str]) -> None:
        heard.append((len(listing_ids), set(what)))

    monkeypatch.setattr(changes, "changed", [listen])
    with tenant(tenant_a):
        made = service.save(None, draft())
        service.set_price(made.variants[0].id, Money(100, "EUR"))
        service.take_stock(made.variants[0].id, 1, "order_line", "1")
        service.archive([made.listing_id])
    assert heard == [(1, {"content", "stock"}), (1, {"price"}), (1, {"stock"}), (1, {"archived"})]


def test_another_tenant_finds_nothing(tenant_a: UUID, tenant_b: UUID) -> None:
    with tenant(tenant_a):
        made = service.save(None, draft())
    with tenant(tenant_b):
        with pytest.raises(NotFound):
            service.get(made.listing_id)
        with pytest.raises(NotFound):
            service.save(made.listing_id, ProductInput(mpn="7"))
        with pytest.raises(NotFound):
            service.take_stock("WL-1-Sand", 1, "order_line", "1")
        assert service.archive([made.listing_id]) == 0
        service.save(None, draft())  # the same SKUs are free here


def test_unknown_media_is_refused(tenant_a: UUID) -> None:
    with tenant(tenant_a), pytest.raises(Invalid):
        service.save(None, draft(pictures=(PictureInput(media_id=UUID(int=7)),)))


def test_a_picture_given_twice_stands_where_it_came_first(tenant_a: UUID) -> None:
    first, second = (PictureInput(url=f"https://p.example/{name}.jpg") for name in "ab")
    with tenant(tenant_a):
        made = service.save(None, draft(pictures=(first, second, first)))
    assert [picture.url for picture in made.pictures] == [first.url, second.url]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
edits = st.fixed_dictionaries(
    {},
    optional={
        "title": st.fixed_dictionaries({"de": texts.filter(text.line)}),
        "description": st.fixed_dictionaries({"de": texts}),
        "mpn": texts,
        "aspects": st.dictionaries(texts, st.tuples(texts), max_size=3),
        "brand": st.sampled_from(["", "Hafenleinen", "Möwe"]),
        "pictures": st.lists(
            st.sampled_from("abc").map(lambda name: PictureInput(url=f"https://p.example/{name}.jpg")),
            max_size=3,
        ).map(tuple),
        "variants": st.lists(st.sampled_from(["A", "B", "C"]), min_size=1, max_size=3, unique=True).map(
            lambda skus: tuple(
                VariantInput(sku, price=Money(100 + ord(sku), "EUR"), options={"Farbe": sku}) for sku in skus
            )
        ),
    },
)


@settings(max_examples=25, deadline=None)
@given(st.lists(edits, min_size=1, max_size=5), st.data())
def test_any_revision_can_be_had_back_exactly(
    emptied: Any, changes_made: list[dict[str, Any]], data: st.DataObject
) -> None:
    emptied()
    with tenant(UUID(int=1)):
        view = service.save(None, draft())
        history = [ProductContent.of(view)]
        for edit in changes_made:
            view = service.save(view.listing_id, ProductInput(**edit))
            if view.revision > len(history):
                history.append(ProductContent.of(view))
        target = data.draw(st.integers(1, len(history)))
        back = service.undo(view.listing_id, target)
        assert ProductContent.of(back) == history[target - 1]
        assert back.revision == len(history) + (history[target - 1] != history[-1])
        assert back.stock == sum(each.quantity for each in back.variants)


@given(st.lists(edits, min_size=1, max_size=1))
def test_content_survives_its_snapshot(made: list[dict[str, Any]]) -> None:
    from kontor.goods.drafting import Lay, drafted

    content = drafted(None, replace(draft(), **made[0]), Lay.REPLACE).content
    assert ProductContent.from_json(content.as_json()) == content


def test_five_hundred_products_take_as_many_statements_as_five(tenant_a: UUID) -> None:
    def statements(numbers: range) -> int:
        with tenant(tenant_a), CaptureQueriesContext(connection) as found:
            # Without pictures: fetching those is a job for each twenty listings.
            drafts = [draft(number, pictures=()) for number in numbers]
            outcomes = service.upsert_many(drafts, StockCause("import", "1"))
        assert {outcome.action for outcome in outcomes} == {Action.CREATED}
        return len(found)

    statements(range(1))  # the brand is new just once
    assert statements(range(10, 510)) == statements(range(1, 6)) < 20
