"""What becomes of an object that others wrote: understood where it can be, kept where not, never an error."""

from __future__ import annotations

import base64
import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontor.properties.building_choices import BuildingCondition, Carrier, CertificateState, Heating, Regime
from kontor.properties.choices import Asked, Kind, LinkGroup, Marketing, PictureGroup, Release, Usage
from kontor.properties.content import PropertyContent
from kontor.properties.openimmo import schema
from kontor.properties.openimmo.document import EstateSeen, leaves
from kontor.properties.openimmo.errors import NotOpenImmo
from kontor.properties.openimmo.mapping import read_content
from kontor.properties.openimmo.package import open_package
from kontor.properties.openimmo.reading import read
from kontor.properties.openimmo.values import Action, Estate, Extent, Item, Offerer, Skipped, Transfer


def items(body: str) -> list[Item]:
    return list(read(io.BytesIO(body.encode())))


def estate(inner: str) -> Estate:
    [found] = [
        each
        for each in items(f"<openimmo><anbieter><immobilie>{inner}</immobilie></anbieter></openimmo>")
        if isinstance(each, Estate)
    ]
    return found


def content(inner: str) -> PropertyContent:
    return estate(inner).content


FLAT = """
<objektkategorie><nutzungsart WOHNEN="1" GEWERBE="0"/><vermarktungsart KAUF="false" MIETE_PACHT="true"/>
<objektart><wohnung wohnungtyp="MAISONETTE"/></objektart></objektkategorie>
<geo><plz>50667</plz><ort>Köln</ort><geokoordinaten breitengrad="50,9413" laengengrad="6.9583"/><strasse>Ring</strasse>
<hausnummer>7a</hausnummer><land iso_land="DEU"/><etage>2</etage><anzahl_etagen>4</anzahl_etagen>
<regionaler_zusatz>Altstadt</regionaler_zusatz></geo>
<kontaktperson><email_zentrale>a@example.com</email_zentrale><name>Muster</name></kontaktperson>
<weitere_adresse adressart="Eigentuemer"><name>Eigen</name><tel_handy>0171</tel_handy></weitere_adresse>
<preise><kaltmiete>850.00</kaltmiete><nebenkosten>1.250,50 €</nebenkosten><heizkosten_enthalten>ja</heizkosten_enthalten>
<provisionspflichtig>false</provisionspflichtig><waehrung iso_waehrung="EUR"/>
<stp_garage anzahl="1" stellplatzmiete="60"/></preise>
<flaechen><wohnflaeche>72.3</wohnflaeche><anzahl_zimmer>2.5</anzahl_zimmer></flaechen>
<ausstattung><heizungsart ZENTRAL="true" OFEN="false"/><befeuerung GAS="true"/><kamin>1</kamin></ausstattung>
<zustand_angaben><baujahr>1965</baujahr><zustand zustand_art="GEPFLEGT"/>
<energiepass><epart>VERBRAUCH</epart><gueltig_bis>02-2028</gueltig_bis><energieverbrauchkennwert>98,5</energieverbrauchkennwert>
<jahrgang>2014</jahrgang><gebaeudeart>wohn</gebaeudeart><wertklasse>C</wertklasse></energiepass></zustand_angaben>
<freitexte><objekttitel>Schön</objekttitel><objektbeschreibung>Hell</objektbeschreibung>
<objekt_text lang="en">Bright</objekt_text></freitexte>
<verwaltung_objekt><objektadresse_freigeben>false</objektadresse_freigeben><verfuegbar_ab>01.03.2027</verfuegbar_ab>
<max_personen>3</max_personen></verwaltung_objekt>
<verwaltung_techn><objektnr_extern>K-7</objektnr_extern><aktion aktionart="delete"/><openimmo_obid>OB1</openimmo_obid>
<stand_vom>2026-10-01</stand_vom><sprache>de-DE</sprache></verwaltung_techn>
"""


