"""Uploading a list of goods, and the mapping step."""

from __future__ import annotations

from tests.plugins.api import Caller

GERMAN = (
    "Artikelnummer;Vater-SKU;Bezeichnung;Preis (brutto);Bestand;Größe;EAN\r\n"
    "SC-1;;Schürze Hafen;39,00;;;\r\n"
    "SC-1-S;SC-1;;39,00;3;S;4006381333931\r\n"
    "SC-1-M;SC-1;;41,00;4;M;\r\n"
    "TU-1;;Geschirrtuch;1.012,50;7;;\r\n"
).encode("cp1252")


def test_a_german_file_is_recognised(api: Caller) -> None:
    answer = api.post("/imports", files={"file": ("artikel.csv", GERMAN, "text/csv")})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["state"] == "mapping"
    assert made["encoding"] == "cp1252"
    print(answer.text)
