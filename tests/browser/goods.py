"""A list of goods as a German shop keeps it: semicolons, decimal commas, one row per variant, and one price that is none."""

from __future__ import annotations

from typing import Final

GOODS: Final = """Artikelnummer;Vaterartikel;Bezeichnung;Beschreibung;Marke;EAN;Preis;Farbe;Größe;Grammatur
HS-1-BL-M;HS-1;Hemd Föhr aus Leinen;Weich gewaschen;Küstenweber;4006381333931;59,90;Blau;M;190 g/m²
HS-1-BL-L;HS-1;Hemd Föhr aus Leinen;Weich gewaschen;Küstenweber;;1.059,90;Blau;L;190 g/m²
HS-1-WE-M;HS-1;Hemd Föhr aus Leinen;Weich gewaschen;Küstenweber;;59,90;Weiß;M;190 g/m²
TU-2;;Geschirrtuch Möwe;Halbleinen;Küstenweber;;12,50;;;
KR-3;;Krug Schäfchen;Steinzeug;Töpferei Groß;;auf Anfrage;;;
"""
