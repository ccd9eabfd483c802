"""Our fields and the leaves of OpenImmo 1.2.7 that say the same. Order is that of reading: of two rows for one field the first
says it. What needs more than one leaf is in the `…_parts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from kontor.properties import building_choices as building
from kontor.properties import choices
from kontor.properties.openimmo import kinds
from kontor.properties.openimmo.forms import (
    BOOLEAN,
    BOOLEAN_TEXT,
    COUNT,
    COUNTRY,
    CURRENCY,
    DATE,
    DECIMAL,
    DECIMAL_TEXT,
    END,
    LANGUAGE,
    MOMENT,
    POSITIVE_DECIMAL,
    TEXT,
    WHOLE,
    YEAR,
    Form,
    one_of,
)
from kontor.properties.openimmo.rows import Field, Flags, Row


def _fields(section: str, element: str, form: Form, pairs: str) -> Iterator[Field]:
    """Rows of one section, one element and one form: pairs of our name and theirs."""
    for pair in pairs.split(","):
        ours, theirs = pair.split()
        yield Field(f"{section}{ours}", f"{element}/{theirs}", form)


_CONTACT: Final = (
    "last_name name, first_name vorname, title titel, salutation anrede, company firma, street strasse, "
    "house_number hausnummer, postal_code plz, city ort, email email_zentrale, email_direct email_direkt, "
    "phone tel_zentrale, phone_direct tel_durchw, mobile tel_handy, fax tel_fax, url url, reference personennummer, "
    "note freitextfeld"
)


def contact(section: str, element: str) -> tuple[Field, ...]:
    """The rows of a person: the contact's, and those of the owner wherever it stands."""
    return (
        *_fields(section, element, TEXT, _CONTACT),
        Field(f"{section}country", f"{element}/land@iso_land", COUNTRY),
        Field(f"{section}shows_address", f"{element}/adressfreigabe", BOOLEAN),
    )


_FIRST: Final[tuple[Row, ...]] = (
    Field("language", "verwaltung_techn/sprache", LANGUAGE),
    Field("reference", "verwaltung_techn/objektnr_extern", TEXT),
    Flags("usage", "objektkategorie/nutzungsart",
          dict(zip(choices.Usage, ("WOHNEN", "GEWERBE", "ANLAGE", "WAZ"), strict=True))),
)  # fmt: skip

_PLACE: Final[tuple[Row, ...]] = (
    *_fields(
        "address.", "geo", TEXT,
        "postal_code plz, city ort, street strasse, house_number hausnummer, state bundesland, "
        "district regionaler_zusatz, flat_number wohnungsnr, municipality_code gemeindecode, cadastral_section flur, "
        "parcel flurstueck, cadastral_district gemarkung",
    ),
    Field("address.country", "geo/land@iso_land", COUNTRY),
    Field("address.release", "verwaltung_objekt/objektadresse_freigeben", kinds.RELEASE),
    Flags("address.side", "geo/lage_im_bau",
          dict(zip(choices.Side, ("LINKS", "RECHTS", "VORNE", "HINTEN"), strict=True))),
    Field("rooms.floor", "geo/etage", WHOLE),
    Field("rooms.floors", "geo/anzahl_etagen", WHOLE),
    Field("surroundings.area", "geo/lage_gebiet@gebiete", kinds.AREA),
    Field("surroundings.view", "infrastruktur/ausblick@blick", kinds.VIEW),
    Field("surroundings.has_delivery_access", "infrastruktur/zulieferung", BOOLEAN),
)  # fmt: skip

_PEOPLE: Final[tuple[Row, ...]] = (
    *contact("contact.", "kontaktperson"),
    Field("contact.position", "kontaktperson/position", TEXT),
    Field("contact.email_feedback", "kontaktperson/email_feedback", TEXT),
)

