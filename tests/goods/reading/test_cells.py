"""Numbers, prices, weights, barcodes, conditions and pictures as people write them."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.goods.reading.cells.categories import read_category
from kontor.goods.reading.cells.conditions import read_condition
from kontor.goods.reading.cells.currencies import read_currency
from kontor.goods.reading.cells.gtins import read_gtin
from kontor.goods.reading.cells.numbers import DecimalSign, decimal_sign, to_decimal
from kontor.goods.reading.cells.pictures import read_pictures
from kontor.goods.reading.cells.prices import read_price, to_minor
from kontor.goods.reading.cells.quantities import read_quantity
from kontor.goods.reading.cells.weights import read_weight
from kontor.goods.reading.fields import WeightUnit
from kontor.goods.reading.problems import BadCell


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("12.50", "12.50", ""),
        ("12,50", "12.50", ""),
        ("1.234,56", "1234.56", ""),
        ("1,234.56", "1234.56", ""),
        ("1 234,56", "1234.56", ""),
        ("1\u00a0234,56", "1234.56", ""),
        ("1\u202f234,56 €", "1234.56", "EUR"),
        ("1'234.50", "1234.50", ""),
        ("CHF 1’234.50", "1234.50", "CHF"),
        ("1.234.567", "1234567", ""),
        ("1.234.567,89", "1234567.89", ""),
        ("12,50 €", "12.50", "EUR"),
        ("€12.50", "12.50", "EUR"),
        ("EUR 12.50", "12.50", "EUR"),
        ("12.50 USD", "12.50", "USD"),
        ("US$ 12", "12", "USD"),
        ("£9.99", "9.99", "GBP"),
        ("12,- €", "12", "EUR"),
        ("12,–", "12", ""),
        ("34.0000", "34.0000", ""),
        ("0,5", "0.5", ""),
        ("+3.20", "3.20", ""),
        ("0", "0", ""),
        (".99", "0.99", ""),
    ],
)
def test_prices_that_can_be_read_in_one_way_only(text: str, amount: str, currency: str) -> None:
    for sign in (".", ",", "?", None):
        assert read_price(text, sign, "") == (Decimal(amount), currency)


@pytest.mark.parametrize(("sign", "amount"), [(".", "1.234"), (",", "1234")])
def test_one_thousand_or_one_is_for_the_column_to_say(sign: DecimalSign, amount: str) -> None:
    assert read_price("1.234", sign, "") == (Decimal(amount), "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abc", "price.unreadable"),
        ("12,5O", "price.unreadable"),
        ("-5.00", "price.negative"),
        ("5,00-", "price.negative"),
        ("(5.00)", "price.negative"),
        ("−5", "price.negative"),
        ("1,5E+03", "price.scientific"),
        ("1.23.456", "price.unreadable"),
        ("12 50", "price.unreadable"),
        ("12.50 XYZ", "currency.unknown"),
        ("XYZ 12.50", "currency.unknown"),
        ("10-20", "price.unreadable"),
        ("ab 12,50", "price.unreadable"),
        ("=1+1", "price.unreadable"),
        ("€12€", "price.unreadable"),
    ],
)
def test_prices_that_are_none(text: str, code: str) -> None:
    with pytest.raises(BadCell) as error:
        read_price(text, ".", "")
    assert error.value.code == code


def test_an_ambiguous_price_in_a_column_that_contradicts_itself() -> None:
    with pytest.raises(BadCell) as error:
        read_price("1.234", "?", "")
    assert error.value.code == "price.ambiguous"


@pytest.mark.parametrize(
    ("text", "known", "currency"), [("$5", "CAD", "CAD"), ("$5", "EUR", "USD"), ("5 kr", "SEK", "SEK")]
)
def test_a_shared_sign_means_the_known_currency(text: str, known: str, currency: str) -> None:
    assert read_price(text, ".", known) == (Decimal(5), currency)


def test_minor_units_follow_the_currency() -> None:
    assert to_minor(Decimal("12.50"), "EUR") == 1250
    assert to_minor(Decimal("12.5000"), "EUR") == 1250
    assert to_minor(Decimal(1250), "JPY") == 1250
    assert to_minor(Decimal("1.234"), "KWD") == 1234
    for amount, currency, code in (
        ("12.345", "EUR", "price.too_precise"),
        ("12.5", "JPY", "price.too_precise"),
        ("1e15", "EUR", "price.too_large"),
    ):
        with pytest.raises(BadCell) as error:
            to_minor(Decimal(amount), currency)
        assert error.value.code == code


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["12,50", "1.234"], ","),
        (["12.50", "1.234"], "."),
        (["1.234.567"], ","),
        (["0.750"], "."),
        (["1234.567"], "."),
        (["1.234", "5.678"], None),
        (["12", ""], None),
        (["1,50", "1.50"], "?"),
        (["1,50"] * 20 + ["1.50"], ","),
    ],
)
def test_a_column_shows_its_decimal_sign(cells: list[str], sign: DecimalSign | None) -> None:
    assert decimal_sign(cells) == sign


@given(
    amount=st.decimals(min_value=0, max_value=10**9, places=2),
    style=st.sampled_from(
        [(".", ","), (",", "."), (",", " "), (".", "'"), (",", "\u202f"), (".", ""), (",", "")]
    ),
)
def test_every_country_s_way_of_writing_an_amount(amount: Decimal, style: tuple[DecimalSign, str]) -> None:
    point, thousands = style
    text = f"{amount:,.2f}".replace(",", "T").replace(".", point).replace("T", thousands)
    assert to_decimal(text, point, "price") == amount


@given(st.text(alphabet="0123456789.,'-+eE €$ ", max_size=14))
def test_no_text_whatever_breaks_the_reading_of_prices(text: str) -> None:
    try:
        amount, _ = read_price(text.strip(), ".", "")
    except BadCell:
        return
    assert amount >= 0


@pytest.mark.parametrize(
    ("text", "sign", "pieces"),
    [
        ("5", ".", 5),
        ("100.0000", ".", 100),
        ("1.000", ",", 1000),
        ("1.000", ".", 1),
        ("12 Stk.", ".", 12),
        ("-0", ".", 0),
        (">10", ".", 10),
        ("> 1.000", ",", 1000),
        ("10+", ".", 10),
        ("Ausverkauft", ",", 0),
        ("Rupture de stock", ",", 0),
    ],
)
def test_stock(text: str, sign: DecimalSign, pieces: int) -> None:
    assert read_quantity(text, sign) == pieces


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-1", "quantity.negative"),
        ("1,5", "quantity.not_whole"),
        ("viele", "quantity.unreadable"),
        ("<10", "quantity.unreadable"),
        ("auf Lager", "quantity.unreadable"),
        ("99999999999", "quantity.too_large"),
        ("1E+3", "quantity.scientific"),
    ],
)
def test_stock_that_is_none(text: str, code: str) -> None:
    with pytest.raises(BadCell) as error:
        read_quantity(text, ".")
    assert error.value.code == code


@pytest.mark.parametrize(
    ("text", "unit", "grams"),
    [
        ("454", "g", 454),
        ("1,5", "kg", 1500),
        ("1", "lb", 454),
        ("0.5 kg", "g", 500),
        ("500 Gramm", "kg", 500),
        ("8 oz", "kg", 227),
        ("0", "kg", None),
    ],
)
def test_weights_come_to_grams(text: str, unit: str, grams: int | None) -> None:
    assert read_weight(text, WeightUnit(unit), ".") == grams


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-1", "weight.negative"),
        ("3 Stein", "weight.unit_unknown"),
        ("schwer", "weight.unreadable"),
        ("1e9", "weight.scientific"),
        ("999999999", "weight.too_large"),
    ],
)
def test_weights_that_are_none(text: str, code: str) -> None:
    with pytest.raises(BadCell) as error:
        read_weight(text, WeightUnit.GRAM, ".")
    assert error.value.code == code


@pytest.mark.parametrize(
    ("text", "gtin"),
    [
        ("4006381333931", "4006381333931"),
        ("4006381-333931", "4006381333931"),
        ("'4006381333931", "4006381333931"),
        ("4006381333931.0", "4006381333931"),
        ("036000291452", "036000291452"),
        ("96385074", "96385074"),
        ("3-16-148410-X", "9783161484100"),
        ("316148410X", "9783161484100"),
        ("Does not apply", ""),
        ("Nicht zutreffend", ""),
        ("0000000000000", ""),
    ],
)
def test_barcodes(text: str, gtin: str) -> None:
    assert read_gtin(text) == gtin


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4006381333932", "gtin.check_digit"),
        ("4,00638E+12", "gtin.scientific"),
        ("4.00638E12", "gtin.scientific"),
        ("36000291452", "gtin.unreadable"),
        ("ABC", "gtin.unreadable"),
    ],
)
def test_barcodes_that_are_none(text: str, code: str) -> None:
    with pytest.raises(BadCell) as error:
        read_gtin(text)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("new", "new"),
        ("Neu", "new"),
        ("NEUF", "new"),
        ("Neu mit Etikett", "new"),
        ("wie neu", "like_new"),
        ("Comme neuf", "like_new"),
        ("Gebraucht", "used"),
        ("d’occasion", "used"),
        ("Generalüberholt", "refurbished"),
        ("reconditionné", "refurbished"),
        ("Sehr gut", "used_very_good"),
        ("Très bon état", "used_very_good"),
        ("Als Ersatzteil / defekt", "for_parts"),
        ("used_good", "used_good"),
        ("USED_ACCEPTABLE", "used_acceptable"),
        ("1000", "new"),
    ],
)
def test_conditions_in_three_languages(text: str, condition: str) -> None:
    assert read_condition(text).value == condition


def test_unknown_words_are_refused() -> None:
    for reading, text, code in (
        (read_condition, "hübsch", "condition.unknown"),
        (read_currency, "Taler", "currency.unknown"),
        (read_currency, "XXX", "currency.unknown"),
        (read_currency, "DEM", "currency.unknown"),
    ):
        with pytest.raises(BadCell) as error:
            reading(text)
        assert error.value.code == code
    assert [read_currency(text) for text in ("eur", "€", "Euro", "chf", "US$")] == [
        "EUR",
        "EUR",
        "EUR",
        "CHF",
        "USD",
    ]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://a.de/1.jpg|https://a.de/2.jpg", ["https://a.de/1.jpg", "https://a.de/2.jpg"]),
        ("https://a.de/1.jpg, https://a.de/2.jpg,", ["https://a.de/1.jpg", "https://a.de/2.jpg"]),
        ("https://a.de/w_600,f_auto/1.jpg", ["https://a.de/w_600,f_auto/1.jpg"]),
        (
            "https://a.de/w_6,f/1.jpg~https://a.de/w_6,f/2.jpg",
            ["https://a.de/w_6,f/1.jpg", "https://a.de/w_6,f/2.jpg"],
        ),
        ("https://a.de/1.jpg;http://a.de/2.jpg", ["https://a.de/1.jpg", "http://a.de/2.jpg"]),
        ("https://a.de/1.jpg\nhttps://a.de/2.jpg", ["https://a.de/1.jpg", "https://a.de/2.jpg"]),
        ("//cdn.a.de/1.jpg", ["https://cdn.a.de/1.jpg"]),
        ("https://a.de/rote tasse.jpg", ["https://a.de/rote%20tasse.jpg"]),
        ("https://a.de/1.jpg|https://a.de/1.jpg", ["https://a.de/1.jpg"]),
        ("/m/1.jpg,/m/2.jpg", ["https://shop.example/media/m/1.jpg", "https://shop.example/media/m/2.jpg"]),
        (
            "tasse.jpg; teller.jpg",
            ["https://shop.example/media/tasse.jpg", "https://shop.example/media/teller.jpg"],
        ),
    ],
)
def test_lists_of_pictures(text: str, addresses: list[str]) -> None:
    assert read_pictures(text, "https://shop.example/media") == (addresses, [])


@pytest.mark.parametrize(
    "text", ["ftp://a.de/1.jpg", "file:///etc/passwd", "javascript:alert(1)", "C:\\bild.jpg", "http://"]
)
def test_only_web_addresses_are_pictures(text: str) -> None:
    assert read_pictures(text, "https://shop.example") == ([], [text])


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Women > Clothing", "Women > Clothing"),
        ("Women/Clothing", "Women > Clothing"),
        ("New>Women>Shoes;Women>Shoes", "New > Women > Shoes"),
        ("Default Category/Men/Tops,Default Category/Sale,Default Category", "Men > Tops"),
        ("Gear\nBags\nCollections\nErin Recommends", "Gear > Bags"),
        ("Küche, Haus & Garten", "Küche, Haus & Garten"),
        ("Bar furniture", "Bar furniture"),
        ("Home > Garten / Balkon", "Garten / Balkon"),
    ],
)
def test_categories(text: str, path: str) -> None:
    assert read_category(text) == path


@pytest.mark.parametrize("filling", [" ", ".", "1", "(", ",", "1 ", "a,", "https://a.de/", ">", "\n"])
def test_a_huge_cell_costs_no_more_than_its_length(filling: str) -> None:
    text = "9" + filling * (500_000 // len(filling)) + "9"
    started = time.process_time()
    decimal_sign([text])
    read_pictures(text, "https://a.de")
    read_category(text)
    for reading in (
        lambda: read_price(text, ".", ""),
        lambda: read_quantity(text, "."),
        lambda: read_weight(text, WeightUnit.GRAM, "."),
        lambda: read_gtin(text),
        lambda: read_condition(text),
        lambda: read_currency(text),
    ):
        with pytest.raises(BadCell):
            reading()
    assert time.process_time() - started < 5
