"""What others get from us: in the order of the schema, whole for an office, nothing private for a portal."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.strategies import contents

from kontor.properties.building_choices import Carrier
from kontor.properties.choices import Kind, Marketing, PictureGroup, Release
from kontor.properties.content import PropertyContent
from kontor.properties.openimmo import own, table
from kontor.properties.openimmo.errors import NotOpenImmo
from kontor.properties.openimmo.mapping import write_content
from kontor.properties.openimmo.package import open_package
from kontor.properties.openimmo.reading import read
from kontor.properties.openimmo.values import Action, Audience, Estate, Extent, Item, Offerer, Transfer
from kontor.properties.openimmo.writing import write, write_package

PAGE = Path(__file__).parents[3] / "docs" / "channels" / "openimmo.md"


def document(
    *items: Offerer | Estate, audience: Audience = Audience.OFFICE, encoding: str = "UTF-8"
) -> bytes:
    return b"".join(write(Transfer(software="Kontor"), items, audience=audience, encoding=encoding))


def items(body: bytes) -> list[Item]:
    return list(read(io.BytesIO(body)))


def estates(body: bytes) -> list[Estate]:
    return [each for each in items(body) if isinstance(each, Estate)]


def as_files_know_it(content: PropertyContent) -> PropertyContent:
    """Without ids of stored pictures, which mean nothing elsewhere."""
    pictures = tuple(
        each.model_copy(update={"media_id": None}) for each in content.pictures if each.url or each.file_name
    )
    return content.model_copy(update={"pictures": pictures})


FLAT = PropertyContent.model_validate({
    "reference": "K-7",
    "kind": Kind.FLAT,
    "subtype": "maisonette",
    "usage": ("residential",),
    "marketing": Marketing.RENT,
    "address": {"street": "Ring", "house_number": "7", "postal_code": "50667", "city": "Köln", "district": "Altstadt",
                "release": Release.EXACT, "latitude": "50.94", "longitude": "6.96", "side": ("left",)},
    "areas": {"living_area": "72.3", "cellar_area": "5"},
    "rooms": {"rooms": "2.5", "floor": 2, "floors": 4, "parking_spaces": 1},
    "prices": {"cold_rent": 850, "service_charge": 150, "deposit": 2550, "parking": [{"kind": "garage", "rent": 60}]},
    "commission": {"asked": "no", "external": "2 NKM"},
    "building": {"year_built": 1965, "condition": "well_kept", "heating": ("central",), "carriers": ("gas",)},
    "energy": {"state": "available", "kind": "consumption", "value": "98.5", "energy_class": "C",
               "regime": "from_may_2014", "valid_until": "2028-02-29", "is_residential": True},
    "equipment": {"kitchen": ("fitted",), "lift": ("persons",), "cellar": "yes", "fireplace": True},
    "terms": {"available_from": "2027-03-01", "pets_allowed": False, "minimum_term": {"count": 2, "unit": "year"}},
    "texts": {"de": {"title": "Schön & hell", "description": "Zeile 1\n\nZeile <2>"}, "en": {"description": "Bright"}},
    "surroundings": {"distances": [{"to": "bus", "kilometres": "0.3"}, {"to": "lake", "kilometres": 2}]},
    "pictures": [{"file_name": "front.jpg", "group": PictureGroup.TITLE, "title": "Front"}],
    "documents": [{"url": "https://example.com/plan.pdf", "title": "Plan"}],
    "links": [{"url": "https://example.com/film", "group": "film"}],
    "contact": {"last_name": "Muster", "email": "a@example.com", "country": "DE"},
    "identifiers": {"openimmo_obid": "OB1", "as_of": date(2026, 10, 1)},
})  # fmt: skip
PRIVATE = FLAT.model_copy(
    update={
        "notes": "Schlüssel beim Nachbarn",
        "owner": FLAT.contact.model_copy(update={"last_name": "Eigentümlich"}),
        "commission": FLAT.commission.model_copy(update={"internal": "1 NKM heimlich"}),
        "unknown": {"geo/regionaler_code": "unverstanden"},
    }
)


@settings(max_examples=80, deadline=None)
@given(contents(), st.sampled_from(Action))
def test_an_office_reads_back_what_was_written(content: PropertyContent, action: Action) -> None:
    [found] = estates(document(Offerer(), Estate(content, action)))
    assert (found.content, found.action) == (as_files_know_it(content), action)


@settings(max_examples=40, deadline=None)
@given(contents())
def test_every_document_is_valid(schema: Any, content: PropertyContent) -> None:
    from lxml import etree

    for audience in Audience:
        written = document(
            Offerer(company="Büro"), Estate(content), audience=audience, encoding="ISO-8859-15"
        )
        assert schema.validate(etree.fromstring(written)), schema.error_log


def test_an_ordinary_flat_needs_no_field_of_ours() -> None:
    leaves = write_content(FLAT)
    assert not [text for text in leaves.values() if text.startswith(own.PREFIX)]
    [found] = estates(document(Estate(FLAT), audience=Audience.PORTAL))
    assert found.content == FLAT


def test_portals_get_nothing_private() -> None:
    written = document(Estate(PRIVATE), audience=Audience.PORTAL).decode()
    assert not [
        word
        for word in ("Nachbarn", "Eigentümlich", "heimlich", "unverstanden", "kontor:")
        if word in written
    ]
    whole = document(Estate(PRIVATE)).decode()
    assert all(word in whole for word in ("Nachbarn", "Eigentümlich", "heimlich", "unverstanden"))
    assert estates(whole.encode())[0].content == PRIVATE


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "ISO-8859-15", "US-ASCII"])
def test_every_encoding_says_the_same(encoding: str) -> None:
    text = "Größe € – ‘x’ 漢 \r\n ]]> \t ende"
    flat = PropertyContent.model_validate({**FLAT.model_dump(), "texts": {"de": {"location": text}}})
    [found] = estates(document(Estate(flat), encoding=encoding))
    assert found.content == flat


def test_what_was_kept_goes_back_to_its_place() -> None:
    kept = {
        "preise/hauptmietzinsnetto": "560.00",
        "preise/hauptmietzinsnetto@hauptmietzinsust": "106.40",
        "zustand_angaben/energiepass[2]/epart": "BEDARF",
        "bewertung/feld/name": "abc",
        "bewertung/feld/wert": "1",
        "geo/user_defined_simplefield[2]@feldname": "x",
        "user_defined_anyfield/flag@name": "y",
        "geo/etage": "EG",  # no whole number, as the schema wants it: in a field of ours
        "geo/erfunden": "1",
    }
    content = FLAT.model_copy(
        update={"rooms": FLAT.rooms.model_copy(update={"floor": None}), "unknown": kept}
    )
    written = document(Estate(content)).decode()
    assert '<hauptmietzinsnetto hauptmietzinsust="106.40">560.00</hauptmietzinsnetto>' in written
    assert written.index("<nebenkosten>") < written.index("<hauptmietzinsnetto") < written.index("<waehrung")
    assert "<bewertung><feld><name>abc</name><wert>1</wert></feld></bewertung>" in written
    assert '<user_defined_simplefield feldname=""/><user_defined_simplefield feldname="x"/>' in written
    assert "<etage>" not in written
    assert "<erfunden>" not in written
    assert estates(written.encode())[0].content == content


def test_what_is_kept_gives_way_to_what_the_agent_says_now() -> None:
    content = PropertyContent.model_validate({"rooms": {"floor": 3}, "unknown": {"geo/etage": "EG"}})
    written = document(Estate(content)).decode()
    assert "<etage>3</etage>" in written
    assert estates(written.encode())[0].content == content


def test_several_offerers_each_with_their_objects_and_everything_about_them() -> None:
    offerers = [
        Offerer(
            0,
            "Eins",
            "A1",
            "1",
            "L",
            "Impressum",
            {"impressum_strukt/telefon": "1", "anhang/daten/pfad": "logo.jpg"},
        ),
        Offerer(1, "Zwei", "A2"),
    ]
    at = datetime(2026, 11, 21, 12, tzinfo=UTC)
    transfer = Transfer(Extent.WHOLE, "Kontor", "1", "1.2.7c", "t@example.com", "R", at, is_online=False)
    mine, yours = FLAT, FLAT.model_copy(update={"reference": "K-8"})
    written = b"".join(write(transfer, [offerers[0], Estate(mine), offerers[1], Estate(yours)]))
    found = items(written)
    assert found[0] == transfer
    assert {each.number: each for each in found if isinstance(each, Offerer)} == dict(enumerate(offerers))
    assert [(each.offerer, each.content) for each in estates(written)] == [(0, mine), (1, yours)]


def test_every_sample_is_written_back_whole(sample: Path) -> None:
    with sample.open("rb") as file, open_package(file) as package:
        for name in package.documents:
            try:
                found = list(read(package.open(name)))
            except NotOpenImmo:
                continue
            told = [each for each in found if isinstance(each, Estate)]
            again = estates(document(*told))
            assert [(each.content, each.action) for each in again] == [
                (each.content, each.action) for each in told
            ]


def test_a_package_holds_the_document_and_its_media() -> None:
    target = io.BytesIO()
    write_package(target, write(Transfer(), [Estate(FLAT)]), [("front.jpg", [b"pic", b"ture"])])
    assert zipfile.ZipFile(target).testzip() is None
    with open_package(target) as package:
        [found] = [each for each in read(package.open(package.documents[0])) if isinstance(each, Estate)]
        entry = package.find(found.content.pictures[0].file_name)
        assert entry is not None
        assert package.read(entry) == b"picture"


def _many(count: int) -> Iterator[Estate]:
    return (Estate(FLAT.model_copy(update={"reference": str(number)})) for number in range(count))


class Pieces:
    """A stream over what is written while it is read."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._rest = iter(pieces), b""

    def read(self, size: int, /) -> bytes:
        while len(self._rest) < size and (piece := next(self._pieces, b"")):
            self._rest += piece
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


