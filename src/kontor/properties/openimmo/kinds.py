"""What the schema's words for kinds, states and equipment are called with us."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from kontor.properties import building_choices as building
from kontor.properties import choices
from kontor.properties.choices import Kind
from kontor.properties.openimmo.forms import BOOLEAN, Form, choice

Choice = TypeVar("Choice", bound=StrEnum)


def _paired(ours: type[Choice], theirs: str) -> dict[Choice, str]:
    """The schema's words, in the order in which our list has its own."""
    return dict(zip(ours, theirs.split(), strict=True))


AREA: Final = choice(
    _paired(
        choices.Surrounding,
        "WOHN GEWERBE INDUSTRIE MISCH NEUBAU ORTSLAGE SIEDLUNG STADTRAND STADTTEIL STADTZENTRUM NEBENZENTRUM 1A 1B",
    )
)
PERIOD: Final = choice(_paired(choices.Period, "TAG WOCHE MONAT JAHR"))
VIEW: Final = choice(_paired(choices.View, "FERNE SEE BERGE MEER"))
FURNISHED: Final = choice(_paired(choices.Furnished, "VOLL TEIL"))
CELLAR: Final = choice(_paired(choices.Extent, "JA NEIN TEIL"))
GENDER: Final = choice(_paired(choices.Gender, "EGAL NUR_MANN NUR_FRAU"))
SALE_STATE: Final = choice(_paired(choices.SaleState, "OFFEN RESERVIERT VERKAUFT"))
LEVEL: Final = choice(_paired(building.Level, "STANDARD GEHOBEN LUXUS"))
AGE: Final = choice(_paired(building.Age, "ALTBAU NEUBAU"))
CERTIFICATE: Final = choice(_paired(building.CertificateKind, "BEDARF VERBRAUCH"))
DEVELOPMENT: Final = choice(
    _paired(building.Development, "UNERSCHLOSSEN TEILERSCHLOSSEN VOLLERSCHLOSSEN ORTSUEBLICHERSCHLOSSEN")
)
BUILDABLE: Final[Form] = choice(
    {
        building.Buildable.NEIGHBOURHOOD_34: "34_NACHBARSCHAFT",
        building.Buildable.OUTSIDE_35: "35_AUSSENGEBIET",
        building.Buildable.DEVELOPMENT_PLAN: "B_PLAN",
        building.Buildable.NOT_BUILDABLE: "KEIN BAULAND",
        building.Buildable.EXPECTED: "BAUERWARTUNGSLAND",
        building.Buildable.BY_COUNTRY: "LAENDERSPEZIFISCH",
        building.Buildable.WITHOUT_PLAN: "BAULAND_OHNE_B_PLAN",
    }
)
CONDITION: Final[Form] = choice(
    {
        building.BuildingCondition.FIRST_OCCUPANCY: "ERSTBEZUG",
        building.BuildingCondition.AS_NEW: "NEUWERTIG",
        building.BuildingCondition.MODERNISED: "MODERNISIERT",
        building.BuildingCondition.WELL_KEPT: "GEPFLEGT",
        building.BuildingCondition.FULLY_REFURBISHED: "VOLL_SANIERT",
        building.BuildingCondition.PARTLY_REFURBISHED: "TEIL_SANIERT",
        building.BuildingCondition.PARTLY_RENOVATED: "TEIL_VOLLRENOVIERT",
        building.BuildingCondition.NEEDS_RENOVATION: "TEIL_VOLLRENOVIERUNGSBED",
        building.BuildingCondition.NEEDS_REFURBISHMENT: "SANIERUNGSBEDUERFTIG",
        building.BuildingCondition.DILAPIDATED: "BAUFAELLIG",
        building.BuildingCondition.BY_ARRANGEMENT: "NACH_VEREINBARUNG",
        building.BuildingCondition.SHELL: "ROHBAU",
        building.BuildingCondition.GUTTED: "ENTKERNT",
        building.BuildingCondition.FOR_DEMOLITION: "ABRISSOBJEKT",
        building.BuildingCondition.PROJECTED: "PROJEKTIERT",
    },
    also={"TEIL_VOLLSANIERT": building.BuildingCondition.FULLY_REFURBISHED},
)


def _by_truth(name: str, yes: StrEnum, no: StrEnum, others: Mapping[StrEnum, str]) -> Form:
    """Two of our words for true and false; `others` of them are written as one of the two."""
    told = {yes: "true", no: "false", **others}

    def read(text: str) -> StrEnum | None:
        value = BOOLEAN.read(text)
        return None if value is None else yes if value else no

    return Form(name, read, told.get, BOOLEAN.lexical)


RELEASE: Final = _by_truth(
    "true: exact, false: the place alone",
    choices.Release.EXACT,
    choices.Release.PLACE,
    {choices.Release.STREET: "false"},
)
ASKED: Final = _by_truth("true or false", choices.Asked.YES, choices.Asked.NO, {})
RESIDENTIAL: Final = Form(
    "wohn · nichtwohn",
    {"wohn": True, "nichtwohn": False}.get,
    {True: "wohn", False: "nichtwohn"}.get,
    re.compile("wohn|nichtwohn"),
)

