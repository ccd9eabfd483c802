"""What is written for each type: in the schema's order, valid, and read back as what was said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.channels.immoscout24.examples import EVERY_TYPE, content, listing
from tests.channels.immoscout24.specification import complaints, exchanges, needed, types

from kontor.channels.contract.errors import Unreadable
from kontor.channels.immoscout24.mapping.kinds import type_of
from kontor.channels.immoscout24.mapping.listing import content_of, document_of, leaves_of, values_of
from kontor.channels.immoscout24.mapping.rows import FIXED, ROWS
from kontor.channels.immoscout24.table import printed
from kontor.channels.immoscout24.wire.document import Document, first, read
from kontor.channels.immoscout24.wire.order import ORDERS
from kontor.properties.choices import Kind, Marketing
from kontor.properties.content import PropertyContent


@pytest.mark.parametrize("type_name", EVERY_TYPE)
def test_each_kind_and_marketing_goes_to_its_type(type_name: str) -> None:
    assert type_of(content(type_name)) == type_name
    assert read(document_of(listing(content(type_name)))).name == type_name


@pytest.mark.parametrize("type_name", EVERY_TYPE)
def test_elements_stand_in_the_order_of_the_schema(type_name: str) -> None:
    allowed = [each["name"] for each in types()[type_name]]
    assert list(ORDERS[type_name]) == sorted(ORDERS[type_name], key=allowed.index)


@pytest.mark.parametrize("type_name", EVERY_TYPE)
def test_what_the_schema_requires_is_written_or_demanded(type_name: str) -> None:
    required = {each["name"] for each in types()[type_name] if each["required"]}
    written = {path.partition(".")[0] for path in leaves_of(listing(content(type_name)))}
    assert required <= written


@pytest.mark.parametrize("type_name", EVERY_TYPE)
def test_what_is_written_validates(type_name: str) -> None:
    assert complaints(document_of(listing(content(type_name)))) == []


@pytest.mark.parametrize("type_name", EVERY_TYPE)
def test_an_object_read_back_says_the_same(type_name: str) -> None:
    document = read(document_of(listing(content(type_name))))
    taken = content_of(document)
    again = read(document_of(listing(taken)))
    assert (again.name, values_of(again.name, again.leaves)) == (
        type_name,
        values_of(type_name, document.leaves),
    )


def test_a_flat_reads_back_field_by_field() -> None:
    sent = content("apartmentBuy")
    taken = content_of(read(document_of(listing(sent))))
    assert taken.address == sent.address
    assert taken.prices.purchase_price == sent.prices.purchase_price
    assert taken.building == sent.building
    assert taken.energy == sent.energy
    assert taken.terms.available_from == sent.terms.available_from
    assert taken.own_texts == sent.own_texts


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("marketing", Marketing)
def test_what_has_no_type_there_is_said_to_have_none(kind: Kind, marketing: Marketing) -> None:
    made = PropertyContent(kind=kind, marketing=marketing)
    assert type_of(made) in {"", *ORDERS}


def test_every_row_belongs_to_some_type() -> None:
    assert [row.theirs for row in ROWS if not any(row.is_for(name) for name in ORDERS)] == []
    assert all(fixed.text for fixed in FIXED)


def test_markup_in_a_text_is_escaped_and_nothing_is_resolved() -> None:
    body = document_of(listing(content()))
    assert b"Helle Wohnung &amp; Balkon" in body
    with pytest.raises(Unreadable):
        read(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


@given(text=st.text(max_size=200))
def test_any_text_arrives_as_it_was_cleaned(text: str) -> None:
    made = content(texts={"de": {"title": "t", "description": text}})
    leaves = read(document_of(listing(made))).leaves
    assert first(leaves, "descriptionNote") == made.own_texts.description


def test_what_the_portal_fills_in_by_itself_is_nothing_said() -> None:
    body = needed("sandbox-2026/apartmentBuy.get.xml").read_bytes()
    document = read(body)
    shown = values_of(document.name, document.leaves)
    said = {field for field, value in shown.items() if value not in (None, "")}
    assert {"texts.title", "prices.purchase_price", "areas.living_area", "rooms.rooms"} <= said
    assert not said & {"equipment.cellar", "building.condition", "rooms.balconies", "equipment.guest_toilet"}


def test_a_recorded_object_is_taken_over_with_its_energy_data() -> None:
    taken = content_of(read(needed("sandbox-2026/apartmentBuy-energy.get.xml").read_bytes()))
    assert (taken.kind, taken.marketing, taken.energy.energy_class) == (Kind.FLAT, Marketing.BUY, "B")
    assert str(taken.energy.value) == "95.50"


def _objects() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for each in exchanges():
        if each["method"] in ("POST", "PUT") and '"realestates.' in each["req_body"]:
            (name, body), *_ = json.loads(each["req_body"]).items()
            found.append((name.removeprefix("realestates."), body))
    return found


def _leaves(body: Any, prefix: str = "") -> dict[str, tuple[str, ...]]:
    leaves: dict[str, tuple[str, ...]] = {}
    for name, value in body.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict):
            leaves |= _leaves(value, f"{path}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            leaves |= _leaves(value[0], f"{path}.")
        else:
            leaves[path] = tuple(map(str, value)) if isinstance(value, list) else (str(value),)
    return leaves


def test_what_others_sent_is_written_by_us_with_the_same_elements_and_words() -> None:

    objects = _objects()
    assert objects
    for name, body in objects:
        sent = _leaves(body)
        ours = leaves_of(listing(content_of(Document(name, sent)), settings={}))
        ours_read = values_of(name, ours)
        for row in ROWS:
            if row.is_for(name) and row.ours in ours_read and row.read(sent) is not None:
                # A country is told outside of Germany alone.
                if "internationalCountryRegion" in row.theirs or "wgs84" in row.theirs:
                    continue
                assert row.theirs in ours, (name, row.theirs)
                assert row.read(ours) == row.read(sent), row.theirs


def test_the_page_of_the_documentation_is_as_printed() -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "channels" / "immoscout24.md"
    assert page.read_text(encoding="utf-8") == printed()