_PRICES: Final[tuple[Row, ...]] = (
    *_fields(
        "prices.", "preise", DECIMAL,
        "purchase_price kaufpreis, purchase_price_net kaufpreisnetto, cold_rent nettokaltmiete, warm_rent warmmiete, "
        "service_charge nebenkosten, heating_cost heizkosten, rent_surcharge mietzuschlaege, "
        "flat_rate_rent pauschalmiete, reserve ruecklagenetto, lease pacht, ground_rent erbpacht, hausgeld hausgeld, "
        "takeover_payment abstand, rent_per_square_metre mietpreis_pro_qm, price_per_square_metre kaufpreis_pro_qm, "
        "development_cost erschliessungskosten, deposit kaution, cooperative_shares geschaeftsguthaben, "
        "guide_price richtpreis",
    ),
    Field("prices.cold_rent", "preise/kaltmiete", DECIMAL, is_second=True),
    Field("prices.on_request", "preise/kaufpreis@auf_anfrage", BOOLEAN),
    Field("prices.heating_included", "preise/heizkosten_enthalten", BOOLEAN),
    Field("prices.plus_vat", "preise/zzg_mehrwertsteuer", BOOLEAN),
    Field("prices.deposit_text", "preise/kaution_text", TEXT),
    Field("prices.valid_from", "preise/preis_zeitraum_von", DATE),
    Field("prices.valid_until", "preise/preis_zeitraum_bis", DATE),
    Field("prices.period", "preise/preis_zeiteinheit@zeiteinheit", kinds.PERIOD),
    Field("prices.currency", "preise/waehrung@iso_waehrung", CURRENCY),
    Field("prices.vat_rate", "preise/mwst_satz", POSITIVE_DECIMAL),
    Field("prices.vat_amount", "preise/mwst_gesamt", POSITIVE_DECIMAL),
    Field("prices.note", "preise/freitext_preis", TEXT),
    Field("returns.multiplier", "preise/x_fache", DECIMAL_TEXT),
    *_fields(
        "returns.", "preise", DECIMAL,
        "net_yield nettorendite, net_yield_target nettorendite_soll, net_yield_actual nettorendite_ist",
    ),
    *_fields(
        "commission.", "preise", TEXT,
        "internal innen_courtage, external aussen_courtage, note courtage_hinweis",
    ),
    Field("commission.asked", "preise/provisionspflichtig", kinds.ASKED),
    Field("commission.internal_includes_vat", "preise/innen_courtage@mit_mwst", BOOLEAN),
    Field("commission.external_includes_vat", "preise/aussen_courtage@mit_mwst", BOOLEAN),
    Field("commission.amount_net", "preise/provisionnetto", DECIMAL),
    Field("commission.amount_gross", "preise/provisionbrutto", DECIMAL),
)  # fmt: skip

_MEASURES: Final[tuple[Row, ...]] = (
    *_fields(
        "areas.", "flaechen", DECIMAL,
        "living_area wohnflaeche, usable_area nutzflaeche, total_area gesamtflaeche, shop_area ladenflaeche, "
        "storage_area lagerflaeche, sales_area verkaufsflaeche, open_area freiflaeche, office_area bueroflaeche, "
        "partial_office_area bueroteilflaeche, window_front fensterfront, administration_area verwaltungsflaeche, "
        "gastronomy_area gastroflaeche, plot_area grundstuecksflaeche, other_area sonstflaeche, "
        "balcony_terrace_area balkon_terrasse_flaeche, garden_area gartenflaeche, cellar_area kellerflaeche, "
        "plot_front grundstuecksfront, attic_area dachbodenflaeche, divisible_from teilbar_ab, "
        "heatable_area beheizbare_flaeche, rentable_area vermietbare_flaeche, volume kubatur",
    ),
    *_fields(
        "areas.", "flaechen", DECIMAL_TEXT,
        "site_occupancy_ratio grz, floor_space_ratio gfz, building_mass_ratio bmz, gross_floor_area bgf",
    ),
    *_fields(
        "rooms.", "flaechen", DECIMAL,
        "rooms anzahl_zimmer, bedrooms anzahl_schlafzimmer, bathrooms anzahl_badezimmer, "
        "separate_toilets anzahl_sep_wc, balconies anzahl_balkone, terraces anzahl_terrassen, loggias anzahl_logia, "
        "living_bedrooms anzahl_wohn_schlafzimmer",
    ),
    *_fields(
        "rooms.", "flaechen", WHOLE,
        "guest_seats plaetze_gastraum, beds anzahl_betten, conference_rooms anzahl_tagungsraeume, "
        "residential_units anzahl_wohneinheiten, commercial_units anzahl_gewerbeeinheiten",
    ),
    Field("rooms.parking_spaces", "flaechen/anzahl_stellplaetze", COUNT),
    Field("rooms.has_granny_flat", "flaechen/einliegerwohnung", BOOLEAN),
)  # fmt: skip