def test_a_flat_to_let_is_understood_whole() -> None:
    found = estate(FLAT)
    flat = found.content
    assert found.action is Action.DELETE
    assert (flat.kind, flat.subtype, flat.marketing) == (Kind.FLAT, "maisonette", Marketing.RENT)
    assert (flat.usage, flat.reference) == ((Usage.RESIDENTIAL,), "K-7")
    address = flat.address
    assert (address.street_line, address.city_line, address.district) == ("Ring 7a", "50667 Köln", "Altstadt")
    assert (address.latitude, address.country, address.release) == (Decimal("50.9413"), "DE", Release.PLACE)
    assert (flat.prices.cold_rent, flat.prices.service_charge) == (Decimal(850), Decimal("1250.50"))
    assert (flat.prices.heating_included, flat.commission.asked) == (True, Asked.NO)
    assert [(each.count, each.rent) for each in flat.prices.parking] == [(1, Decimal(60))]
    assert (flat.areas.living_area, flat.rooms.rooms, flat.rooms.floor) == (
        Decimal("72.3"),
        Decimal("2.5"),
        2,
    )
    assert (flat.building.heating, flat.building.carriers) == ((Heating.CENTRAL,), (Carrier.GAS,))
    assert (flat.building.year_built, flat.building.condition) == (1965, BuildingCondition.WELL_KEPT)
    energy = flat.energy
    assert (energy.value, energy.valid_until, energy.energy_class) == (
        Decimal("98.5"),
        date(2028, 2, 29),
        "C",
    )
    assert (energy.state, energy.regime, energy.is_residential) == (
        CertificateState.AVAILABLE, Regime.FROM_MAY_2014, True,
    )  # fmt: skip
    assert {language: texts.description for language, texts in flat.texts.items()} == {
        "de": "Hell",
        "en": "Bright",
    }
    assert flat.terms.available_from == date(2027, 3, 1)
    assert (flat.owner.last_name, flat.owner.mobile, flat.contact.email) == ("Eigen", "0171", "a@example.com")
    assert (flat.identifiers.openimmo_obid, flat.identifiers.as_of) == ("OB1", date(2026, 10, 1))
    assert flat.equipment.fireplace is True
    assert flat.unknown == {}