DESTINATIONS: Final = _paired(
    choices.Destination,
    "FLUGHAFEN FERNBAHNHOF AUTOBAHN US_BAHN BUS KINDERGAERTEN GRUNDSCHULE HAUPTSCHULE REALSCHULE GESAMTSCHULE "
    "GYMNASIUM ZENTRUM EINKAUFSMOEGLICHKEITEN GASTSTAETTEN STRAND SEE MEER SKIGEBIET SPORTANLAGEN WANDERGEBIETE "
    "NAHERHOLUNG",
)
#: Those from here on stand in an element of their own.
FIRST_OF_SPORT: Final = choices.Destination.BEACH

#: By kind: the element, its attribute, and the attribute's words in the order of `SUBTYPES`.
OBJECTS: Final[Mapping[Kind, tuple[str, str, tuple[str, ...]]]] = {
    kind: (element, attribute, tuple(words.split()))
    for kind, element, attribute, words in (
        (Kind.FLAT, "wohnung", "wohnungtyp",
         "DACHGESCHOSS MAISONETTE LOFT-STUDIO-ATELIER PENTHOUSE TERRASSEN ETAGE ERDGESCHOSS SOUTERRAIN APARTMENT "
         "FERIENWOHNUNG GALERIE ROHDACHBODEN ATTIKAWOHNUNG"),
        (Kind.HOUSE, "haus", "haustyp",
         "REIHENHAUS REIHENEND REIHENMITTEL REIHENECK DOPPELHAUSHAELFTE EINFAMILIENHAUS STADTHAUS BUNGALOW VILLA "
         "RESTHOF BAUERNHAUS LANDHAUS SCHLOSS ZWEIFAMILIENHAUS MEHRFAMILIENHAUS FERIENHAUS BERGHUETTE CHALET "
         "STRANDHAUS LAUBE-DATSCHE-GARTENHAUS APARTMENTHAUS BURG HERRENHAUS FINCA RUSTICO FERTIGHAUS"),
        (Kind.PLOT, "grundstueck", "grundst_typ",
         "WOHNEN GEWERBE INDUSTRIE LAND_FORSTWIRSCHAFT FREIZEIT GEMISCHT GEWERBEPARK SONDERNUTZUNG SEELIEGENSCHAFT"),
        (Kind.OFFICE, "buero_praxen", "buero_typ",
         "BUEROFLAECHE BUEROHAUS BUEROZENTRUM LOFT_ATELIER PRAXIS PRAXISFLAECHE PRAXISHAUS AUSSTELLUNGSFLAECHE "
         "COWORKING SHARED_OFFICE"),
        (Kind.RETAIL, "einzelhandel", "handel_typ",
         "LADENLOKAL EINZELHANDELSLADEN VERBRAUCHERMARKT EINKAUFSZENTRUM KAUFHAUS FACTORY_OUTLET KIOSK VERKAUFSFLAECHE "
         "AUSSTELLUNGSFLAECHE"),
        (Kind.INDUSTRY, "hallen_lager_prod", "hallen_typ",
         "HALLE INDUSTRIEHALLE LAGER LAGERFLAECHEN LAGER_MIT_FREIFLAECHE HOCHREGALLAGER SPEDITIONSLAGER PRODUKTION "
         "WERKSTATT SERVICE FREIFLAECHEN KUEHLHAUS"),
        (Kind.GASTRONOMY, "gastgewerbe", "gastgew_typ",
         "GASTRONOMIE GASTRONOMIE_UND_WOHNUNG PENSIONEN HOTELS WEITERE_BEHERBERGUNGSBETRIEBE BAR CAFE DISCOTHEK "
         "RESTAURANT RAUCHERLOKAL EINRAUMLOKAL"),
        (Kind.INVESTMENT, "zinshaus_renditeobjekt", "zins_typ",
         "MEHRFAMILIENHAUS WOHN_UND_GESCHAEFTSHAUS GESCHAEFTSHAUS BUEROGEBAEUDE SB_MAERKTE EINKAUFSCENTREN WOHNANLAGEN "
         "VERBRAUCHERMAERKTE INDUSTRIEANLAGEN PFLEGEHEIM SANATORIUM SENIORENHEIM BETREUTES-WOHNEN"),
        (Kind.FARM, "land_und_forstwirtschaft", "land_typ",
         "LANDWIRTSCHAFTLICHE_BETRIEBE BAUERNHOF AUSSIEDLERHOF GARTENBAU ACKERBAU WEINBAU VIEHWIRTSCHAFT "
         "JAGD_UND_FORSTWIRTSCHAFT TEICH_UND_FISCHWIRTSCHAFT SCHEUNEN REITERHOEFE SONSTIGE_LANDWIRTSCHAFTSIMMOBILIEN "
         "ANWESEN JAGDREVIER"),
        (Kind.LEISURE, "freizeitimmobilie_gewerblich", "freizeit_typ",
         "SPORTANLAGEN VERGNUEGUNGSPARKS_UND_CENTER FREIZEITANLAGE"),
        (Kind.GARAGE, "parken", "parken_typ",
         "STELLPLATZ CARPORT DOPPELGARAGE DUPLEX TIEFGARAGE BOOTSLIEGEPLATZ EINZELGARAGE PARKHAUS "
         "TIEFGARAGENSTELLPLATZ PARKPLATZ_STROM"),
        (Kind.ROOM, "zimmer", "zimmertyp", "ZIMMER"),
        (Kind.SPECIAL, "sonstige", "sonstige_typ", "PARKHAUS TANKSTELLE KRANKENHAUS SONSTIGE"),
    )
}  # fmt: skip

PARKING: Final = _paired(
    choices.Parking,
    "stp_garage stp_tiefgarage stp_carport stp_freiplatz stp_parkhaus stp_duplex stp_sonstige",
)