def test_memory_does_not_grow_with_the_number_of_objects() -> None:
    list(read(Pieces(write(Transfer(), _many(20)))))  # what is remembered once for all
    peaks = []
    for count in (40, 400):
        tracemalloc.start()
        found = sum(1 for each in read(Pieces(write(Transfer(), _many(count)))) if isinstance(each, Estate))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert found == count
    assert peaks[1] < peaks[0] * 1.3 + 200_000


def test_words_mean_what_the_schema_means() -> None:
    """Pairs by order would pass every round trip: these are told one by one."""
    content = PropertyContent.model_validate({
        "kind": "investment", "subtype": "retirement_home", "building": {"carriers": (Carrier.PELLETS, Carrier.WOOD)},
        "equipment": {"balcony_direction": ("south_west",), "flooring": ("raised_floor",), "bathroom": ("urinal",)},
        "address": {"side": ("back",)}, "surroundings": {"area": "prime", "view": "mountains"},
        "terms": {"gender": "women", "sale_state": "reserved"}, "land": {"development": "as_usual_there"},
        "energy": {"kind": "demand", "value": 80}, "returns": {"rental_income": Decimal(12_000)},
    })  # fmt: skip
    leaves = write_content(content)
    assert {
        "objektkategorie/objektart/zinshaus_renditeobjekt@zins_typ": "SENIORENHEIM",
        "ausstattung/befeuerung@PELLET": "true",
        "ausstattung/befeuerung@HOLZ": "true",
        "ausstattung/ausricht_balkon_terrasse@SUEDWEST": "true",
        "ausstattung/boden@DOPPELBODEN": "true",
        "ausstattung/bad@PISSOIR": "true",
        "geo/lage_im_bau@HINTEN": "true",
        "geo/lage_gebiet@gebiete": "1A",
        "infrastruktur/ausblick@blick": "BERGE",
        "verwaltung_objekt/geschlecht@geschl_attr": "NUR_FRAU",
        "zustand_angaben/verkaufstatus@stand": "RESERVIERT",
        "zustand_angaben/erschliessung@erschl_attr": "ORTSUEBLICHERSCHLOSSEN",
        "zustand_angaben/energiepass/endenergiebedarf": "80",
        "preise/mieteinnahmen_ist@periode": "JAHR",
    }.items() <= leaves.items()


def test_the_page_of_documentation_is_printed() -> None:
    assert PAGE.read_text() == table.printed(), (
        "run `python -m kontor.properties.openimmo.table > docs/channels/openimmo.md`"
    )
