"""What is proposed for each column, and what a person can make of it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from tests.goods.reading.tables import DEFAULTS, mapping_of, read, table_of

from kontor.goods.reading import Defaults, Mapping, MappingIncomplete, check, drafts, fingerprint
from kontor.goods.reading.fields import FileForm


def targets(heading: str, *rows: str) -> dict[str, str]:
    text = "\n".join([heading, *(rows or (";".join("x" for _ in heading.split(";")),))]) + "\n"
    return {column.name: column.target for column in mapping_of(text).columns}


NAMES = {
    "sku": "SKU|ordernumber|Nr.|*CustomLabel|Artikelnummer|Artikel-Nr.|Bestellnummer|Art.Nr.|Référence",
    "parent_sku": "parent_sku|Vaterartikel|Parent SKU|item_group_id",
    "title": "Titel|Bez.|*Title|item_name|Bezeichnung|Désignation|Artikelname|Product name|Name",
    "description_html": "Beschreibung|Description|Body (HTML)|Langtext",
    "brand": "Marke|C:Marke|Marke/Hersteller|supplier|Hersteller|Marque|Brand|Vendor",
    "gtin": "EAN|P:EAN|external_product_id|GTIN|EAN/UPC|Barcode|Code-barres|EAN-Code|ISBN",
    "mpn": "MPN|Herstellernummer|Hersteller-Artikelnummer|modelno",
    "price": "Preis|Price (inc VAT)|*StartPrice|prices_EK|standard_price|Preis (brutto)|Preis EUR|Preis in €|VK brutto|Prix|Prix TTC|Price|price_usd|Verkaufspreis inkl. MwSt."
    "|Prix de vente (EUR)|Regulärer Preis|sellingPrice",
    "currency": "Währung|Currency|Devise|Waehrung",
    "quantity": "Bestand|Lagerbest.|Stock Level|instock|Menge|Lagerbestand|Quantité|Stock|qty|Stückzahl",
    "weight_g": "Gewicht (kg)|weight_g|Poids (kg)|Weight (lbs)|Gewicht in g",
    "condition": "Zustand|État|Condition|Artikelzustand",
    "category_hint": "Kategorie|Catégorie|Category|Warengruppe",
    "image_urls": "Bild-URL|image2|other_image_url1|PicURL|Bildpfad 1|Bilder|Images|Bild 2|image_url_3|Photo",
    "option1_name": "option1_name|Option 1 Name",
    "option2_value": "Option2 Value|Option 2 Wert",
    "": "MwSt|Steuersatz|Einkaufspreis|UVP|Lagerplatz|kontor_error|kontor_error_column|Notiz",
}
CHARACTERISTICS = {name: name for name in ("Farbe", "Größe", "Couleur", "Taille", "Material", "Colour")}


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        *((name, target) for target, names in NAMES.items() for name in names.split("|")),
        *((name, f"aspect:{aspect}") for name, aspect in CHARACTERISTICS.items()),
        ("Höhe (cm)", "aspect:Höhe"),
        ("color_name", "aspect:Color"),
        ("C:Schuhschaft", "aspect:Schuhschaft"),
    ],
)
def test_columns_are_known_by_their_names(heading: str, target: str) -> None:
    assert targets(f"Irgendwas;{heading}")[heading] == target


def test_units_and_currencies_stand_in_headings() -> None:
    columns = {c.name: c for c in mapping_of("Gewicht (kg);Preis in CHF;Höhe (cm)\n1;2;3\n").columns}
    assert columns["Gewicht (kg)"].unit == "kg"
    assert columns["Preis in CHF"].currency == "CHF"
    outcome = read("SKU;Titel;Preis in CHF;Gewicht (kg);Höhe (cm)\nA;Tasse;1'234.50;0,25;10\n")
    variant = outcome.products["A"].variants[0]
    assert (variant.price_minor, variant.currency, variant.weight_g) == (123450, "CHF", 250)
    assert outcome.products["A"].aspects == {"Höhe": ("10 cm",)}


def test_the_better_of_two_columns_wins_and_says_so() -> None:
    mapping = mapping_of(
        "SKU;Preis netto;Preis brutto;Kategorie;Kategoriepfad\nA;10;11,90;Tassen;Küche > Tassen\n"
    )
    by_name = {column.name: column for column in mapping.columns}
    assert by_name["Preis brutto"].target == "price"
    assert (by_name["Preis netto"].target, by_name["Preis netto"].reason) == ("", "another_column")
    assert by_name["Kategoriepfad"].target == "category_hint"


def test_a_lone_net_price_is_taken_with_little_confidence() -> None:
    (price,) = (c for c in mapping_of("SKU;Preis netto\nA;10\n").columns if c.target == "price")
    assert (price.reason, price.confidence < 0.7) == ("net_price", True)


def test_cells_outvote_a_name() -> None:
    rows = "".join(f"A{i};{i} g;https://a.de/{i}.jpg;4006381333931\n" for i in range(30))
    columns = {c.name: c for c in mapping_of("sku;quantity;dings;code\n" + rows).columns}
    assert (columns["quantity"].target, columns["quantity"].reason) == ("", "values_contradict")
    assert (columns["dings"].target, columns["dings"].reason) == ("image_urls", "values")
    assert columns["code"].target == "gtin"


@pytest.mark.parametrize(
    ("heading", "form"),
    [
        ("Handle,Title,Option1 Name,Option1 Value,Variant Price", FileForm.SHOPIFY),
        ("URL handle,Title,SKU,Option1 name,Option1 value,Price", FileForm.SHOPIFY),
        ("ID,Type,SKU,Name,Regular price,Parent,Attribute 1 name,Attribute 1 value(s)", FileForm.WOOCOMMERCE),
        (
            "ID,Typ,Artikelnummer,Name,Regulärer Preis,Übergeordnet,Attribut 1 Name,Attribut 1 Wert(e)",
            FileForm.WOOCOMMERCE,
        ),
        (
            "ID,Type,UGS,Nom,Tarif régulier,Parent,Nom de l’attribut 1,Valeur(s) de l’attribut 1",
            FileForm.WOOCOMMERCE,
        ),
        ("sku,product_type,name,additional_attributes,configurable_variations", FileForm.MAGENTO),
        ("sku,title,price", FileForm.PLAIN),
    ],
)
def test_forms_are_known_by_their_headings(heading: str, form: FileForm) -> None:
    assert mapping_of(heading + "\n" + ",".join("x" for _ in heading.split(",")) + "\n").form == form


def test_a_german_woocommerce_export_is_read_like_the_english_one() -> None:
    outcome = read(
        "ID,Typ,Artikelnummer,Name,Regulärer Preis,Übergeordnet,Attribut 1 Name,Attribut 1 Wert(e),Bilder\n"
        '7,variable,hemd,Hemd,,,Größe,"S, M",\n'
        "8,variation,,Hemd - S,10,id:7,Größe,S,\n"
        "9,variation,hemd-m,Hemd - M,11,hemd,Größe,M,\n"
    )
    assert outcome.variants("hemd") == {"id-8": ("S",), "hemd-m": ("M",)}


class TestAPersonsHand:
    MAPPING = "Nr;Was;Preis\nA;Tasse;1,50\n"

    def test_what_is_missing_is_said_before_anything_is_read(self) -> None:
        table, mapping = table_of("Wert;Preis\nA;1\n"), mapping_of("Wert;Preis\nA;1\n")
        with pytest.raises(MappingIncomplete) as error:
            drafts(table, mapping, DEFAULTS)
        assert {problem.code for problem in error.value.problems} == {
            "mapping.sku_missing",
            "mapping.title_missing",
        }

    def test_targets_can_be_changed_and_taken_over(self) -> None:
        mapping = mapping_of(self.MAPPING).with_target(1, "title").with_target(0, "sku")
        assert [column.target for column in mapping.columns] == ["sku", "title", "price"]
        again = mapping.with_target(2, "title")
        assert [column.target for column in again.columns] == ["sku", "", "title"]
        (draft,) = drafts(table_of(self.MAPPING), mapping, DEFAULTS)
        assert draft.sku == "A"

    def test_a_column_can_become_any_characteristic_or_an_option(self) -> None:
        content = "SKU;Vaterartikel;Titel;Dings\nA1;A;Tasse;rot\nA2;A;Tasse;blau\n"
        mapping = mapping_of(content).with_target(3, "option1_value")
        (draft,) = drafts(table_of(content), mapping, DEFAULTS)
        assert draft.option_names == ("Dings",)  # type: ignore[union-attr]
        (single, *_) = drafts(table_of(content), mapping_of(content).with_target(3, "aspect:Dekor"), DEFAULTS)
        assert single.option_names == ("Dekor",)  # type: ignore[union-attr]

    def test_nonsense_is_refused(self) -> None:
        mapping = mapping_of(self.MAPPING)
        with pytest.raises(ValidationError):
            mapping.with_target(0, "prize")
        with pytest.raises(ValidationError):
            Mapping(
                columns=tuple(column.model_copy(update={"target": "title"}) for column in mapping.columns)
            )
        for wrong in (
            {"currency": "XYZ"},
            {"quantity": -1},
            {"image_base_address": "ftp://a"},
            {"weight_unit": "stone"},
        ):
            with pytest.raises(ValidationError):
                Defaults.model_validate(wrong)

    def test_a_mapping_survives_being_stored(self) -> None:
        mapping = mapping_of(self.MAPPING)
        assert Mapping.model_validate_json(mapping.model_dump_json()) == mapping

    def test_the_fingerprint_knows_the_next_file_of_the_same_kind(self) -> None:
        assert fingerprint(["SKU", "Titel "]) == fingerprint(["sku", " titel"])
        assert fingerprint(["sku", "titel"]) != fingerprint(["titel", "sku"])
        assert fingerprint(["a b"]) != fingerprint(["a", "b"])

    def test_questions_that_a_person_should_answer(self) -> None:
        mapping = mapping_of("SKU;Titel;Preis;Gewicht\nA;Tasse;1,50;2\n")
        found = {problem.code: problem.severity for problem in check(mapping, Defaults())}
        assert found == {
            "mapping.weight_unit_missing": "error",
            "mapping.currency_missing": "warning",
            "mapping.quantity_missing": "warning",
            "mapping.condition_missing": "warning",
        }
        assert not check(mapping, DEFAULTS)


def test_pictures_may_stand_in_numbered_columns() -> None:
    outcome = read(
        "sku;title;image;image2;image3\nA;Tasse;https://x.example/1.jpg;;https://x.example/3.jpg\n"
    )
    assert outcome.products["A"].image_urls == ("https://x.example/1.jpg", "https://x.example/3.jpg")


def test_lists_of_prices_in_cents_are_read_for_everybody() -> None:
    prices = "EUR 18750;EUR 12295 b2b;US-USD 17000;USD 18900;DE-EUR 15450#shop-berlin"
    content = f'sku,title,prices\nA,Chino,"{prices}"\nB,Poncho,"DE-EUR 999;CH-CHF 1250"\n'
    assert mapping_of(content).columns[2].unit == "cents"
    variants = {sku: draft.variants[0] for sku, draft in read(content).products.items()}
    assert (variants["A"].price_minor, variants["A"].currency) == (18750, "EUR")
    assert (variants["B"].price_minor, variants["B"].currency) == (999, "EUR")
    in_dollars = read(content, DEFAULTS.model_copy(update={"currency": "USD"})).products["A"].variants[0]
    assert (in_dollars.price_minor, in_dollars.currency) == (18900, "USD")


def test_a_price_with_its_currency_is_no_list_of_cents() -> None:
    variant = read("sku;title;price\nA;Schrank;EUR 1250\n").products["A"].variants[0]
    assert (variant.price_minor, variant.currency) == (125000, "EUR")


def test_a_list_of_prices_without_one_for_everybody_is_refused() -> None:
    rows = "".join(f'{sku},Chino,"EUR 100;EUR 90 b2b"\n' for sku in "ABC")
    assert read(f'sku,title,prices\n{rows}D,Chino,"EUR 90 b2b;EUR 80 staff"\n').codes == {
        5: "price.unreadable"
    }


def test_numbers_of_categories_and_switches_say_nothing() -> None:
    content = "Référence;Nom;Prix TTC;État;google_product_category\nA;Tasse;9,90;1;1604\nB;Bol;5,00;0;1604\n"
    found = {column.name: column.target for column in mapping_of(content).columns}
    assert (found["État"], found["google_product_category"]) == ("", "")
    assert {draft.condition for draft in read(content).products.values()} == {"new"}
