"""Properties over HTTP, as the web UI and other programs use them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from tests.plugins.api import Caller
from tests.properties.properties import body

from kontor.properties.content import PropertyContent
from kontor.properties.schemas import PropertyRow, SimilarOut


def create(api: Caller, number: int = 104, **sections: Any) -> dict[str, Any]:
    answer = api.post("/properties", json=body(number, **sections))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def found(api: Caller, **asked: Any) -> list[str]:
    answer = api.get("/properties", params=asked)
    assert answer.status_code == 200, answer.text
    rows = answer.json()["items"]
    for row in rows:
        PropertyRow.model_validate(row)
    return [row["reference"] for row in rows]


def patch(api: Caller, made: dict[str, Any], said: dict[str, Any]) -> Any:
    headers = {"If-Match": f'"{made["revision"]}"'}
    return api.patch(f"/properties/{made['id']}", json=said, headers=headers)


def test_a_property_comes_back_whole(api: Caller) -> None:
    made = create(api)
    answer = api.get(f"/properties/{made['id']}")
    assert answer.headers["etag"] == '"1"'
    shown = answer.json()
    assert shown == made
    assert shown["title"] == "Helle Wohnung am Fluss"
    assert shown["price"] == {"amount": "1080.00", "minor": 108_000, "currency": "EUR"}
    assert (shown["price_field"], shown["area"]) == ("cold_rent", 84.5)
    assert shown["prices"]["cold_rent"] == "1080.00"
    assert shown["areas"]["living_area"] == 84.5
    assert shown["equipment"]["sauna"] is None


def test_what_was_shown_can_be_sent_back(api: Caller) -> None:
    made = create(api)
    sent = {name: made[name] for name in PropertyContent.model_fields}
    answer = api.put(f"/properties/{made['id']}", json=sent, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    assert answer.json() == made


def test_replacing_says_nothing_of_what_is_left_out(api: Caller) -> None:
    made = create(api)
    sent = {"reference": "HB-104", "kind": "house"}
    answer = api.put(f"/properties/{made['id']}", json=sent, headers={"If-Match": '"1"'})
    shown = answer.json()
    assert (shown["revision"], shown["kind"], shown["areas"]["living_area"]) == (2, "house", None)
    undone = api.post(f"/properties/{made['id']}/undo", json={"to": 1}, headers={"If-Match": '"2"'})
    assert undone.json()["areas"] == made["areas"]


def test_a_patch_merges_sections_and_null_takes_away(api: Caller) -> None:
    made = create(api)
    said = {
        "prices": {"cold_rent": 1100, "deposit": None},
        "texts": {"en": {"title": "Bright flat"}, "fr": None},
        "building": {"heating": ["floor", "central"]},
        "commission": None,
    }
    answer = patch(api, made, said)
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert shown["prices"] == made["prices"] | {"cold_rent": "1100.00", "deposit": None}
    assert shown["texts"]["de"] == made["texts"]["de"]
    assert shown["texts"]["en"]["title"] == "Bright flat"
    assert shown["building"] == made["building"] | {"heating": ["central", "floor"]}
    assert shown["commission"]["asked"] is None
    history = api.get(f"/properties/{made['id']}/history").json()["items"]
    assert [row["number"] for row in history] == [2, 1]
    assert set(history[0]["changed"]) == {
        "prices.cold_rent", "prices.deposit", "texts.en.title", "building.heating", "commission.asked",
    }  # fmt: skip


def test_everything_that_cannot_be_read_is_told_at_once(api: Caller) -> None:
    made = create(api)
    wrong = {"areas": {"living_area": -1, "size": 3}, "kind": "spaceship", "texts": {"de": {"title": 7}}}
    for answer in (patch(api, made, wrong), api.post("/properties", json=wrong)):
        assert answer.status_code == 422
        fields = {problem["field"] for problem in answer.json()["problems"]}
        assert fields == {"areas.living_area", "areas.size", "kind", "texts.de.title"}


def test_changes_want_to_know_what_was_edited(api: Caller) -> None:
    made = create(api)
    at = f"/properties/{made['id']}"
    for method, sent in (("PUT", body()), ("PATCH", {}), ("DELETE", None)):
        assert api.request(method, at, json=sent).status_code == 428
    assert patch(api, made, {"notes": "Schlüssel im Büro"}).status_code == 200
    stale = patch(api, made, {"notes": "Schlüssel beim Hausmeister"})
    assert stale.status_code == 412
    assert stale.json()["params"]["theirs"]["values"] == {"notes": "Schlüssel im Büro"}
    assert api.delete(at, headers={"If-Match": '"1"'}).status_code == 412


def test_deleting_archives_and_restoring_brings_back(api: Caller) -> None:
    made = create(api)
    at = f"/properties/{made['id']}"
    gone = api.delete(at, headers={"If-Match": '"1"'})
    assert (gone.status_code, gone.json()["status"]) == (200, "archived")
    assert found(api) == []
    assert found(api, status="archived") == found(api, ids=made["id"]) == ["HB-104"]
    assert patch(api, gone.json(), {"notes": "x"}).json()["code"] == "properties.archived"
    assert api.post(f"{at}/restore").json()["status"] == "active"
    assert found(api) == ["HB-104"]


def test_a_create_that_is_repeated_with_its_key_makes_one(api: Caller) -> None:
    headers = {"Idempotency-Key": "flat-104"}
    first, again = (api.post("/properties", json=body(), headers=headers) for _ in range(2))
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    taken = api.post("/properties", json=body())
    assert (taken.status_code, taken.json()["code"]) == (422, "properties.reference_taken")


def test_nobody_elses_property_is_there(api: Caller, other_api: Caller) -> None:
    made = create(api)
    for path in ("", "/history", "/similar"):
        answer = other_api.get(f"/properties/{made['id']}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert found(other_api) == []


def test_a_product_is_no_property_and_the_other_way_round(api: Caller) -> None:
    sent = {"reference": "WL-1", "title": {"de": "Schürze"}, "variants": [{"sku": "WL-1"}]}
    product = api.post("/listings", json=sent).json()["id"]
    made = create(api)
    assert api.get(f"/properties/{product}").status_code == 404
    assert api.get(f"/listings/{made['id']}").status_code == 404
    rows = {row["reference"]: row for row in api.get("/listings").json()["items"]}
    assert rows["HB-104"]["kind"] == "property"
    assert rows["HB-104"]["price"]["minor"] == 108_000
    kinds = api.get("/listings", params={"kind": "property"}).json()["items"]
    assert [row["reference"] for row in kinds] == ["HB-104"]
    revision = api.get(f"/listings/{made['id']}/revisions/1").json()
    assert revision["snapshot"]["areas"] == {"living_area": 84.5}


def test_pictures_are_shown_with_title_group_and_file(api: Caller) -> None:
    content = io.BytesIO()
    Image.new("RGB", (900, 600), (20, 60, 90)).save(content, "PNG")
    stored = api.post("/media", files={"file": ("front.png", content.getvalue(), "image/png")}).json()
    made = create(
        api,
        pictures=[
            {"media_id": stored["id"], "title": "Vorderansicht", "group": "title"},
            {"url": "https://pictures.example/plan.png", "group": "floor_plan"},
        ],
    )
    first, second = made["pictures"]
    assert (first["title"], first["state"], first["media"]["sha256"]) == (
        "Vorderansicht",
        "stored",
        stored["sha256"],
    )
    assert (second["group"], second["state"], second["media"]) == ("floor_plan", "waiting", None)
    (row,) = api.get("/properties").json()["items"]
    assert row["thumb"]
    assert row["pictures_waiting"] == 1
    unknown = {"pictures": [{"media_id": made["id"]}]}
    answer = patch(api, made, unknown)
    assert [(each["code"], each["field"]) for each in answer.json()["problems"]] == [
        ("properties.picture.unknown", "pictures.0.media_id")
    ]


@pytest.fixture
def several(api: Caller) -> None:
    """Three flats and a plot in two cities."""
    create(api, 1, areas={"living_area": 50}, rooms={"rooms": 1.5}, prices={"cold_rent": "600.00"})
    create(api, 2, areas={"living_area": 80}, rooms={"rooms": 3}, prices={"cold_rent": "1000.00"})
    create(
        api, 3, areas={"living_area": 90}, rooms={"rooms": 3}, prices={"cold_rent": "1200.00"},
        address={"city": "MÜNCHEN", "postal_code": "80331", "latitude": 48.137, "longitude": 11.575},
    )  # fmt: skip
    create(
        api, 4, kind="plot", marketing="buy", subtype="residential", areas={"plot_area": 700, "living_area": None}, rooms={"rooms": None},
        prices={"cold_rent": None, "purchase_price": "90000.00"},
        address={"latitude": None, "longitude": None},
    )  # fmt: skip


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("asked", "references"),
    [
        ({"kind": "plot"}, {"HB-4"}),
        ({"kind": ["plot", "flat"]}, {"HB-1", "HB-2", "HB-3", "HB-4"}),
        ({"marketing": "rent"}, {"HB-1", "HB-2", "HB-3"}),
        ({"city": "münchen"}, {"HB-3"}),
        ({"postal_code": "281"}, {"HB-1", "HB-2", "HB-4"}),
        ({"price_from": 1000, "price_to": "1200"}, {"HB-2", "HB-3"}),
        ({"price_to": 700, "currency": "CHF"}, set()),
        ({"area_from": 60, "area_to": 80}, {"HB-2"}),
        ({"plot_area_from": 500}, {"HB-4"}),
        ({"rooms_from": 2.5}, {"HB-2", "HB-3"}),
        ({"bbox": "8,53,9,54"}, {"HB-1", "HB-2"}),
        ({"bbox": "170,-90,9,90"}, {"HB-1", "HB-2"}),
        ({"q": "fährweg munchen"}, {"HB-3"}),
        ({"q": "hb-2"}, {"HB-2"}),
        ({"status": "draft"}, set()),
    ],
)
def test_a_list_is_filtered(api: Caller, asked: dict[str, Any], references: set[str]) -> None:
    assert set(found(api, **asked)) == references


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("sort", "references"),
    [
        ("price", ["HB-1", "HB-2", "HB-3", "HB-4"]),
        ("-area", ["HB-4", "HB-3", "HB-2", "HB-1"]),
        ("-rooms", ["HB-3", "HB-2", "HB-1", "HB-4"]),
        ("city", ["HB-1", "HB-2", "HB-4", "HB-3"]),
        ("-updated", ["HB-4", "HB-3", "HB-2", "HB-1"]),
    ],
)
def test_pages_are_in_the_order_asked(api: Caller, sort: str, references: list[str]) -> None:
    seen, cursor = [], ""
    while cursor is not None:
        asked: dict[str, Any] = {
            "sort": sort,
            "limit": 1,
            "total": True,
            **({"cursor": cursor} if cursor else {}),
        }
        page = api.get("/properties", params=asked).json()
        assert page["total"] == 4
        seen += [row["reference"] for row in page["items"]]
        cursor = page["next_cursor"]
    assert seen == references


@pytest.mark.parametrize("bbox", ["8,53,9", "a,b,c,d", "8,54,9,53", "200,0,9,1", "nan,0,1,1", "1,2,3,4,5"])
def test_a_map_box_that_is_none_is_refused(api: Caller, bbox: str) -> None:
    answer = api.get("/properties", params={"bbox": bbox})
    assert answer.status_code == 422
    assert [row["code"] for row in answer.json()["problems"]] == ["properties.bbox.wrong"]


@pytest.mark.usefixtures("several")
def test_similar_ones_are_the_nearest_in_size_price_and_place(api: Caller) -> None:
    made = create(api, 5, areas={"living_area": 82}, prices={"cold_rent": "1050.00"})
    answer = api.get(f"/properties/{made['id']}/similar")
    SimilarOut.model_validate(answer.json())
    rows = answer.json()["items"]
    assert [row["reference"] for row in rows] == ["HB-2", "HB-3"]
    assert rows[0]["reasons"] == ["city", "area", "price", "rooms"]
    assert "city" not in rows[1]["reasons"]
    plot = next(row["id"] for row in api.get("/properties", params={"kind": "plot"}).json()["items"])
    assert api.get(f"/properties/{plot}/similar").json() == {"items": []}


def test_what_an_ad_lacks_is_told_with_the_property(api: Caller) -> None:
    made = create(api, prices={"cold_rent": None}, areas={"living_area": None})
    codes = {(each["code"], each["field"], each["severity"]) for each in made["problems"]}
    assert ("law.wovermittg_6_rent", "prices.cold_rent", "error") in codes
    assert ("properties.missing.area", "areas.living_area", "error") in codes
    assert ("properties.missing.picture", "pictures", "warning") in codes


@pytest.mark.usefixtures("several")
def test_views_are_counted(api: Caller) -> None:
    made = create(api, 5, status="draft")
    gone = create(api, 6)
    api.delete(f"/properties/{gone['id']}", headers={"If-Match": "*"})
    assert made["status"] == "draft"
    assert api.get("/properties/facets").json() == {
        "total": 5, "active": 4, "drafts": 1, "archived": 1, "kinds": {"flat": 4, "plot": 1},
        "marketing": {"buy": 1, "rent": 4},
    }  # fmt: skip


def test_a_form_learns_the_kinds(api: Caller) -> None:
    kinds = {row["kind"]: row for row in api.get("/properties/kinds").json()}
    assert "maisonette" in kinds["flat"]["subtypes"]
    assert kinds["plot"]["areas"][0] == "plot_area"
    assert not kinds["garage"]["has_certificate"]
