"""From rows to listings, over the API."""

from __future__ import annotations

from collections.abc import Callable

from tests.goods.imports import steps
from tests.plugins.api import Caller

GERMAN = (
    "Artikelnummer;Vater-SKU;Bezeichnung;Preis (brutto);Bestand;Größe;EAN\r\n"
    "SC-1;;Schürze Hafen;39,00;;;\r\n"
    "SC-1-S;SC-1;;39,00;3;S;4006381333931\r\n"
    "SC-1-M;SC-1;;41,00;4;M;\r\n"
    "TU-1;;Geschirrtuch;1.012,50;7;;\r\n"
    "TU-2;;Geschirrtuch;teuer;7;;\r\n"
).encode("cp1252")


def test_a_file_becomes_listings(api: Caller, drain: Callable[..., int]) -> None:
    started = steps.begin(api, GERMAN)
    assert started["state"] == "importing"
    drain(["imports.run"])
    done = steps.get(api, started["id"])
    assert done["state"] == "done"
    assert (done["rows"], done["imported"], done["refused"], done["read"]) == (5, 4, 1, 5)
    assert (done["created"], done["updated"], done["unchanged"]) == (2, 0, 0)
    assert steps.refusals(api, started["id"]) == {6: "price.unreadable"}
    found = steps.listings(api)
    assert found.keys() == {"SC-1", "TU-1"}
    assert found["SC-1"]["stock"] == 7
    assert found["SC-1"]["variant_count"] == 2
    assert found["TU-1"]["price"]["minor"] == 101250
