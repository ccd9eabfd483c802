"""Products over HTTP, as the web UI and other programs use them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.plugins.api import Caller

from kontor.core.cause import causing
from kontor.core.tenancy import tenant
from kontor.goods import bulk

APRON = {
    "reference": "WL-2210",
    "title": {"de": "Leinenschürze Hafen"},
    "description": {"de": "<p onclick='x()'>Leinen<script>alert(1)</script></p>"},
    "brand": "Hafenleinen",
    "option_names": ["Größe", "Farbe"],
    "variants": [
        {
            "sku": f"WL-2210-{colour}-{size}",
            "price": {"amount": "39.00", "currency": "EUR"},
            "quantity": 3,
            "options": {"Farbe": colour, "Größe": size},
        }
        for colour in ("Marine", "Sand")
        for size in ("S", "M")
    ],
}


def create(api: Caller, body: dict[str, Any] = APRON) -> dict[str, Any]:
    answer = api.post("/listings", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_product_comes_back_whole(api: Caller) -> None:
    made = create(api)
    answer = api.get(f"/listings/{made['id']}")
    product = answer.json()
    assert answer.headers["etag"] == '"1"'
    assert product == made
    assert product["description"]["de"] == "<p>Leinen</p>"
    assert product["variants"][0]["options"] == {"Größe": "S", "Farbe": "Marine"}
    assert list(product["variants"][0]["options"]) == ["Größe", "Farbe"]
    assert product["price"] == {"amount": "39.00", "minor": 3900, "currency": "EUR"}
    assert product["stock"] == 12
    assert product["brand"]["manufacturer_lacks"]


def patch(api: Caller, product: dict[str, Any], body: dict[str, Any], path: str = "") -> Any:
    headers = {"If-Match": f'"{product["revision"]}"'}
    return api.patch(f"/listings/{product['id']}{path}", json=body, headers=headers)


def test_a_create_that_is_repeated_with_its_key_makes_one_product(api: Caller) -> None:
    answers = [api.post("/listings", json=APRON, headers={"Idempotency-Key": "k1"}) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(api.get("/listings").json()["items"]) == 1


def test_a_refused_product_tells_every_problem_at_its_field_and_leaves_nothing(api: Caller) -> None:
    bad = {**APRON, "title": {}, "variants": [{"sku": "", "gtin": "123", "quantity": -1}]}
    answer = api.post("/listings", json=bad)
    problems = {row["field"]: row["code"] for row in answer.json()["problems"]}
    assert answer.status_code == 422
    assert problems == {
        "title": "goods.title.missing",
        "variants.0.sku": "goods.sku.missing",
        "variants.0.gtin": "goods.gtin.wrong",
        "variants.0.quantity": "goods.stock.range",
    }
    assert api.get("/listings").json()["items"] == []
    create(api)  # and then it goes well


def test_a_patch_changes_what_it_says_and_nothing_else(api: Caller) -> None:
    made = create(api)
    changed = patch(api, made, {"title": {"de": "Schürze Kai"}}).json()
    same = {"title", "headline", "revision", "updated_at"}
    assert changed["headline"] == "Schürze Kai"
    assert changed["revision"] == 2
    assert {k: v for k, v in changed.items() if k not in same} == {
        k: v for k, v in made.items() if k not in same
    }


def test_a_stale_patch_is_answered_with_both_sides(api: Caller) -> None:
    made = create(api)
    patch(api, made, {"mpn": "A"})
    answer = patch(api, made, {"mpn": "B"})
    assert answer.status_code == 412
    assert answer.json()["params"]["theirs"]["values"] == {"mpn": "A"}
    assert api.patch(f"/listings/{made['id']}", json={"mpn": "B"}).status_code == 428


def test_the_matrix_is_changed_in_one_revision(api: Caller) -> None:
    made = create(api)
    first, second, third, _ = made["variants"]
    body = {
        "variants": [
            {"id": first["id"], "price": {"amount": "41.5", "currency": "EUR"}},
            {"id": second["id"], "quantity": 0},
            {"sku": "WL-2210-NEU", "options": {"Farbe": "Nebel", "Größe": "S"}, "quantity": 2},
        ],
        "remove": [third["id"]],
    }
    changed = patch(api, made, body, "/variants").json()
    assert changed["revision"] == 2
    assert [row["quantity"] for row in changed["variants"]] == [3, 0, 3, 2]
    assert changed["variants"][0]["price"]["amount"] == "41.50"
    assert changed["price_to"]["minor"] == 4150
    assert third["id"] not in [row["id"] for row in changed["variants"]]


def test_a_stock_count_makes_a_ledger_entry_and_no_revision(api: Caller) -> None:
    made = create(api)
    body = {"variants": [{"id": made["variants"][0]["id"], "quantity": 7}]}
    changed = patch(api, made, body, "/variants").json()
    entries = api.get(f"/listings/{made['id']}/stock").json()
    assert (changed["revision"], changed["stock"]) == (1, 16)
    assert (entries[0]["delta"], entries[0]["balance"], entries[0]["cause"]["kind"]) == (4, 7, "person")


def test_history_names_cause_and_fields_and_can_be_taken_back(api: Caller) -> None:
    made = create(api)
    patch(api, made, {"title": {"de": "Anders"}, "mpn": "7"})
    undone = api.post(f"/listings/{made['id']}/undo", json={"to": 1}, headers={"If-Match": '"2"'}).json()
    rows = api.get(f"/listings/{made['id']}/revisions").json()["items"]
    assert undone["headline"] == made["headline"]
    assert [(row["number"], row["changed"], row["undo_of"]) for row in rows] == [
        (3, ["title", "mpn"], 1),
        (2, ["title", "mpn"], None),
        (1, [], None),
    ]
    assert rows[0]["cause"]["kind"] == "person"
    assert api.get(f"/listings/{made['id']}/revisions/2").json()["snapshot"]["mpn"] == "7"
    assert api.get(f"/listings/{made['id']}/revisions/9").status_code == 404


def test_archive_and_restore(api: Caller) -> None:
    made = create(api)
    assert api.post(f"/listings/{made['id']}/archive").json()["status"] == "archived"
    assert api.get("/listings").json()["items"] == []
    assert api.get("/listings", params={"status": "archived"}).json()["items"][0]["id"] == made["id"]
    assert patch(api, {**made, "revision": 2}, {"mpn": "7"}).json()["code"] == "goods.archived"
    assert api.post(f"/listings/{made['id']}/restore").json()["status"] == "active"


def test_two_products_with_one_sku_are_refused(api: Caller) -> None:
    create(api)
    answer = api.post("/listings", json={**APRON, "reference": "OTHER"})
    assert answer.json()["code"] == "goods.sku_taken"


def test_prices_of_many_change_by_a_job_once(api: Caller, drain: Callable[..., int]) -> None:
    made = create(api)
    create(api, {"reference": "TOWEL", "title": {"de": "Geschirrtuch"}})
    body = {"action": "price", "filter": {"q": "hafen"}, "price": {"percent": "10"}}
    answer = api.post("/listings/bulk", json=body)
    assert (answer.status_code, answer.json()["total"]) == (202, 1)
    drain()
    assert api.get(f"/listings/{made['id']}").json()["price"]["minor"] == 4290
    assert api.get(f"/jobs/{answer.json()['job_id']}").json()["outcome"] == "succeeded"
    with (
        tenant(api.tenant_id),
        causing({"kind": "job", "id": answer.json()["job_id"], "label": "bulk:price"}),
    ):
        bulk.apply("price", [UUID(made["id"])], {"percent": "10"})  # as after the death of a worker
    assert api.get(f"/listings/{made['id']}").json()["price"]["minor"] == 4290


def test_bulk_archive_by_ids_and_what_it_refuses(api: Caller, drain: Callable[..., int]) -> None:
    made = create(api)
    api.post("/listings/bulk", json={"action": "archive", "ids": [made["id"]]})
    drain()
    assert api.get("/listings/facets").json()["archived"] == 1
    create(api)
    job = api.post("/listings/bulk", json={"action": "restore", "ids": [made["id"]]}).json()["job_id"]
    drain()
    [item] = api.get(f"/jobs/{job}/items").json()["items"]
    assert (item["state"], item["problem"]["code"]) == ("refused", "goods.sku_taken")
    for body in ({"action": "archive"}, {"action": "price", "ids": []}):
        assert api.post("/listings/bulk", json=body).status_code == 422


def test_product_safety_data_belong_to_the_brand(api: Caller) -> None:
    made = create(api)
    contact = {
        "company_name": "Hafenleinen GmbH", "address_line1": "Kaistraße 4", "city": "Lübeck", "country": "de",
        "email": "sicherheit@hafenleinen.example",
    }  # fmt: skip
    brand = api.get("/brands", params={"incomplete": True}).json()["items"][0]
    assert (brand["name"], brand["products"]) == ("Hafenleinen", 1)
    anybody = api.patch(f"/brands/{brand['id']}", json={"manufacturer": contact})
    assert (anybody.status_code, anybody.json()["code"]) == (428, "revision_needed")
    api.patch(f"/brands/{brand['id']}", json={"manufacturer": contact}, headers={"If-Match": brand["etag"]})
    shown = api.get(f"/listings/{made['id']}").json()
    assert shown["brand"]["manufacturer"]["country"] == "DE"
    assert shown["brand"]["manufacturer_lacks"] == []
    assert shown["revision"] == 1
    old = api.put(
        "/brands", json={"name": "HAFENLEINEN", "responsible": contact}, headers={"If-Match": brand["etag"]}
    )
    assert (old.status_code, old.json()["params"]["theirs"]["manufacturer"]["city"]) == (412, "Lübeck")
    now = {"If-Match": shown["brand"]["etag"]}  # as the product's page read it
    same = api.put("/brands", json={"name": "HAFENLEINEN", "responsible": contact}, headers=now).json()
    assert same["id"] == brand["id"]
    answer = api.patch(
        f"/brands/{brand['id']}",
        json={"manufacturer": {**contact, "country": "X"}},
        headers={"If-Match": same["etag"]},
    )
    assert answer.json()["problems"][0]["field"] == "manufacturer.country"


def test_defaults_are_set_and_taken_away(api: Caller) -> None:
    unbranded = {"scope": "tenant", "scope_key": "", "field": "aspect:Marke", "value": "Markenlos"}
    assert api.put("/defaults", json={"defaults": [unbranded]}, headers={"If-Match": "*"}).json() == [
        unbranded
    ]
    assert (
        api.put(
            "/defaults", json={"defaults": [{**unbranded, "value": ""}]}, headers={"If-Match": "*"}
        ).json()
        == []
    )
    answer = api.put(
        "/defaults", json={"defaults": [{**unbranded, "scope": "brand"}]}, headers={"If-Match": "*"}
    )
    assert answer.json()["problems"][0]["code"] == "goods.default.scope_key"


def test_a_read_only_person_reads_and_changes_nothing(
    api: Caller, enter: Callable[..., Caller], tenant_a: UUID
) -> None:
    made, reader = create(api), enter(tenant_a, "read_only")
    assert reader.get(f"/listings/{made['id']}").status_code == 200
    assert patch(reader, made, {"mpn": "7"}).status_code == 403
    assert reader.post("/listings", json=APRON).status_code == 403


def test_another_tenants_product_is_nowhere(api: Caller, other_api: Caller) -> None:
    made = create(api)
    for method, path in (
        ("GET", ""), ("PATCH", ""), ("PATCH", "/variants"), ("PUT", "/media"), ("POST", "/archive"),
        ("POST", "/restore"), ("POST", "/undo"), ("POST", "/media/retry"), ("GET", "/revisions"),
        ("GET", "/revisions/1"), ("GET", "/stock"),
    ):  # fmt: skip
        body = {"/undo": {"to": 1}, "/media": {"pictures": []}}.get(path, {})
        options: Any = {} if method == "GET" else {"json": body, "headers": {"If-Match": '"1"'}}
        answer = other_api.request(method, f"/listings/{made['id']}{path}", **options)
        assert answer.status_code == 404, (method, path, answer.text)
    assert other_api.get("/listings").json()["items"] == []
    assert other_api.get("/brands").json()["items"] == []