_DIRECTIONS: Final = ("NORD", "NORDOST", "OST", "SUEDOST", "SUED", "SUEDWEST", "WEST", "NORDWEST")
_FLOORS: Final = (
    "FLIESEN", "STEIN", "TEPPICH", "PARKETT", "FERTIGPARKETT", "LAMINAT", "DIELEN", "KUNSTSTOFF", "ESTRICH",
    "DOPPELBODEN", "LINOLEUM", "MARMOR", "TERRAKOTTA", "GRANIT",
)  # fmt: skip
_PARKING: Final[Mapping[StrEnum, str]] = {
    choices.Parking.GARAGE: "GARAGE", choices.Parking.UNDERGROUND: "TIEFGARAGE", choices.Parking.CARPORT: "CARPORT",
    choices.Parking.OUTSIDE: "FREIPLATZ", choices.Parking.MULTI_STOREY: "PARKHAUS", choices.Parking.DUPLEX: "DUPLEX",
}  # fmt: skip

_EQUIPMENT: Final[tuple[Row, ...]] = (
    Field("equipment.level", "ausstattung/ausstatt_kategorie", kinds.LEVEL),
    Field("equipment.furnished", "ausstattung/moebliert@moeb", kinds.FURNISHED),
    Field("equipment.cellar", "ausstattung/unterkellert@keller", kinds.CELLAR),
    Flags("equipment.bathroom", "ausstattung/bad",
          dict(zip(building.Bathroom, ("DUSCHE", "WANNE", "FENSTER", "BIDET", "PISSOIR"), strict=True))),
    Flags("equipment.kitchen", "ausstattung/kueche",
          dict(zip(building.Kitchen, ("EBK", "OFFEN", "PANTRY"), strict=True))),
    Flags("equipment.flooring", "ausstattung/boden", dict(zip(building.Flooring, _FLOORS, strict=True))),
    Flags("equipment.lift", "ausstattung/fahrstuhl",
          dict(zip(building.Lift, ("PERSONEN", "LASTEN"), strict=True))),
    Flags("equipment.parking", "ausstattung/stellplatzart", _PARKING),
    Flags("equipment.balcony_direction", "ausstattung/ausricht_balkon_terrasse",
          dict(zip(building.Direction, _DIRECTIONS, strict=True))),
    Flags("equipment.security", "ausstattung/sicherheitstechnik",
          dict(zip(building.Security, ("ALARMANLAGE", "KAMERA", "POLIZEIRUF"), strict=True))),
    Flags("equipment.services", "ausstattung/serviceleistungen",
          dict(zip(building.Service, ("BETREUTES_WOHNEN", "CATERING", "REINIGUNG", "EINKAUF", "WACHDIENST"),
                   strict=True))),
    *_fields(
        "equipment.", "ausstattung", BOOLEAN,
        "air_conditioning klimatisiert, fireplace kamin, garden_use gartennutzung, "
        "wheelchair_accessible rollstuhlgerecht, barrier_free barrierefrei, senior_friendly seniorengerecht, "
        "guest_toilet gaestewc, flat_share_possible wg_geeignet, adaptable_rooms raeume_veraenderbar, "
        "cable_or_satellite_tv kabel_sat_tv, terrestrial_tv dvbt, sauna sauna, swimming_pool swimmingpool, "
        "winter_garden wintergarten, laundry_room wasch_trockenraum, storage_room abstellraum, "
        "bicycle_room fahrradraum, shutters rolladen, library bibliothek, attic dachboden",
    ),
    *_fields(
        "facilities.", "ausstattung", BOOLEAN,
        "data_cabling dv_verkabelung, cable_ducts kabelkanaele, ramp rampe, lifting_platform hebebuehne, crane kran, "
        "guest_terrace gastterrasse, canteen kantine_cafeteria, tea_kitchen teekueche, brewery_tie brauereibindung, "
        "sports_facilities sporteinrichtungen, wellness_area wellnessbereich, "
        "holiday_telephone telefon_ferienimmobilie, mobile_reception umts_empfang",
    ),
    Flags("facilities.attached_gastronomy", "ausstattung/angeschl_gastronomie",
          dict(zip(building.AttachedGastronomy, ("HOTELRESTAURANT", "BAR"), strict=True))),
    Field("facilities.power_connection", "ausstattung/stromanschlusswert", TEXT),
    Field("facilities.hall_height", "ausstattung/hallenhoehe", DECIMAL),
    Field("facilities.broadband", "ausstattung/breitband_zugang@art", TEXT),
    Field("facilities.broadband_speed", "ausstattung/breitband_zugang@speed", DECIMAL),
)  # fmt: skip

