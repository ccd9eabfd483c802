"""Uploading a list of goods, and the mapping step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from tests.goods.imports import steps
from tests.plugins.api import Caller

from kontor.goods.imports import counting

Drain = Callable[..., int]
GERMAN = (
    "Artikelnummer;Vater-SKU;Bezeichnung;Preis (brutto);Bestand;Größe;EAN\r\n"
    "SC-1;;Schürze Hafen;39,00;;;\r\n"
    "SC-1-S;SC-1;;39,00;3;S;4006381333931\r\n"
    "SC-1-M;SC-1;;41,00;4;M;\r\n"
    "TU-1;;Geschirrtuch;1.012,50;7;;\r\n"
).encode("cp1252")


def targets(detail: dict[str, Any]) -> dict[str, str]:
    return {column["name"]: column["target"] for column in detail["columns"]}


def put(api: Caller, import_id: str, **body: Any) -> dict[str, Any]:
    answer = api.put(f"/imports/{import_id}/mapping", json=body, headers=steps.ANY)
    assert answer.status_code == 200, answer.text
    detail: dict[str, Any] = answer.json()
    return detail


def refused(api: Caller, import_id: str, **body: Any) -> list[tuple[str, str]]:
    answer = api.put(f"/imports/{import_id}/mapping", json=body, headers=steps.ANY)
    assert answer.status_code == 422, answer.text
    return [(problem["code"], problem["field"]) for problem in answer.json()["problems"]]


def test_a_german_file_is_recognised(api: Caller) -> None:
    made = steps.upload(api, GERMAN)
    assert (made["state"], made["steps"], made["form"]) == ("mapping", ["map", "start"], "plain")
    assert (made["encoding"], made["delimiter"], made["rows"], made["existing"]) == ("cp1252", ";", 4, 0)
    assert targets(made) == {
        "Artikelnummer": "sku",
        "Vater-SKU": "parent_sku",
        "Bezeichnung": "title",
        "Preis (brutto)": "price",
        "Bestand": "quantity",
        "Größe": "aspect:Größe",
        "EAN": "gtin",
    }
    assert made["columns"][3]["samples"] == ["39,00", "41,00", "1.012,50"]
    assert {question["code"] for question in made["questions"]} == {
        "mapping.currency_missing",
        "mapping.condition_missing",
    }
    assert made["preview"]["refusals"][0]["code"] == "currency.missing"
    assert made["cause"]["kind"] == "person"


def test_defaults_answer_the_questions_and_show_in_the_preview(api: Caller) -> None:
    made = steps.upload(api, GERMAN)
    found = steps.enter(api, made["id"])
    assert (found["questions"], found["missing"]) == ([], [])
    preview = found["preview"]
    assert (preview["rows"], preview["product_count"], preview["refused_rows"]) == (4, 2, 0)
    group = preview["products"][0]
    assert (group["sku"], group["condition"], group["variant_count"]) == ("SC-1", "new", 2)
    assert group["variants"][0]["options"] == {"Größe": "S"}
    assert group["variants"][1]["price"] == {"amount": "41.00", "minor": 4100, "currency": "EUR"}


def test_a_column_is_mapped_otherwise(api: Caller) -> None:
    made = steps.upload(api, GERMAN)
    found = put(
        api, made["id"], columns=[{"index": 5, "target": "option1_value"}, {"index": 6, "target": ""}]
    )
    assert targets(found)["Größe"] == "option1_value"
    assert targets(found)["EAN"] == ""
    assert found["columns"][5]["reason"] == "person"
    assert found["columns"][0]["reason"] == "heading"


def test_without_sku_and_title_it_can_not_be_started(api: Caller) -> None:
    made = steps.upload(api, GERMAN)
    found = put(api, made["id"], columns=[{"index": n, "target": ""} for n in (0, 2, 6)])
    assert {problem["code"] for problem in found["missing"]} == {
        "mapping.sku_missing",
        "mapping.title_missing",
    }
    assert found["preview"] is None
    answer = api.post(f"/imports/{made['id']}/start", json={"update_existing": False})
    assert (answer.status_code, answer.json()["code"]) == (422, "mapping.incomplete")
    assert len(answer.json()["problems"]) == 2
    put(api, made["id"], columns=[{"index": 0, "target": "sku"}, {"index": 2, "target": "title"}])
    assert api.post(f"/imports/{made['id']}/start", json={"update_existing": False}).status_code == 202


def test_a_mapping_that_can_not_be_is_refused_with_every_problem(api: Caller) -> None:
    import_id = steps.upload(api, GERMAN)["id"]
    columns = [
        {"index": 99, "target": "sku"},
        {"index": 1, "target": "nonsense"},
        {"index": 3, "target": "price", "currency": "DEM"},
        {"index": 5, "target": "weight_g", "unit": "stone"},
    ]
    assert refused(api, import_id, columns=columns) == [
        ("mapping.column_unknown", "columns.0.index"),
        ("mapping.target_unknown", "columns.1.target"),
        ("mapping.currency_unknown", "columns.2.currency"),
        ("mapping.unit_unknown", "columns.3.unit"),
    ]
    assert refused(api, import_id, columns=[{"index": 4, "target": "price"}]) == [
        ("mapping.target_twice", "price")
    ]
    assert refused(api, import_id, defaults={"currency": "DEM"}) == [
        ("mapping.currency_unknown", "defaults.currency")
    ]
    assert refused(api, import_id, defaults={"quantity": -1})[0][1] == "defaults.quantity"
    assert (
        refused(api, import_id, defaults={"image_base_address": "file:///etc"})[0][1]
        == "defaults.image_base_address"
    )
    assert targets(steps.get(api, import_id))["Preis (brutto)"] == "price"


def test_a_target_moves_from_one_column_to_another_in_one_call(api: Caller) -> None:
    made = steps.upload(api, "sku,title,price,uvp\r\nA,Fine,1.00,2.00\r\n")
    found = put(api, made["id"], columns=[{"index": 2, "target": ""}, {"index": 3, "target": "price"}])
    assert targets(found)["uvp"] == "price"


def test_the_mapping_is_remembered_for_the_next_file_of_this_heading(
    api: Caller, other_api: Caller, drain: Drain
) -> None:
    content = "sku,title,price,farbe_intern\r\nA,Fine,1.00,red\r\n"
    made = steps.upload(api, content)
    assert not made["remembered"]
    put(api, made["id"], columns=[{"index": 3, "target": "aspect:Farbe"}], defaults={"currency": "CHF"})
    assert not steps.upload(api, content)["remembered"]  # not until it was started
    api.post(f"/imports/{made['id']}/start", json={"update_existing": False})
    again = steps.upload(api, "SKU,Title , price,farbe_intern\r\nB,Other,2.00,blue\r\n")
    assert again["remembered"]
    assert targets(again)["farbe_intern"] == "aspect:Farbe"
    assert again["columns"][3]["samples"] == ["blue"]
    assert again["defaults"]["currency"] == "CHF"
    assert not steps.upload(other_api, content)["remembered"]


def test_what_began_can_not_be_mapped_or_started_again(api: Caller, drain: Drain) -> None:
    started = steps.begin(api, GERMAN)
    for _ in range(2):
        answer = api.put(f"/imports/{started['id']}/mapping", json={}, headers=steps.ANY)
        assert (answer.status_code, answer.json()["code"]) == (409, "import.started")
        answer = api.post(f"/imports/{started['id']}/start", json={"update_existing": False})
        assert (answer.status_code, answer.json()["code"]) == (409, "import.started")
        drain(["imports.run"])


def test_skus_that_are_in_use_are_counted_before_it_starts(api: Caller, drain: Drain) -> None:
    steps.begin(api, steps.simple(3))
    drain(["imports.run"])
    assert steps.upload(api, steps.simple(5))["existing"] == 3


def test_a_large_file_is_counted_by_a_job(api: Caller, drain: Drain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "COUNTED_AT_ONCE_BYTES", 100)
    made = steps.upload(api, steps.simple(50))
    assert (made["rows"], made["existing"]) == (None, None)
    assert steps.enter(api, made["id"])["preview"]["product_count"] == 50
    drain(["imports.count"])
    found = steps.get(api, made["id"])
    assert (found["rows"], found["existing"]) == (50, 0)


def test_the_list_of_imports_is_newest_first(api: Caller) -> None:
    ids = [steps.upload(api, steps.simple(1), name=f"{n}.csv")["id"] for n in range(3)]
    page = api.get("/imports", params={"limit": 2}).json()
    assert [row["id"] for row in page["items"]] == ids[:0:-1]
    rest = api.get("/imports", params={"limit": 2, "cursor": page["next_cursor"]}).json()
    assert [row["file_name"] for row in rest["items"]] == ["0.csv"]


def test_targets_are_listed(api: Caller) -> None:
    found = {row["target"]: row for row in api.get("/imports/targets").json()}
    assert found["price"]["group"] == "field"
    assert found["option1_value"]["group"] == "option"
    assert found["structure:handle"]["group"] == "structure"
    assert found["image_urls"]["repeatable"]


@pytest.mark.parametrize("path", ["", "/refusals", "/refused.csv", "/changes"])
def test_another_tenant_sees_nothing(api: Caller, other_api: Caller, path: str) -> None:
    import_id = steps.upload(api, GERMAN)["id"]
    assert other_api.get(f"/imports/{import_id}{path}").status_code == 404
    assert other_api.get("/imports").json()["items"] == []
    assert other_api.put(f"/imports/{import_id}/mapping", json={}, headers=steps.ANY).status_code == 404
    assert other_api.post(f"/imports/{import_id}/start", json={"update_existing": True}).status_code == 404
    assert other_api.post(f"/imports/{import_id}/undo").status_code == 404
    assert api.get(f"/imports/{uuid4()}{path}").status_code == 404
