"""Everything that would be refused is said at once, with our field names."""

from __future__ import annotations

from typing import Any

import pytest
from tests.channels.immoscout24.examples import EVERY_TYPE, content, listing, picture

from kontor.channels.immoscout24.preflight import problems_of


def _errors(type_name: str = "apartmentBuy", **changes: Any) -> set[str]:
    """Their codes; what may be wrong with any field stands with its name."""
    found = problems_of(listing(content(type_name, **changes)))
    return {
        f"{each.field}: {each.code}" if ".field." in each.code else each.code
        for each in found
        if each.severity == "error"
    }


@pytest.mark.parametrize("type_name", EVERY_TYPE)
def test_a_full_property_of_each_type_is_ready(type_name: str) -> None:
    assert _errors(type_name) == set()


def test_all_that_is_missing_is_named_at_once() -> None:
    found = _errors(
        "houseRent",
        texts={"de": {}},
        prices={"cold_rent": None},
        areas={"plot_area": None},
        address={"city": ""},
    )
    assert found == {
        "texts.title: immoscout24.field.missing", "prices.cold_rent: immoscout24.field.missing",
        "areas.plot_area: immoscout24.field.missing", "address.city: immoscout24.field.missing",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("energy", "code"),
    [
        ({"regime": "before_may_2014"}, "class_not_valid"),
        ({"kind": None}, "class_not_valid"),
        ({"state": "not_yet"}, "values_without_certificate"),
        ({"hot_water_included": True}, "hot_water_not_valid"),
        ({"value": 0}, "value_out_of_range"),
        ({"value": 2000}, "value_out_of_range"),
    ],
)
def test_energy_data_must_fit_their_certificate(energy: dict[str, Any], code: str) -> None:
    assert _errors(energy=energy) == {f"immoscout24.energy.{code}"}


def test_hot_water_fits_an_old_consumption_certificate() -> None:
    assert (
        _errors(energy={"regime": "before_may_2014", "energy_class": "", "hot_water_included": True}) == set()
    )


def test_a_plot_needs_no_certificate() -> None:
    assert _errors("livingBuySite", energy={"state": "not_yet"}) == set()


def test_texts_are_plain_and_short_enough() -> None:
    texts = {"de": {"title": "t" * 101, "description": "<b>Ruhig</b>", "location": "3 < 4 Zimmer"}}
    assert _errors(texts=texts) == {
        "texts.title: immoscout24.field.too_long",
        "texts.description: immoscout24.field.markup",
    }


def test_a_price_on_request_is_for_business_and_plots_alone() -> None:
    hidden = {"purchase_price": None, "on_request": True}
    assert _errors("store", prices=hidden) == set()
    assert _errors("apartmentBuy", prices=hidden) == {"prices.purchase_price: immoscout24.field.missing"}


def test_what_the_portal_has_no_type_for_says_so_alone() -> None:
    made = content("flatShareRoom", marketing="buy")
    assert [each.code for each in problems_of(listing(made))] == ["immoscout24.marketing.not_offered"]


def test_an_object_can_not_become_another_kind() -> None:
    found = problems_of(listing(bound={"object_id": "1", "type": "houseBuy"}))
    assert [each.code for each in found] == ["immoscout24.kind.changed"]


def test_too_many_pictures_and_long_titles() -> None:
    found = problems_of(listing(pictures=tuple(picture(str(n)) for n in range(151))))
    assert [each.code for each in found] == ["immoscout24.pictures.too_many"]
    (cut,) = problems_of(listing(pictures=(picture(title="x" * 31),)))
    assert (cut.code, cut.severity) == ("immoscout24.pictures.title_cut", "warning")


def test_a_word_that_the_portal_does_not_have_is_left_out_with_a_warning() -> None:
    found = problems_of(listing(content(building={"carriers": ["hydrogen"]})))
    assert [(each.code, each.field, each.severity) for each in found] == [
        ("immoscout24.field.no_word", "building.carriers", "warning")
    ]


def test_a_german_postal_code_has_five_digits_and_a_foreign_one_need_not() -> None:
    assert _errors(address={"postal_code": "1055"}) == {"immoscout24.address.postal_code.not_german"}
    assert _errors(address={"postal_code": "1010", "country": "AT"}) == set()
