"""The order in which OpenImmo 1.2.7 wants elements, which of them may be repeated, and the leaves that we have no field for.

Our own table; the schema itself is the association's and is not part of Kontor.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from kontor.properties.openimmo import ad_parts, amount_parts, object_parts
from kontor.properties.openimmo.fields import FIELDS
from kontor.properties.openimmo.forms import (
    BOOLEAN,
    DATE,
    DECIMAL,
    MOMENT,
    TEXT,
    Form,
    one_of,
)
from kontor.properties.openimmo.media import MEDIA
from kontor.properties.openimmo.rows import Kept, Row

USER_FIELDS: Final = ("user_defined_simplefield", "user_defined_anyfield", "user_defined_extend")

#: Children in their order; `+` for those of which there may be several. Every one of them ends with the user's own fields.
_SEQUENCES: Final = {
    "": (
        "objektkategorie geo kontaktperson weitere_adresse+ preise bieterverfahren versteigerung flaechen ausstattung "
        "zustand_angaben bewertung infrastruktur freitexte anhaenge verwaltung_objekt verwaltung_techn"
    ),
    "objektkategorie": "nutzungsart vermarktungsart objektart",
    "objektkategorie/objektart": (
        "zimmer+ wohnung+ haus+ grundstueck+ buero_praxen+ einzelhandel+ gastgewerbe+ hallen_lager_prod+ "
        "land_und_forstwirtschaft+ parken+ sonstige+ freizeitimmobilie_gewerblich+ zinshaus_renditeobjekt+ "
        "objektart_zusatz+"
    ),
    "geo": (
        "plz ort geokoordinaten strasse hausnummer bundesland land gemeindecode flur flurstueck gemarkung etage "
        "anzahl_etagen lage_im_bau wohnungsnr lage_gebiet regionaler_zusatz karten_makro karten_mikro virtuelletour "
        "luftbildern"
    ),
    "kontaktperson": (
        "email_zentrale email_direkt tel_zentrale tel_durchw tel_fax tel_handy name vorname titel anrede position "
        "anrede_brief firma zusatzfeld strasse hausnummer plz ort postfach postf_plz postf_ort land email_privat "
        "email_sonstige+ email_feedback tel_privat tel_sonstige+ url adressfreigabe personennummer "
        "immobilientreuhaenderid foto referenz_id freitextfeld"
    ),
    "kontaktperson/foto": "format daten",
    "weitere_adresse": (
        "vorname name titel anrede anrede_brief firma zusatzfeld strasse hausnummer plz ort postfach postf_plz "
        "postf_ort land email_zentrale email_direkt email_privat email_sonstige+ tel_durchw tel_zentrale tel_handy "
        "tel_fax tel_privat tel_sonstige+ url adressfreigabe personennummer freitextfeld"
    ),
    "preise": (
        "kaufpreis kaufpreisnetto kaufpreisbrutto nettokaltmiete kaltmiete warmmiete nebenkosten heizkosten_enthalten "
        "heizkosten zzg_mehrwertsteuer mietzuschlaege hauptmietzinsnetto pauschalmiete betriebskostennetto evbnetto "
        "gesamtmietenetto gesamtmietebrutto gesamtbelastungnetto gesamtbelastungbrutto gesamtkostenprom2von "
        "heizkostennetto monatlichekostennetto monatlichekostenbrutto nebenkostenprom2von ruecklagenetto "
        "sonstigekostennetto sonstigemietenetto summemietenetto nettomieteprom2von pacht erbpacht hausgeld abstand "
        "preis_zeitraum_von preis_zeitraum_bis preis_zeiteinheit mietpreis_pro_qm kaufpreis_pro_qm provisionspflichtig "
        "provision_teilen innen_courtage aussen_courtage courtage_hinweis provisionnetto provisionbrutto waehrung "
        "mwst_satz mwst_gesamt freitext_preis x_fache nettorendite nettorendite_soll nettorendite_ist "
        "mieteinnahmen_ist mieteinnahmen_soll erschliessungskosten kaution kaution_text geschaeftsguthaben stp_carport "
        "stp_duplex stp_freiplatz stp_garage stp_parkhaus stp_tiefgarage stp_sonstige+ richtpreis richtpreisprom2"
    ),
    "bieterverfahren": (
        "beginn_angebotsphase besichtigungstermin besichtigungstermin_2 beginn_bietzeit ende_bietzeit "
        "hoechstgebot_zeigen mindestpreis"
    ),
    "versteigerung": "zwangsversteigerung aktenzeichen zvtermin zusatztermin amtsgericht verkehrswert",
    "flaechen": (
        "wohnflaeche nutzflaeche gesamtflaeche ladenflaeche lagerflaeche verkaufsflaeche freiflaeche bueroflaeche "
        "bueroteilflaeche fensterfront verwaltungsflaeche gastroflaeche grz gfz bmz bgf grundstuecksflaeche "
        "sonstflaeche anzahl_zimmer anzahl_schlafzimmer anzahl_badezimmer anzahl_sep_wc anzahl_balkone "
        "anzahl_terrassen anzahl_logia balkon_terrasse_flaeche anzahl_wohn_schlafzimmer gartenflaeche kellerflaeche "
        "fensterfront_qm grundstuecksfront dachbodenflaeche teilbar_ab beheizbare_flaeche anzahl_stellplaetze "
        "plaetze_gastraum anzahl_betten anzahl_tagungsraeume vermietbare_flaeche anzahl_wohneinheiten "
        "anzahl_gewerbeeinheiten einliegerwohnung kubatur ausnuetzungsziffer flaechevon flaechebis"
    ),
    "ausstattung": (
        "ausstatt_kategorie wg_geeignet raeume_veraenderbar bad kueche boden kamin heizungsart befeuerung klimatisiert "
        "fahrstuhl stellplatzart+ gartennutzung ausricht_balkon_terrasse moebliert rollstuhlgerecht kabel_sat_tv dvbt "
        "barrierefrei sauna swimmingpool wasch_trockenraum wintergarten dv_verkabelung rampe hebebuehne kran "
        "gastterrasse stromanschlusswert kantine_cafeteria teekueche hallenhoehe angeschl_gastronomie brauereibindung "
        "sporteinrichtungen wellnessbereich serviceleistungen+ telefon_ferienimmobilie breitband_zugang umts_empfang "
        "sicherheitstechnik unterkellert abstellraum fahrradraum rolladen dachform bauweise ausbaustufe energietyp "
        "bibliothek dachboden gaestewc kabelkanaele seniorengerecht"
    ),
    "zustand_angaben": (
        "baujahr letztemodernisierung zustand alter bebaubar_nach erschliessung erschliessung_umfang bauzone altlasten "
        "energiepass+ verkaufstatus"
    ),
    "zustand_angaben/energiepass": (
        "epart gueltig_bis energieverbrauchkennwert mitwarmwasser endenergiebedarf primaerenergietraeger stromwert "
        "waermewert wertklasse baujahr ausstelldatum jahrgang gebaeudeart epasstext geg2018 hwbwert hwbklasse fgeewert "
        "fgeeklasse"
    ),
    "bewertung": "feld+",
    "infrastruktur": "zulieferung ausblick distanzen+ distanzen_sport+",
    "freitexte": "objekttitel dreizeiler lage ausstatt_beschr objektbeschreibung sonstige_angaben objekt_text",
    "anhaenge": "anhang+",
    "anhaenge/anhang": "anhangtitel format check daten",
    "anbieter/anhang": "anhangtitel format check daten",
    "verwaltung_objekt": (
        "objektadresse_freigeben verfuegbar_ab abdatum bisdatum min_mietdauer max_mietdauer versteigerungstermin "
        "wbs_sozialwohnung vermietet gruppennummer zugang laufzeit max_personen nichtraucher haustiere geschlecht "
        "denkmalgeschuetzt als_ferien gewerbliche_nutzung branchen hochhaus"
    ),
    "verwaltung_techn": (
        "objektnr_intern objektnr_extern aktion aktiv_von aktiv_bis openimmo_obid kennung_ursprung stand_vom "
        "weitergabe_generell weitergabe_positiv weitergabe_negativ gruppen_kennung master sprache"
    ),
    "anbieter/impressum_strukt": (
        "firmenname firmenanschrift telefon vertretungsberechtigter berufsaufsichtsbehoerde handelsregister "
        "handelsregister_nr umsst-id steuernummer weiteres"
    ),
    "anbieter": "anbieternr firma openimmo_anid lizenzkennung anhang immobilie+ impressum impressum_strukt",
}  # fmt: skip
#: Elements whose children are told, and that have no fields of the user's own.
_CLOSED: Final = frozenset({
    "objektkategorie/objektart", "kontaktperson/foto", "versteigerung", "zustand_angaben/energiepass", "bewertung",
    "anhaenge/anhang", "anbieter", "anbieter/anhang", "anbieter/impressum_strukt",
})  # fmt: skip
_PERIODS: Final = ("TAG", "WOCHE", "MONAT", "JAHR")
_MAIL_KINDS: Final = ("EM_ZENTRALE", "EM_DIREKT", "EM_PRIVAT", "EM_SONSTIGE")
_TELEPHONE_KINDS: Final = ("TEL_ZENTRALE", "TEL_DURCHW", "TEL_PRIVAT", "TEL_HANDY", "TEL_FAX", "TEL_SONSTIGE")


def _kept(element: str, form: Form, names: str) -> tuple[Kept, ...]:
    return tuple(Kept(f"{element}/{name}", form) for name in names.split())


def _kept_person(element: str) -> tuple[Kept, ...]:
    return (
        *_kept(element, TEXT, "anrede_brief zusatzfeld postfach postf_plz postf_ort email_privat tel_privat"),
        *_kept(element, TEXT, "email_sonstige email_sonstige@bemerkung tel_sonstige tel_sonstige@bemerkung"),
        Kept(f"{element}/email_sonstige@emailart", one_of(*_MAIL_KINDS)),
        Kept(f"{element}/tel_sonstige@telefonart", one_of(*_TELEPHONE_KINDS)),
    )


#: Amounts that some feeds tell net, each with its tax or its upper end.
_NET: Final = (
    "hauptmietzinsnetto@hauptmietzinsust betriebskostennetto@betriebskostenust evbnetto@evbust "
    "gesamtmietenetto@gesamtmieteust gesamtbelastungnetto@gesamtbelastungust "
    "gesamtkostenprom2von@gesamtkostenprom2bis heizkostennetto@heizkostenust "
    "monatlichekostennetto@monatlichekostenust nebenkostenprom2von@nebenkostenprom2bis "
    "sonstigekostennetto@sonstigekostenust sonstigemietenetto@sonstigemieteust summemietenetto@summemieteust "
    "nettomieteprom2von@nettomieteprom2bis"
)

KEPT: Final[tuple[Kept, ...]] = (
    *_kept("geo", BOOLEAN, "karten_makro karten_mikro virtuelletour luftbildern"),
    *_kept_person("kontaktperson"),
    *_kept("kontaktperson", TEXT, "immobilientreuhaenderid referenz_id foto/format foto/daten/pfad"),
    Kept("kontaktperson/foto@location", one_of("EXTERN", "REMOTE")),
    *_kept_person("weitere_adresse"),
    *(Kept(f"preise/{name}", DECIMAL) for pair in _NET.split() for name in (pair.partition("@")[0], pair)),
    *_kept("preise", DECIMAL, "kaufpreisbrutto kaufpreisnetto@kaufpreisust gesamtmietebrutto gesamtbelastungbrutto"),
    *_kept("preise", DECIMAL, "monatlichekostenbrutto ruecklagenetto@ruecklageust provisionnetto@provisionust"),
    *_kept("preise", DECIMAL, "richtpreisprom2"),
    Kept("preise/provision_teilen", TEXT),
    Kept("preise/provision_teilen@wert", one_of("absolut", "prozent", "text")),
    Kept("preise/stp_sonstige@platzart", one_of("FREIPLATZ", "GARAGE", "TIEFGARAGE", "CARPORT", "DUPLEX", "PARKHAUS", "SONSTIGES")),
    Kept("preise/stp_sonstige@bemerkung", TEXT),
    *_kept("bieterverfahren", DATE, "beginn_angebotsphase besichtigungstermin besichtigungstermin_2 ende_bietzeit"),
    Kept("bieterverfahren/beginn_bietzeit", MOMENT),
    Kept("bieterverfahren/hoechstgebot_zeigen", BOOLEAN),
    Kept("bieterverfahren/mindestpreis", DECIMAL),
    *_kept("flaechen", DECIMAL, "fensterfront_qm ausnuetzungsziffer flaechevon flaechebis"),
    *(Kept(f"ausstattung/befeuerung@{name}", BOOLEAN) for name in (
        "ERDGAS_LEICHT", "ERDGAS_SCHWER", "FERNWAERME_DAMPF", "NAHWAERME", "WAERMELIEFERUNG", "BIOENERGIE",
        "WINDENERGIE", "WASSERENERGIE", "UMWELTWAERME", "KWK_FOSSIL", "KWK_ERNEUERBAR", "KWK_REGENERATIV", "KWK_BIO",
    )),
    *_kept("bewertung/feld", TEXT, "name wert typ modus"),
    *(Kept(f"verwaltung_objekt/{name}", one_of(*_PERIODS))
      for name in ("min_mietdauer@min_dauer", "max_mietdauer@max_dauer")),
    *_kept("verwaltung_techn", TEXT, "weitergabe_positiv weitergabe_negativ master"),
    Kept("verwaltung_techn/master@visible", BOOLEAN),
)  # fmt: skip

READING: Final[tuple[Row, ...]] = (*object_parts.PARTS, *amount_parts.PARTS, *ad_parts.PARTS, MEDIA)
"""The rows that look at every object. Of `FIELDS` only those are asked whose leaves are there."""

ROWS: Final[tuple[Row, ...]] = (*FIELDS, *READING, *KEPT)


@cache
def readers() -> Mapping[str, int]:
    """By path, which of `FIELDS` reads it."""
    return {path: place for place, row in enumerate(FIELDS) for path in row.forms()}


@cache
def forms() -> Mapping[str, Form]:
    """What the schema takes at each of its leaves, by paths without numbers."""
    found: dict[str, Form] = {}
    for row in ROWS:
        for path, form in row.forms().items():
            found.setdefault(path, form)
    return found


@cache
def order(element: str) -> Mapping[str, int]:
    """The places of an element's children, of one without numbers in its path; empty where any order will do."""
    if element.endswith("user_defined_extend/feld") or element == "bewertung/feld":
        return {name: place for place, name in enumerate(("name", "wert", "typ", "modus"))}
    names = _SEQUENCES.get(element, "").replace("+", "").split()
    return {name: place for place, name in enumerate((*names, *USER_FIELDS))}


@cache
def may_repeat(element: str) -> bool:
    """Whether the schema allows several of this element, of which the path has no numbers."""
    parent, _, name = element.rpartition("/")
    if name in USER_FIELDS or element in ("bewertung/feld/typ", "bewertung/feld/modus"):
        return True
    return f"{name}+" in _SEQUENCES.get(parent, "").split()


@cache
def has_user_fields(element: str) -> bool:
    """Whether the schema lets users add fields of their own here."""
    return element in _SEQUENCES and element not in _CLOSED