@pytest.mark.parametrize(
    ("inner", "unknown"),
    [
        ("<geo><etage>EG</etage></geo>", {"geo/etage": "EG"}),
        ("<preise><kaufpreis>auf Anfrage</kaufpreis></preise>", {"preise/kaufpreis": "auf Anfrage"}),
        ("<preise><warmmiete>-5</warmmiete></preise>", {"preise/warmmiete": "-5"}),
        ("<flaechen><wohnflaeche/><anzahl_zimmer></anzahl_zimmer></flaechen>", {}),
        ("<zustand_angaben><baujahr>um 1900</baujahr></zustand_angaben>", {"zustand_angaben/baujahr": "um 1900"}),
        ("<zustand_angaben><zustand zustand_art='GUT'/></zustand_angaben>", {"zustand_angaben/zustand@zustand_art": "GUT"}),
        ("<ausstattung><bad DUSCHE='1' SAUNA='1'/></ausstattung>", {"ausstattung/bad@SAUNA": "1"}),
        ("<ausstattung><befeuerung KWK_BIO='true' GAS='true'/></ausstattung>", {"ausstattung/befeuerung@KWK_BIO": "true"}),
        ("<geo><plz>1</plz><plz>2</plz></geo>", {"geo/plz[2]": "2"}),
        ("<preise><nettokaltmiete>1</nettokaltmiete><kaltmiete>2</kaltmiete></preise>", {"preise/kaltmiete": "2"}),
        ("<objektkategorie><objektart><haus haustyp='PFLEGEHEIM'/></objektart></objektkategorie>",
         {"objektkategorie/objektart/haus@haustyp": "PFLEGEHEIM"}),
        ("<versteigerung><zvtermin>2027-01-01T11:00:00</zvtermin></versteigerung>",
         {"versteigerung/zvtermin": "2027-01-01T11:00:00"}),
        ("<verwaltung_techn><aktion aktionart='MAYBE'/></verwaltung_techn>",
         {"verwaltung_techn/aktion@aktionart": "MAYBE"}),
        ("<user_defined_simplefield feldname='a'>b</user_defined_simplefield>",
         {"user_defined_simplefield@feldname": "a", "user_defined_simplefield": "b"}),
        ("<user_defined_simplefield feldname='kontor:pictures/9/x'>1</user_defined_simplefield>",
         {"user_defined_simplefield@feldname": "kontor:pictures/9/x", "user_defined_simplefield": "1"}),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_kept_where_it_was(inner: str, unknown: dict[str, str]) -> None:
    assert content(inner).unknown == unknown


def test_a_moment_gives_its_day_and_stays_readable() -> None:
    found = content("<versteigerung><zvtermin>2027-01-01T11:00:00</zvtermin></versteigerung>")
    assert found.auction.on == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("ways", "prices", "marketing"),
    [
        ("KAUF='true' MIETE_PACHT='false'", "", Marketing.BUY),
        ("KAUF='0' MIETE_PACHT='1'", "<kaltmiete>1</kaltmiete><pacht>1</pacht>", Marketing.RENT),
        ("KAUF='0' MIETE_PACHT='1'", "<pacht>1</pacht>", Marketing.LEASE),
        ("KAUF='true' ERBPACHT='true'", "", Marketing.LEASEHOLD),
        ("LEASING='true'", "", Marketing.LEASE),
        ("KAUF='false'", "", None),
    ],
)
def test_ways_of_marketing(ways: str, prices: str, marketing: Marketing | None) -> None:
    found = content(f"<objektkategorie><vermarktungsart {ways}/></objektkategorie><preise>{prices}</preise>")
    assert found.marketing == marketing


def test_attachments_by_group_format_and_address() -> None:
    def attachment(group: str, path: str, form: str = "", title: str = "") -> str:
        return (
            f"<anhang location='EXTERN' gruppe='{group}'><anhangtitel>{title}</anhangtitel><format>{form}</format>"
            f"<check ctype='MD5'>00</check><daten><pfad>{path}</pfad></daten></anhang>"
        )

    found = content(
        "<anhaenge>"
        + attachment("TITELBILD", "front.jpg", title="Front")
        + attachment("GRUNDRISS", "https://example.com/plan.png?x=1")
        + attachment("", "garden.JPG")
        + attachment("DOKUMENTE", "expose.pdf", "application/pdf")
        + attachment("", "https://example.com/a.pdf")
        + attachment("LINKS", "https://example.com/")
        + attachment("FILMLINK", "https://example.com/film")
        + attachment("PANORAMA", "https://example.com/tour")
        + "</anhaenge>"
        + attachment("BILD", "outside.jpg")
    )
    assert [(each.group, each.file_name, each.url, each.title) for each in found.pictures] == [
        (PictureGroup.TITLE, "front.jpg", "", "Front"),
        (PictureGroup.FLOOR_PLAN, "", "https://example.com/plan.png?x=1", ""),
        (PictureGroup.OTHER, "garden.JPG", "", ""),
        (PictureGroup.OTHER, "outside.jpg", "", ""),
    ]
    assert [(each.file_name, each.url, each.content_type) for each in found.documents] == [
        ("expose.pdf", "", "application/pdf"),
        ("", "https://example.com/a.pdf", ""),
    ]
    assert [each.group for each in found.links] == [LinkGroup.PAGE, LinkGroup.FILM, LinkGroup.TOUR]
    assert found.unknown == {}


def test_a_picture_inside_the_document() -> None:
    inside = base64.b64encode(b"picture").decode()
    found = estate(
        f"<anhaenge><anhang gruppe='BILD'><format>image/png</format><daten><anhanginhalt>{inside}</anhanginhalt></daten></anhang></anhaenge>"
    )
    assert found.contents == {"inline-1.png": b"picture"}
    assert [each.file_name for each in found.content.pictures] == ["inline-1.png"]


def test_more_pictures_than_a_property_holds_stay_readable() -> None:
    many = "".join(f"<anhang gruppe='BILD'><daten><pfad>{n}.jpg</pfad></daten></anhang>" for n in range(160))
    found = content(f"<anhaenge>{many}</anhaenge>")
    assert len(found.pictures) == 150
    assert found.unknown["anhaenge/anhang[160]/daten/pfad"] == "159.jpg"


def test_the_head_and_the_offerer() -> None:
    transfer, offerer = items(
        "<openimmo><uebertragung art='OFFLINE' umfang='voll' version='1.2.7' sendersoftware='S' senderversion='9'"
        " techn_email='t@example.com' timestamp='2026-06-01T10:00:00.1234567' regi_id='R'/>"
        "<anbieter><anbieternr>7</anbieternr><firma>F</firma><openimmo_anid>A</openimmo_anid>"
        "<lizenzkennung>L</lizenzkennung><impressum>I</impressum><impressum_strukt><telefon>1</telefon></impressum_strukt>"
        "</anbieter></openimmo>"
    )
    assert transfer == Transfer(
        Extent.WHOLE,
        "S",
        "9",
        "1.2.7",
        "t@example.com",
        "R",
        datetime(2026, 6, 1, 10, 0, 0, 123456),
        is_online=False,
    )
    assert offerer == Offerer(0, "F", "A", "7", "L", "I", {"impressum_strukt/telefon": "1"})


@pytest.mark.parametrize(
    "head", ["", "<uebertragung/>", "<uebertragung umfang='TEIL' timestamp='yesterday'/>"]
)
def test_without_a_clear_word_nothing_vanishes(head: str) -> None:
    found = items(f"<openimmo>{head}<anbieter/></openimmo>")
    assert all(each.extent is Extent.PARTIAL for each in found if isinstance(each, Transfer))


def test_an_object_too_large_is_said_and_the_next_is_read() -> None:
    body = f"<openimmo><anbieter><immobilie><geo><ort>{'x' * 3_000}</ort></geo></immobilie><immobilie/></anbieter></openimmo>"
    found = list(read(io.BytesIO(body.encode()), largest_object=1_000))
    assert [type(each) for each in found] == [Offerer, Skipped, Estate]
    assert isinstance(found[1], Skipped)
    assert found[1].problem.code == "openimmo.object_too_large"


def test_every_sample_is_read_or_refused_with_a_code(sample: Path) -> None:
    with sample.open("rb") as file, open_package(file) as package:
        for document in package.documents:
            try:
                found = list(read(package.open(document)))
            except NotOpenImmo:  # a feedback, another format, or a part of a document
                continue
            assert any(isinstance(each, Estate | Offerer) for each in found)


def test_nothing_a_sample_says_is_lost(sample: Path) -> None:
    """A leaf is either kept or moved something in the content."""
    with sample.open("rb") as file, open_package(file) as package:
        for document in package.documents:
            try:
                seen = [each for each in leaves(package.open(document)) if isinstance(each, EstateSeen)]
            except NotOpenImmo:
                continue
            for each in seen:
                whole = read_content(each.leaves)
                for path, text in each.leaves.items():
                    without = {other: said for other, said in each.leaves.items() if other != path}
                    if text and read_content(without) == whole:
                        assert text.lower() in ("false", "0") or _says_nothing_more(path), (path, text)


def _says_nothing_more(path: str) -> bool:
    """Where and how an attachment lies, what the content has as its default, and what is said twice."""
    ends = (
        "@location",
        "/format",
        "/check",
        "@ctype",
        "@iso_land",
        "@iso_waehrung",
        "/sprache",
        "@periode",
        "@lang",
    )
    return path.endswith(ends) or path in _TOLD_TWICE


_TOLD_TWICE = (
    "verwaltung_techn/aktion@aktionart",
    "preise/nettokaltmiete",
    "preise/kaltmiete",
    "verwaltung_objekt/versteigerungstermin",
)

PATHS = sorted(schema.forms())


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(PATHS) | st.text("abc/[2]@", min_size=1, max_size=12),
        st.sampled_from(
            ["1", "0", "true", "-1", "99999999999999999999", "1e400", "NaN", "2026-02-31", "DEU", "x" * 600]
        )
        | st.text(max_size=8),
        max_size=25,
    )
)
def test_reading_never_fails(told: dict[str, str]) -> None:
    found = read_content(told)
    assert PropertyContent.from_json(found.as_json()) == found