CARRIERS: Final[Mapping[StrEnum, str]] = {
    building.Carrier.OIL: "OEL", building.Carrier.GAS: "GAS", building.Carrier.ELECTRICITY: "ELEKTRO",
    building.Carrier.ALTERNATIVE: "ALTERNATIV", building.Carrier.SOLAR: "SOLAR",
    building.Carrier.GEOTHERMAL: "ERDWAERME", building.Carrier.AIR_HEAT_PUMP: "LUFTWP",
    building.Carrier.DISTRICT_HEATING: "FERN", building.Carrier.BLOCK_POWER_STATION: "BLOCK",
    building.Carrier.WATER_ELECTRICITY: "WASSER-ELEKTRO", building.Carrier.PELLETS: "PELLET",
    building.Carrier.COAL: "KOHLE", building.Carrier.WOOD: "HOLZ", building.Carrier.LIQUID_GAS: "FLUESSIGGAS",
}  # fmt: skip
_STANDARDS: Final = (
    "PASSIVHAUS", "NIEDRIGENERGIE", "NEUBAUSTANDARD", "KFW40", "KFW55", "KFW60", "KFW70", "MINERGIEBAUWEISE",
    "MINERGIE_ZERTIFIZIERT",
)  # fmt: skip
_ROOFS: Final = (
    "KRUEPPELWALMDACH", "MANSARDDACH", "PULTDACH", "SATTELDACH", "WALMDACH", "FLACHDACH", "PYRAMIDENDACH",
)  # fmt: skip
_STAGES: Final = (
    "BAUSATZHAUS", "AUSBAUHAUS", "SCHLUESSELFERTIGMITKELLER", "SCHLUESSELFERTIGOHNEBODENPLATTE",
    "SCHLUESSELFERTIGMITBODENPLATTE",
)  # fmt: skip

_BUILDING: Final[tuple[Row, ...]] = (
    Field("building.year_built", "zustand_angaben/baujahr", YEAR),
    Field("building.last_modernised", "zustand_angaben/letztemodernisierung", TEXT),
    Field("building.condition", "zustand_angaben/zustand@zustand_art", kinds.CONDITION),
    Field("building.age", "zustand_angaben/alter@alter_attr", kinds.AGE),
    Flags("building.heating", "ausstattung/heizungsart",
          dict(zip(building.Heating, ("OFEN", "ETAGE", "ZENTRAL", "FERN", "FUSSBODEN"), strict=True))),
    Flags("building.carriers", "ausstattung/befeuerung", CARRIERS),
    Flags("building.construction", "ausstattung/bauweise",
          dict(zip(building.Construction, ("MASSIV", "FERTIGTEILE", "HOLZ"), strict=True))),
    Flags("building.roof", "ausstattung/dachform", dict(zip(building.Roof, _ROOFS, strict=True))),
    Flags("building.stage", "ausstattung/ausbaustufe", dict(zip(building.Stage, _STAGES, strict=True))),
    Flags("building.energy_standard", "ausstattung/energietyp",
          dict(zip(building.EnergyStandard, _STANDARDS, strict=True))),
    Field("building.is_listed", "verwaltung_objekt/denkmalgeschuetzt", BOOLEAN),
    Field("building.is_high_rise", "verwaltung_objekt/hochhaus", BOOLEAN),
    Field("land.development", "zustand_angaben/erschliessung@erschl_attr", kinds.DEVELOPMENT),
    Field("land.development_extent", "zustand_angaben/erschliessung_umfang@erschl_attr",
          one_of("GAS", "WASSER", "STROM", "TK")),
    Field("land.buildable", "zustand_angaben/bebaubar_nach@bebaubar_attr", kinds.BUILDABLE),
    Field("land.zone", "zustand_angaben/bauzone", TEXT),
    Field("land.contamination", "zustand_angaben/altlasten", TEXT),
    Field("terms.sale_state", "zustand_angaben/verkaufstatus@stand", kinds.SALE_STATE),
)  # fmt: skip

