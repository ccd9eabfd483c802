"""Exports of shops that say in ways of their own what belongs together, and cells as spreadsheets leave them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.goods.reading.tables import mapping_of, read

from kontor.goods.reading.fields import FileForm
from kontor.goods.reading.forms.listed import listed_options

PARENT_ID = "0123456789abcdef0123456789abcdef"
SHOPWARE_6 = (
    "id;parent_id;product_number;active;stock;name;description;price_net;price_gross;cover_media_url;options\n"
    f"{PARENT_ID};;SW-1;1;0;Regenjacke Küste;<p>Dicht</p>;84,03;100,00;https://p.example/j.jpg;\n"
    f"1{PARENT_ID[1:]}f;{PARENT_ID};SW-1.1;1;4;;;84,03;100,00;;Farbe: Rot, Größe: M\n"
    f"2{PARENT_ID[1:]}f;{PARENT_ID};SW-1.2;1;5;;;84,03;100,00;;Farbe: Rot, Größe: L\n"
)
FILE_EXCHANGE = (
    "*Action(SiteID=Germany|Country=DE|Currency=EUR|Version=1193),CustomLabel,*Category,*Title,Relationship,"
    "RelationshipDetails,*ConditionID,PicURL,*Quantity,*StartPrice,C:Marke\n"
    "Add,FE-1,57988,T-Shirt Basis,,Farbe=Rot;Blau|Größe=S;M,1000,https://p.example/1.jpg,,,Nord\n"
    ",FE-1-RS,,,Variation,Farbe=Rot|Größe=S,,,3,19.90,\n"
    ",FE-1-BM,,,Variation,Farbe=Blau|Größe=M,,,2,19.90,\n"
    "Add,FE-2,57988,Mütze,,,1000,https://p.example/m.jpg,4,9.90,Nord\n"
)
COMMERCETOOLS = (
    "productType,variantId,sku,key,name.de,prices,images,attributes.color,attributes.size\n"
    "main,1,CT-1-S,p1,Hemd Linden,EUR 4990,https://p.example/1.jpg,blau,S\n"
    ",2,CT-1-M,,,EUR 4990|3990,,blau,M\n"
    ",3,CT-1-L,,,DE-EUR 5290,,blau,L\n"
    "main,1,CT-2,p2,Hose,EUR 7990;USD 8900,https://p.example/2.jpg,rot,M\n"
)
ETSY = (
    "TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,IMAGE1,IMAGE2,VARIATION 1 TYPE,VARIATION 1 NAME,"
    "VARIATION 1 VALUES,VARIATION 2 TYPE,VARIATION 2 NAME,VARIATION 2 VALUES,SKU\n"
    "Becher,Steinzeug,18.50,EUR,9,tea,https://p.example/b.jpg,,,,,,,,MUG-1\n"
    'Schal,Wolle,48.50,EUR,7,,https://p.example/s.jpg,,Color,Farbe,"Rot,Blau",,,,"SC-R,SC-B"\n'
    'Loop Schal,Wolle,38.50,EUR,8,,,,Color,Farbe,"Rot,Blau",Size,Größe,"S,M",\n'
    "Becher,noch einer,18.50,EUR,9,,,,,,,,,,MUG-1\n"
)
WIX = (
    "handleId,fieldType,name,description,productImageUrl,collection,sku,price,surcharge,visible,inventory,"
    "productOptionName1,productOptionType1,productOptionDescription1\n"
    "h1,Product,Schürze,<p>Leinen</p>,https://p.example/a.jpg;https://p.example/b.jpg,Küche,AP,39.0,,TRUE,InStock,"
    "Farbe,COLOR,#f00:Rot;#00f:Blau\n"
    "h1,Variant,,,,,AP-R,,0.0,TRUE,5,Farbe,COLOR,#f00:Rot\n"
    "h1,Variant,,,,,,,2.5,TRUE,InStock,Farbe,COLOR,#00f:Blau\n"
    "h2,Product,Schale,<p>Holz</p>,https://p.example/c.jpg,Küche,BO,12.0,,TRUE,7,Gravur,DROP_DOWN,Ja;Nein\n"
)


def test_etsy_lists_choices_in_one_row() -> None:
    outcome = read(ETSY)
    assert outcome.variants("SC-R") == {"SC-R": ("Rot",), "SC-B": ("Blau",)}
    assert [variant.quantity for variant in outcome.products["SC-R"].variants] == [3, 3]
    loop = outcome.products["Loop-Schal"]
    assert (loop.option_names, len(loop.variants)) == (("Farbe", "Größe"), 4)
    assert loop.variants[0].sku == "Loop-Schal-Rot-S"
    assert [variant.sku for variant in outcome.products["MUG-1"].variants] == ["MUG-1"]
    assert outcome.codes == {5: "sku.duplicate_in_file"}


def test_wix_writes_what_a_variant_costs_more() -> None:
    outcome = read(WIX)
    apron = outcome.products["h1"]
    assert (apron.title, apron.option_names, len(apron.image_urls)) == ("Schürze", ("Farbe",), 2)
    assert outcome.variants("h1") == {"AP-R": ("Rot",), "h1-Blau": ("Blau",)}
    assert [(variant.price_minor, variant.quantity) for variant in apron.variants] == [(3900, 5), (4150, 1)]
    bowl = outcome.products["BO"]
    assert (bowl.option_names, bowl.variants[0].price_minor, bowl.variants[0].quantity) == ((), 1200, 7)
    assert not outcome.refused


@pytest.mark.parametrize("word", ["In Stock", "auf Lager", "en stock", "InStock"])
def test_a_word_that_some_are_there_leaves_the_number_to_the_default(word: str) -> None:
    outcome = read(f"sku;title;price;quantity\nA;Lampe;19,90;{word}\nB;Lampe;19,90;ausverkauft\n")
    assert [outcome.products[sku].variants[0].quantity for sku in "AB"] == [1, 0]


def test_shopware_names_a_parent_by_its_id() -> None:
    outcome = read(SHOPWARE_6)
    product = outcome.products["SW-1"]
    assert (product.title, product.option_names, product.rows) == (
        "Regenjacke Küste", ("Farbe", "Größe"), (2, 3, 4),
    )  # fmt: skip
    assert outcome.variants("SW-1") == {"SW-1.1": ("Rot", "M"), "SW-1.2": ("Rot", "L")}
    assert [variant.price_minor for variant in product.variants] == [10000, 10000]
    assert not outcome.refused


def test_shopware_5_names_a_parent_by_its_number_also_where_it_is_sold_itself() -> None:
    outcome = read(
        "ordernumber;mainnumber;name;supplier;price_EK;instock;configuratorOptions\n"
        "SW100;SW100;Becher;Ton;12,50;4;Farbe:Blau\nSW100.1;SW100;Becher;Ton;12,50;6;Farbe:Grün\n"
    )
    assert outcome.variants("SW100") == {"SW100": ("Blau",), "SW100.1": ("Grün",)}


def test_shopware_s_options_without_names_are_one_choice() -> None:
    outcome = read(
        "parent_number;product_number;name;stock;price_gross;options\n"
        ";SW1;Jacke;0;99.00;\nSW1;SW1.1;;3;99.00;Rot|M\nSW1;SW1.2;;3;99.00;Rot|L\n"
    )
    assert outcome.products["SW1"].option_names == ("Variante",)
    assert outcome.variants("SW1") == {"SW1.1": ("Rot, M",), "SW1.2": ("Rot, L",)}


def test_variations_stand_below_their_ebay_listing() -> None:
    outcome = read(FILE_EXCHANGE)
    assert outcome.products["FE-1"].option_names == ("Farbe", "Größe")
    assert outcome.variants("FE-1") == {"FE-1-RS": ("Rot", "S"), "FE-1-BM": ("Blau", "M")}
    assert [variant.sku for variant in outcome.products["FE-2"].variants] == ["FE-2"]
    assert outcome.products["FE-2"].aspects == {}
    assert not outcome.refused


def test_lines_that_ebay_writes_about_its_template_stand_above_the_heading() -> None:
    outcome = read(
        "Info;Version=1.0.0;Template=fx_category_template_EBAY_DE\nInfo;>>> Pflichtfelder sind markiert;\n"
        "*Action;Custom label (SKU);Title;Relationship;Relationship details;Quantity;Start price\n"
        "Add;FE-1;T-Shirt;;;5;19,90\n"
    )
    assert outcome.products["FE-1"].variants[0].price_minor == 1990


def test_commercetools_variants_follow_the_first() -> None:
    outcome = read(COMMERCETOOLS)
    assert outcome.products["CT-1-S"].option_names == ("Size",)
    assert outcome.products["CT-1-S"].aspects == {"Color": ("blau",)}
    prices = {variant.sku: variant.price_minor for variant in outcome.products["CT-1-S"].variants}
    assert prices == {"CT-1-S": 4990, "CT-1-M": 4990, "CT-1-L": 5290}
    assert outcome.products["CT-2"].variants[0].price_minor == 7990


def test_who_follows_a_refused_record_belongs_to_nobody_else() -> None:
    head, first, second, third, other = COMMERCETOOLS.splitlines()
    without_sku = other.replace(",CT-2,", ",,")
    outcome = read("\n".join([head, first, without_sku, second, third]) + "\n")
    assert set(outcome.products) == {"CT-1-S"}
    assert outcome.products["CT-1-S"].option_names == ()
    assert outcome.codes == {3: "sku.missing", 4: "title.missing", 5: "title.missing"}


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (SHOPWARE_6, FileForm.SHOPWARE),
        (FILE_EXCHANGE, FileForm.EBAY),
        (COMMERCETOOLS, FileForm.COMMERCETOOLS),
    ],
)
def test_the_form_is_recognised_by_its_heading(content: str, form: FileForm) -> None:
    assert mapping_of(content).form is form


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Farbe=Rot|Größe=S", [("Farbe", "Rot"), ("Größe", "S")]),
        ("Farbe: Rot, Größe: 1,5 l", [("Farbe", "Rot"), ("Größe", "1,5 l")]),
        ("Color=Red;Blue|Size=S", [("Color", "Red;Blue"), ("Size", "S")]),
        ("Rot", [("Variante", "Rot")]),
        (f"{PARENT_ID}|{PARENT_ID}", []),
        ("", []),
    ],
)
def test_options_of_one_cell(text: str, options: list[tuple[str, str]]) -> None:
    assert listed_options(text) == options


@given(st.text(max_size=80))
def test_no_cell_breaks_the_reading_of_options(text: str) -> None:
    assert all(name and value for name, value in listed_options(text))


def test_a_spreadsheet_s_text_in_a_formula_is_the_text() -> None:
    outcome = read(
        'sku,title,price\n="00123",Cup,9.90\n"=""00124""",Mug,9.90\nA,"<a href=""x"">=""y""</a>",1\n'
    )
    assert set(outcome.products) == {"00123", "00124", "A"}
    assert outcome.products["A"].title == '<a href="x">="y"</a>'


