"""The same over HTTP: upload, start, look, undo; and what a person is told of a package that can't be opened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from tests.plugins.api import Caller

Drain = Callable[..., int]
KIEL = """<openimmo><uebertragung umfang="TEIL"/><anbieter><firma>Nord</firma><openimmo_anid>A</openimmo_anid>
<immobilie><geo><plz>24103</plz><ort>Kiel</ort></geo><freitexte><objekttitel>Am Hafen</objekttitel></freitexte>
<geo_neu>unbekannt</geo_neu>
<verwaltung_techn><objektnr_extern>K-1</objektnr_extern><openimmo_obid>OB1</openimmo_obid></verwaltung_techn></immobilie>
<immobilie><geo><ort>Kiel</ort></geo></immobilie></anbieter></openimmo>"""


def packed(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def upload(api: Caller, content: bytes) -> Any:
    return api.post("/property-imports", files={"file": ("export.zip", content, "application/zip")})


def test_from_upload_to_undo(api: Caller, drain: Drain) -> None:
    answer = upload(api, packed(**{"objekte.xml": KIEL}))
    assert (answer.status_code, answer.json()["state"]) == (201, "ready")
    where = f"/property-imports/{answer.json()['id']}"
    assert api.post(f"{where}/start", json={}).json()["state"] == "importing"
    drain(["property_imports.run"])
    done = api.get(where).json()
    assert (done["state"], done["created"], done["refused"], done["refusals"]) == ("done", 1, 1, [])
    [taken, refused] = api.get(f"{where}/results").json()["items"]
    assert (taken["action"], taken["reference"], taken["offerer"], taken["line"]) == (
        "created",
        "K-1",
        "A",
        2,
    )
    assert [each["code"] for each in refused["problems"]] == ["properties.reference.missing"]
    shown = api.get(f"/properties/{taken['listing_id']}").json()
    assert (shown["address"]["city"], shown["unknown"]) == ("Kiel", {"geo_neu": "unbekannt"})
    assert api.post(f"{where}/start", json={}).json()["code"] == "property_import.started"
    assert api.post(f"{where}/undo").status_code == 202
    drain(["property_imports.undo"])
    assert [each["undone"] for each in api.get(f"{where}/results?action=created").json()["items"]] == [
        "archived"
    ]
    assert api.get("/property-imports").json()["items"][0]["state"] == "undone"
    assert api.post(f"{where}/undo").json()["code"] == "property_import.not_undoable"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "openimmo.empty"),
        (b"GIF89a", "openimmo.not_a_package"),
        (packed(**{"../objekte.xml": KIEL}), "openimmo.unsafe_name"),
        (packed(**{"liesmich.txt": "hallo"}), "openimmo.no_document"),
    ],
)
def test_what_can_not_be_opened_is_refused_and_nothing_is_kept(
    api: Caller, content: bytes, code: str
) -> None:
    answer = upload(api, content)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert api.get("/property-imports").json()["items"] == []


def test_documents_that_can_not_be_read_are_told(api: Caller, drain: Drain) -> None:
    made = upload(
        api, packed(**{"1.xml": KIEL[:300], "2.xml": f"<!DOCTYPE a [<!ENTITY b 'c'>]>{KIEL}"})
    ).json()
    api.post(f"/property-imports/{made['id']}/start", json={"removes_absent": True})
    drain(["property_imports.run"])
    done = api.get(f"/property-imports/{made['id']}").json()
    assert [(each["document"], each["code"]) for each in done["refusals"]] == [
        ("1.xml", "openimmo.not_well_formed"), ("2.xml", "openimmo.doctype"),
    ]  # fmt: skip
    assert done["removes_absent"] is True