_CERTIFICATE: Final = "zustand_angaben/energiepass"
_ENERGY: Final[tuple[Row, ...]] = (
    Field("energy.kind", f"{_CERTIFICATE}/epart", kinds.CERTIFICATE),
    Field("energy.valid_until", f"{_CERTIFICATE}/gueltig_bis", END),
    Field("energy.hot_water_included", f"{_CERTIFICATE}/mitwarmwasser", BOOLEAN),
    *_fields("energy.", _CERTIFICATE, DECIMAL_TEXT,
             "power_value stromwert, heat_value waermewert, hwb_value hwbwert, fgee_value fgeewert"),
    *_fields("energy.", _CERTIFICATE, TEXT,
             "carrier primaerenergietraeger, energy_class wertklasse, text epasstext, hwb_class hwbklasse, "
             "fgee_class fgeeklasse"),
    Field("energy.year_built", f"{_CERTIFICATE}/baujahr", YEAR),
    Field("energy.issued_on", f"{_CERTIFICATE}/ausstelldatum", DATE),
    Field("energy.is_residential", f"{_CERTIFICATE}/gebaeudeart", kinds.RESIDENTIAL),
    Field("energy.by_geg", f"{_CERTIFICATE}/geg2018", BOOLEAN_TEXT),
)  # fmt: skip

_TERMS: Final[tuple[Row, ...]] = (
    Field("terms.available_until", "verwaltung_objekt/bisdatum", DATE),
    *_fields(
        "terms.", "verwaltung_objekt", BOOLEAN,
        "subsidised_housing_permit wbs_sozialwohnung, is_rented vermietet, non_smoking nichtraucher, "
        "pets_allowed haustiere, holiday_use als_ferien, commercial_use_allowed gewerbliche_nutzung",
    ),
    Field("terms.access", "verwaltung_objekt/zugang", TEXT),
    Field("terms.lease_years", "verwaltung_objekt/laufzeit", DECIMAL),
    Field("terms.maximum_persons", "verwaltung_objekt/max_personen", COUNT),
    Field("terms.gender", "verwaltung_objekt/geschlecht@geschl_attr", kinds.GENDER),
    Field("terms.industries", "verwaltung_objekt/branchen", TEXT),
    Field("auction.on", "verwaltung_objekt/versteigerungstermin", DATE),
    Field("auction.on", "versteigerung/zvtermin", MOMENT),
    Field("auction.on_again", "versteigerung/zusatztermin", MOMENT),
    Field("auction.is_compulsory", "versteigerung/zwangsversteigerung", BOOLEAN),
    Field("auction.file_number", "versteigerung/aktenzeichen", TEXT),
    Field("auction.court", "versteigerung/amtsgericht", TEXT),
    Field("auction.market_value", "versteigerung/verkehrswert", DECIMAL),
)  # fmt: skip

_NUMBERS: Final[tuple[Row, ...]] = (
    Field("identifiers.openimmo_obid", "verwaltung_techn/openimmo_obid", TEXT),
    Field("identifiers.internal_number", "verwaltung_techn/objektnr_intern", TEXT),
    Field("identifiers.origin", "verwaltung_techn/kennung_ursprung", TEXT),
    Field("identifiers.as_of", "verwaltung_techn/stand_vom", DATE),
    Field("identifiers.active_from", "verwaltung_techn/aktiv_von", DATE),
    Field("identifiers.active_until", "verwaltung_techn/aktiv_bis", DATE),
    Field("identifiers.may_be_shared", "verwaltung_techn/weitergabe_generell", BOOLEAN),
    Field("grouping.project", "verwaltung_techn/gruppen_kennung", TEXT),
    Field("grouping.group_number", "verwaltung_objekt/gruppennummer", TEXT),
)

FIELDS: Final[tuple[Row, ...]] = (
    *_FIRST, *_PLACE, *_PEOPLE, *_PRICES, *_MEASURES, *_EQUIPMENT, *_BUILDING, *_ENERGY, *_TERMS, *_NUMBERS,
)  # fmt: skip
