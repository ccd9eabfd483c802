"""Variants, parents, and what happens to the others when one row is bad."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.goods.reading.tables import DEFAULTS, Outcome, mapping_of, read, table_of

from kontor.goods.reading import Defaults, drafts, survey
from kontor.goods.reading import spool as spooling

HEAD = "sku,parent_sku,title,price,currency,quantity,gtin,condition,option1_name,option1_value,image_urls\n"


def rows(*lines: str) -> str:
    return HEAD + "".join(line + "," * (10 - line.count(",")) + "\n" for line in lines)


PARENT = "P,,Hemd,,EUR,,,,Size,"
SMALL = "P-S,P,Hemd S,10.00,EUR,3,,,Size,S"
MEDIUM = "P-M,P,Hemd M,11.00,EUR,4,,,Size,M"


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (1, 0, 2), (2, 1, 0)])
def test_variants_may_stand_anywhere_around_their_parent(order: tuple[int, ...]) -> None:
    lines = [PARENT, SMALL, MEDIUM]
    outcome = read(rows(*(lines[i] for i in order), "X,,Tasse,1"))
    product = outcome.products["P"]
    assert (product.title, product.option_names, product.rows) == ("Hemd", ("Size",), (2, 3, 4))
    assert {v.sku: (v.price_minor, v.quantity, v.option_values) for v in product.variants} == {
        "P-S": (1000, 3, ("S",)),
        "P-M": (1100, 4, ("M",)),
    }
    assert not outcome.refused


def test_variants_far_from_their_parent_wait_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooling, "_IN_MEMORY", 1 << 10)
    count = 500
    lines = [f"P{i}-{size},P{i},,{i}.00,EUR,1,,,Size,{size}" for size in "SM" for i in range(1, count)]
    lines += [f"P{i},,Hemd {i}" for i in range(1, count)]
    outcome = read(rows(*lines))
    assert len(outcome.products) == count - 1
    assert not outcome.refused
    assert [v.price_minor for v in outcome.products["P7"].variants] == [700, 700]


def test_an_absent_parent_is_made_up_from_its_variants() -> None:
    outcome = read(rows("P-S,P,Hemd Oslo - S,10,EUR,3,,,Size,S", "P-M,P,Hemd Oslo - M,11,EUR,4,,,Size,M"))
    assert (outcome.products["P"].title, len(outcome.products["P"].variants)) == ("Hemd Oslo", 2)


def test_a_variant_without_price_costs_what_its_parent_costs() -> None:
    outcome = read(rows("P,,Hemd,9.90,CHF", "P-S,P,,,,3,,,Size,S", "P-M,P,,11,,4,,,Size,M"))
    assert [(v.price_minor, v.currency) for v in outcome.products["P"].variants] == [
        (990, "CHF"),
        (1100, "CHF"),
    ]


def test_a_bad_variant_is_refused_and_the_others_go_on() -> None:
    outcome = read(rows(PARENT, SMALL, "P-M,P,Hemd M,abc,EUR,-4,,,Size,M", "P-L,P,Hemd L,12,EUR,1,,,Size,L"))
    assert set(outcome.variants("P")) == {"P-S", "P-L"}
    (refusal,) = outcome.refused
    assert (refusal.row, refusal.field, refusal.column, refusal.code) == (
        4,
        "price",
        "price",
        "price.unreadable",
    )
    assert [problem.code for problem in refusal.others] == ["quantity.negative"]
    assert refusal.params == {"value": "abc"}


def test_a_bad_parent_takes_its_variants_along() -> None:
    outcome = read(rows("P,,Hemd,,TALER", SMALL, MEDIUM, "X,,Tasse,1"))
    assert set(outcome.products) == {"X"}
    assert outcome.codes == {2: "currency.unknown", 3: "group.parent_refused", 4: "group.parent_refused"}
    assert outcome.refused[1].params == {"parent_row": 2}


def test_a_parent_of_nothing_but_bad_variants_is_refused_too() -> None:
    outcome = read(rows(PARENT, "P-S,P,,-1,EUR,3,,,Size,S"))
    assert outcome.codes == {2: "group.no_variants", 3: "price.negative"}


def test_a_sku_twice_counts_the_first_time() -> None:
    outcome = read(rows("A,,Tasse,1", "B,,Teller,2", "A ,,Andere Tasse,3", "a,,Kleines a,4"))
    assert outcome.products["A"].title == "Tasse"
    assert outcome.codes == {4: "sku.duplicate_in_file"}
    assert outcome.refused[0].params == {"sku": "A", "first_row": 2}
    assert "a" in outcome.products


def test_two_variants_of_the_same_options() -> None:
    outcome = read(rows(PARENT, SMALL, "P-S2,P,Hemd S,10,EUR,3,,,Size,S", MEDIUM))
    assert set(outcome.variants("P")) == {"P-S", "P-M"}
    assert outcome.codes == {4: "group.same_options"}
    assert outcome.refused[0].params["first_row"] == 3


def test_a_variant_without_the_others_options() -> None:
    outcome = read(rows(PARENT, SMALL, MEDIUM, "P-X,P,Hemd,10,EUR,3"))
    assert outcome.codes == {5: "group.options_missing"}


def test_an_only_variant_without_options_is_one_article() -> None:
    outcome = read(rows("P,,Hemd Oslo,20,EUR", "P-1,P,,,,7"))
    single = outcome.products["P-1"]
    assert (single.title, single.option_names, single.rows) == ("Hemd Oslo", (), (2, 3))
    assert [(v.sku, v.quantity, v.price_minor) for v in single.variants] == [("P-1", 7, 2000)]


def test_an_only_variant_with_options_stays_a_group() -> None:
    outcome = read(rows(PARENT, SMALL))
    assert outcome.variants("P") == {"P-S": ("S",)}


def test_options_of_an_article_without_variants_are_characteristics() -> None:
    outcome = read(rows("A,,Tasse,1,EUR,1,,,Farbe,rot"))
    assert (outcome.products["A"].option_names, outcome.products["A"].aspects) == ((), {"Farbe": ("rot",)})


def test_a_parent_that_is_its_own_first_variant() -> None:
    outcome = read(rows("P,,Hemd,10,EUR,3,,,Size,S", MEDIUM))
    assert outcome.variants("P") == {"P": ("S",), "P-M": ("M",)}
    assert outcome.products["P"].rows == (2, 3)


def test_a_parent_beside_its_own_sku_is_a_parent() -> None:
    outcome = read(rows("P,P,Hemd,,EUR", SMALL, MEDIUM))
    assert len(outcome.products["P"].variants) == 2


def test_only_one_level_of_variants() -> None:
    outcome = read(
        rows("A,,Oben", "B,A,Mitte,,,,,,Size,S", "C,B,Unten,1,EUR,1,,,Size,M", "D,A,Seite,1,EUR,1,,,Size,L")
    )
    assert outcome.codes == {3: "group.nested", 4: "group.parent_refused"}
    assert outcome.variants("A") == {"D": ("L",)}


def test_two_that_are_each_other_s_parent() -> None:
    assert set(read(rows("A,B,Henne", "B,A,Ei")).codes.values()) == {"group.nested"}


def test_a_used_variant_is_not_sold_as_new() -> None:
    outcome = read(rows("P,,Hemd,,EUR,,,new", SMALL, "P-M,P,Hemd M,11,EUR,4,,used,Size,M"))
    assert outcome.codes == {4: "group.condition_differs"}


def test_colour_columns_tell_variants_apart() -> None:
    outcome = read(
        "Artikelnummer;Vaterartikel;Bezeichnung;Preis;Farbe;Größe;Material\n"
        "T;;Shirt;;;;Baumwolle\n"
        "T1;T;Shirt rot S;9,90;rot;S;Baumwolle\n"
        "T2;T;Shirt rot M;9,90;rot;M;Baumwolle\n"
        "T3;T;Shirt blau S;9,90;blau;S;Leinen\n"
    )
    shirt = outcome.products["T"]
    assert (shirt.option_names, shirt.aspects) == (("Farbe", "Größe"), {"Material": ("Baumwolle",)})
    assert [variant.option_values for variant in shirt.variants] == [
        ("rot", "S"),
        ("rot", "M"),
        ("blau", "S"),
    ]
    assert shirt.variants[2].aspects == {"Material": ("Leinen",)}


def test_more_options_than_a_product_may_have() -> None:
    heading = "sku,parent_sku,title," + ",".join(f"option{i}_name,option{i}_value" for i in range(1, 5))
    lines = [f"P-{v},P,Hemd," + ",".join(f"n{i},{v}" for i in range(4)) for v in "SM"]
    outcome = read("\n".join([heading, *lines]) + "\n")
    assert set(outcome.codes.values()) == {"group.too_many_options"}


def test_rows_that_lack_what_every_article_needs() -> None:
    outcome = read(rows(",,Tasse,1", "B,,,1", "C,,Teller,1,,,4006381333932", "D,,Topf,1,,,,kaputt?"))
    assert outcome.codes == {
        2: "sku.missing",
        3: "title.missing",
        4: "gtin.check_digit",
        5: "condition.unknown",
    }


def test_prices_need_a_currency_from_somewhere() -> None:
    content = rows("A,,Tasse,1.50", "B,,Teller,2.50,USD", "C,,Topf")
    outcome = read(content, Defaults())
    assert outcome.codes == {2: "currency.missing"}
    assert outcome.products["B"].variants[0].currency == "USD"
    assert outcome.products["C"].variants[0].price_minor is None
    assert read(content, Defaults(currency="CHF")).products["A"].variants[0].currency == "CHF"


def test_the_file_wins_over_the_defaults() -> None:
    defaults = Defaults.model_validate({"quantity": 9, "condition": "used", "currency": "EUR"})
    outcome = read(rows("A,,Tasse,1.50,USD,0,,neu", "B,,Teller,2"), defaults)
    a, b = outcome.products["A"], outcome.products["B"]
    assert (a.condition, a.variants[0].quantity, a.variants[0].currency) == ("new", 0, "USD")
    assert (b.condition, b.variants[0].quantity, b.variants[0].currency) == ("used", 9, "EUR")


def test_thousands_points_are_settled_by_their_column() -> None:
    head = "sku;title;price\n"
    german = read(head + "A;Ofen;1.250\nB;Topf;12,50\n").products
    assert german["A"].variants[0].price_minor == 125_000
    english = read("sku,title,price\nA,Ofen,1.250\nB,Topf,12.50\n")
    assert english.products["A"].variants[0].price_minor == 125
    alone = "sku\ttitle\tprice\nA\tOfen\t1.250\n"
    assert (
        read(alone, DEFAULTS.model_copy(update={"decimal": ","})).products["A"].variants[0].price_minor
        == 125_000
    )
    mixed = read(head + "A;Ofen;1.250\nB;Topf;12,50\nC;Topf;12.50\n")
    assert mixed.codes == {2: "price.ambiguous"}


def test_a_picture_without_address_is_the_listing_s_problem_only() -> None:
    outcome = read(rows("A,,Tasse,1,EUR,1,,,,,tasse.jpg"))
    (problem,) = outcome.products["A"].problems
    assert (problem.code, problem.field) == ("image.no_address", "image_urls")


def test_broken_records_are_refused_beside_the_others() -> None:
    outcome = read('sku;title;price\nA;"Monitor 24" breit";1\nB;Maus;2\nC;zu;viele;Zellen\n')
    assert outcome.codes == {2: "tabular.quote", 4: "tabular.cells"}
    assert set(outcome.products) == {"B"}


def test_formulas_are_only_text() -> None:
    title = '=HYPERLINK("http://evil.example","x")'
    outcome = read("sku;title\n" + 'A;"' + title.replace('"', '""') + '"\n')
    assert outcome.products["A"].title == title


class TestShopify:
    HEAD = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Grams,Image Src\n"

    def test_a_repeated_sku_and_a_row_without_handle(self) -> None:
        outcome = read(
            self.HEAD
            + "hemd,Hemd,Size,S,H-S,10,0,https://a.de/1.jpg\n"
            + "hemd,,,M,H-S,11,0,\n"
            + ",Ohne,,,O,1,0,\n"
            + "hemd,,,L,H-L,12,250,https://a.de/2.jpg\n"
        )
        assert outcome.codes == {3: "sku.duplicate_in_file", 4: "group.handle_missing"}
        assert outcome.variants("hemd") == {"H-S": ("S",), "H-L": ("L",)}
        assert outcome.products["hemd"].image_urls == ("https://a.de/1.jpg", "https://a.de/2.jpg")

    def test_a_bad_first_row_refuses_the_product_and_its_pictures(self) -> None:
        outcome = read(
            self.HEAD
            + "hemd,Hemd,Size,S,H-S,-10,0,https://a.de/1.jpg\nhemd,,,M,H-M,11,0,\nhemd,,,,,,,https://a.de/2.jpg\n"
        )
        assert outcome.codes == {2: "price.negative", 3: "group.parent_refused", 4: "group.parent_refused"}
        assert not outcome.products


class TestMagento:
    HEAD = "sku,store_view_code,product_type,name,price,additional_attributes,configurable_variations\n"

    def test_variations_that_are_not_in_the_file_are_left_out(self) -> None:
        outcome = read(
            self.HEAD
            + 'H-S,,simple,Hemd S,10,"size=S,note=eins, zwei,color=rot",\n'
            + 'H,,configurable,Hemd,,,"sku=H-S,size=S|sku=H-M,size=M"\n'
            + "T,,simple,Tasse,3,,\n"
        )
        assert outcome.variants("H") == {"H-S": ("S",)}
        assert outcome.products["H"].aspects == {"Note": ("eins, zwei",), "Color": ("rot",)}
        assert "T" in outcome.products

    def test_translations_and_bundles_are_refused_as_such(self) -> None:
        outcome = read(self.HEAD + "T,,simple,Tasse,3,,\nT,fr,simple,Tasse fr,,,\nB,,bundle,Set,,,\n")
        assert outcome.codes == {3: "row.translation", 4: "type.unsupported"}


SKU = st.sampled_from(["A", "B", "C", "D", "E", " A", ""])
LINE = st.tuples(
    SKU,
    SKU,
    st.sampled_from(["Hemd", "", "Tasse"]),
    st.sampled_from(["10.00", "", "abc", "1.234", "12,50", "-1"]),
    st.sampled_from(["EUR", "", "XXX"]),
    st.sampled_from(["1", "", "-1"]),
    st.sampled_from(["", "4006381333931", "123"]),
    st.sampled_from(["", "new", "used", "??"]),
    st.sampled_from(["Size", "", "Color"]),
    st.sampled_from(["S", "M", ""]),
    st.sampled_from(["", "https://a.de/1.jpg", "x"]),
)
SHOPIFY_HEAD = "Variant SKU,Handle,Title,Variant Price,b,Variant Inventory Qty,Variant Barcode,c,Option1 Name,Option1 Value,Image Src"
WOO_HEAD = "SKU,Parent,Name,Regular price,b,Stock,Type,c,Attribute 1 name,Attribute 1 value(s),Images"


def assert_each_record_ends_once(content: str) -> Outcome:
    table, mapping = table_of(content), mapping_of(content)
    found = survey(table, mapping, DEFAULTS)
    results = list(drafts(table, mapping, DEFAULTS, surveyed=found))
    outcome = Outcome(results)
    ended = [row for draft in results for row in getattr(draft, "rows", (getattr(draft, "row", None),))]
    assert len(ended) == len(set(ended)) == found.rows
    skus = [variant.sku for draft in outcome.products.values() for variant in draft.variants]
    assert len(skus) == len(set(skus))
    for draft in outcome.products.values():
        assert draft.title
        assert draft.variants
        combinations = {variant.option_values for variant in draft.variants}
        assert len(combinations) == len(draft.variants)
        assert all(all(variant.option_values) for variant in draft.variants)
        assert bool(draft.option_names) or draft.sku == draft.variants[0].sku
    assert results == list(drafts(table, mapping, DEFAULTS))
    return outcome


@settings(max_examples=300, deadline=None)
@given(lines=st.lists(LINE, min_size=1, max_size=9))
def test_every_record_is_part_of_one_draft_or_one_refusal(lines: list[tuple[str, ...]]) -> None:
    body = "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines if any(line))
    if body:
        assert_each_record_ends_once(HEAD + body)
        assert_each_record_ends_once(SHOPIFY_HEAD + "\n" + body)


@settings(max_examples=150, deadline=None)
@given(
    lines=st.lists(
        st.tuples(LINE, st.sampled_from(["simple", "variable", "variation", "grouped", ""])),
        min_size=1,
        max_size=9,
    )
)
def test_so_it_is_in_woocommerce_s_form(lines: list[tuple[tuple[str, ...], str]]) -> None:
    changed = [(*line[:6], kind, *line[7:]) for line, kind in lines]
    body = "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in changed if any(line))
    if body:
        assert_each_record_ends_once(WOO_HEAD + "\n" + body)


MAGENTO_HEAD = "sku,product_type,name,price,configurable_variations,additional_attributes"
VARIATIONS = ["", "sku=A,size=S|sku=B,size=M", "sku=B,size=S|sku=C,size=S", "sku=D|sku=A", "size=S"]


@settings(max_examples=150, deadline=None)
@given(
    lines=st.lists(
        st.tuples(
            SKU,
            st.sampled_from(["simple", "configurable", "bundle", ""]),
            st.sampled_from(["Hemd", ""]),
            st.sampled_from(["1", "", "x"]),
            st.sampled_from(VARIATIONS),
            st.sampled_from(["", "size=L,color=rot", "x"]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_so_it_is_in_magento_s_form(lines: list[tuple[str, ...]]) -> None:
    body = "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines if any(line))
    if body:
        assert_each_record_ends_once(MAGENTO_HEAD + "\n" + body)


def test_the_order_of_rows_changes_nothing_but_the_order() -> None:
    lines = [f"P{i}-{size},P{i},,{i}.00,EUR,1,,,Size,{size}" for i in range(1, 30) for size in "SML"]
    lines += [f"P{i},,Hemd {i}" for i in range(1, 30)] + [f"X{i},,Tasse {i},1" for i in range(30)]
    expected = read(rows(*lines)).products
    random.Random(7).shuffle(lines)
    shuffled = read(rows(*lines)).products
    assert shuffled.keys() == expected.keys()
    for sku, draft in expected.items():
        assert {v.sku: v.price_minor for v in shuffled[sku].variants} == {
            v.sku: v.price_minor for v in draft.variants
        }


def test_a_parent_that_is_sold_itself_is_a_variant_of_its_own() -> None:
    outcome = read(
        "SKU;Vaterartikel;Titel;Preis;Menge;Farbe\nG;;Lampe;10,00;1;Rot\nG-b;G;Lampe;11,00;2;Blau\n"
    )
    assert outcome.variants("G") == {"G": ("Rot",), "G-b": ("Blau",)}


@pytest.mark.parametrize("parent", ["G;;Lampe;;;Rot", "G;;Lampe;10,00;1;Blau", "G;;Lampe;10,00;1;"])
def test_a_parent_without_price_or_colour_of_its_own_is_none(parent: str) -> None:
    heading = "SKU;Vaterartikel;Titel;Preis;Menge;Farbe"
    outcome = read(f"{heading}\n{parent}\nG-b;G;Lampe;11,00;2;Blau\nG-c;G;Lampe;11,00;2;Grau\n")
    assert outcome.variants("G") == {"G-b": ("Blau",), "G-c": ("Grau",)}


def test_variants_that_only_their_titles_tell_apart_are_offered_so() -> None:
    rows = [
        "G-1;G;Gürtel Leder, rot;25,00",
        "G-2;G;Gürtel Leder, blau;25,00",
        "G-3;G;Gürtel Leder (extra lang);25,00",
    ]
    outcome = read("\n".join(["SKU;Vaterartikel;Titel;Preis", *rows]) + "\n")
    product = outcome.products["G"]
    assert (product.title, product.option_names) == ("Gürtel Leder", ("Variante",))
    assert outcome.variants("G") == {"G-1": ("rot",), "G-2": ("blau",), "G-3": ("extra lang",)}


def test_variants_that_nothing_tells_apart_are_refused() -> None:
    outcome = read("SKU;Vaterartikel;Titel;Preis\nG-1;G;Gürtel;25,00\nG-2;G;Gürtel;25,00\n")
    assert outcome.codes == {2: "group.options_missing", 3: "group.options_missing"}