def test_an_excel_sheet_with_everything_that_happens_to_one() -> None:
    sheet = (
        "\ufeffsep=;\r\nArtikelnr.;Bezeichnung;EAN;VK;Bestand;Marke;\r\n"
        "1001;Kanne „Nord“;4,00638E+12;1.234,50 €;3;Ton;\r\n"
        "1002;Tasse;4006381333931;12,90 €;1.000;Ton;\r\n"
        "1003;Teller;#NV;CHF 12.–;> 5;Ton;\r\n"
        "1004;Schale;kein;12,-;5 Stk.;Ton;\r\n"
        ";;;;;;\r\n"
    )
    outcome = read(sheet)
    assert outcome.codes == {2: "gtin.scientific"}
    found = {
        sku: (product.variants[0].price_minor, product.variants[0].currency, product.variants[0].quantity)
        for sku, product in outcome.products.items()
    }
    assert found == {"1002": (1290, "EUR", 1000), "1003": (1200, "CHF", 5), "1004": (1200, "EUR", 5)}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_french_and_german_sheets_in_any_encoding(encoding: str) -> None:
    french = (
        "Référence\tDésignation\tPrix TTC\tQuantité\tCouleur\tRéférence parent\r\n"
        "P-1\tTablier en lin\t\t\t\t\r\n"
        "P-1-B\tTablier en lin bleu\t1 234,50 €\t3\tBleu\tP-1\r\n"
        "P-1-R\tTablier en lin rouge\t1\u00a0234,50 €\tépuisé\tRouge\tP-1\r\n"
    )
    product = read(french.encode(encoding)).products["P-1"]
    assert [(each.price_minor, each.quantity) for each in product.variants] == [(123450, 3), (123450, 0)]


def test_more_headings_that_shops_write() -> None:
    presta = read("Active (0/1);Name *;Price tax included;Reference #;Image URLs (x,y,z...)\n1;Lampe;24,90;L-1;https://p.example/a.jpg,https://p.example/b.jpg\n")  # fmt: skip
    assert (presta.products["L-1"].variants[0].price_minor, len(presta.products["L-1"].image_urls)) == (
        2490,
        2,
    )
    jtl = read(
        "Artikelnummer;Artikelname;Std. VK Brutto;Lagerbestand Gesamt;Identifizierungsspalte Vaterartikel;"
        "Variationsname 1;Variationswertname 1\nJ-1;Pullover;49,90;0;;;\nJ-1-S;Pullover S;49,90;3;J-1;Größe;S\n"
        "J-1-M;Pullover M;49,90;4;J-1;Größe;M\n"
    )
    assert jtl.variants("J-1") == {"J-1-S": ("S",), "J-1-M": ("M",)}
