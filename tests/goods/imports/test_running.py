"""From rows to listings: created, updated after asking, left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.goods.imports import steps
from tests.plugins.api import Caller

from kontor.core.tenancy import tenant
from kontor.goods import service as goods
from kontor.goods.imports import chunks
from kontor.live.models import Event

Drain = Callable[..., int]
GROUP = "sku,parent_sku,title,price,quantity,size"


def run(
    api: Caller, drain: Drain, content: str | bytes, *, update: bool = False, **defaults: object
) -> dict[str, Any]:
    started = steps.begin(api, content, update_existing=update, **defaults)
    assert started["state"] == "importing"
    drain(["imports.run"])
    done = steps.get(api, started["id"])
    assert done["state"] == "done", done["problem"]
    assert done["read"] == done["rows"]
    return done


def product(api: Caller, reference: str) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"/listings/{steps.listings(api)[reference]['id']}").json()
    return found


def test_a_file_becomes_listings(api: Caller, drain: Drain) -> None:
    content = (
        "Artikelnummer;Vater-SKU;Bezeichnung;Preis (brutto);Bestand;Größe;EAN\r\n"
        "SC-1;;Schürze Hafen;39,00;;;\r\n"
        "SC-1-S;SC-1;;39,00;3;S;4006381333931\r\n"
        "SC-1-M;SC-1;;41,00;4;M;\r\n"
        "TU-1;;Geschirrtuch;1.012,50;7;;\r\n"
        "TU-2;;Geschirrtuch;teuer;7;;\r\n"
    )
    done = run(api, drain, content.encode("cp1252"))
    assert (done["rows"], done["imported"], done["refused"]) == (5, 4, 1)
    assert (done["created"], done["updated"], done["unchanged"]) == (2, 0, 0)
    assert done["finished_at"]
    assert steps.refusals(api, done["id"]) == {6: "price.unreadable"}
    group = product(api, "SC-1")
    assert (group["stock"], len(group["variants"]), group["condition"]) == (7, 2, "new")
    assert group["variants"][0]["options"] == {"Größe": "S"}
    assert group["variants"][0]["gtin"] == "4006381333931"
    assert product(api, "TU-1")["price"]["minor"] == 101250
    revision = api.get(f"/listings/{group['id']}/revisions").json()["items"][0]
    assert (revision["cause"]["kind"], revision["cause"]["label"]) == ("job", "artikel.csv")
    job = api.get(f"/jobs/{done['job_id']}").json()
    assert (job["label"], job["lane"], job["done"], job["total"]) == ("artikel.csv", "bulk", 5, 5)


def test_the_same_file_twice_changes_nothing(api: Caller, drain: Drain) -> None:
    rows = [
        ("A-S", "A", "Shirt", "9.00", 1, "S"),
        ("A-M", "A", "Shirt", "9.00", 2, "M"),
        ("B", "", "Bag", "5.00", 3, ""),
    ]
    content = steps.sheet(GROUP, *rows)
    run(api, drain, content)
    done = run(api, drain, content, update=True)
    assert (done["created"], done["updated"], done["unchanged"]) == (0, 0, 2)
    assert product(api, "A")["revision"] == 1
    assert product(api, "A")["stock"] == 3
    assert done["steps"] == []


def test_skus_in_use_are_refused_unless_they_are_to_be_updated(api: Caller, drain: Drain) -> None:
    run(api, drain, steps.simple(2))
    content = steps.simple(3, price="20.00")
    done = run(api, drain, content)
    assert (done["imported"], done["refused"]) == (1, 2)
    assert steps.refusals(api, done["id"]) == {2: "sku.exists", 3: "sku.exists"}
    assert product(api, "S-0")["price"]["minor"] == 1250
    done = run(api, drain, content, update=True)
    assert (done["updated"], done["unchanged"], done["refused"]) == (2, 1, 0)
    found = steps.changes(api, done["id"])["S-0"]
    assert (found["action"], found["revision_before"], found["revision_after"]) == ("updated", 1, 2)
    assert (found["title"], found["row"]) == ("Article 0", 2)
    assert product(api, "S-0")["price"]["minor"] == 2000


def test_all_rows_of_a_group_of_which_one_sku_is_in_use(api: Caller, drain: Drain) -> None:
    run(api, drain, steps.sheet(GROUP, ("A-S", "", "Shirt S", "9.00", 1, "")))
    rows = [("A-S", "A", "Shirt", "9.00", 1, "S"), ("A-M", "A", "Shirt", "9.00", 1, "M")]
    done = run(api, drain, steps.sheet(GROUP, *rows))
    assert steps.refusals(api, done["id"]) == {2: "sku.exists", 3: "sku.exists"}
    assert steps.listings(api).keys() == {"A-S"}


def test_an_empty_cell_says_nothing_and_defaults_are_for_what_is_new(api: Caller, drain: Drain) -> None:
    run(
        api,
        drain,
        steps.sheet("sku,title,price,quantity,brand", ("A", "Cup", "9.00", 7, "Wakenitz")),
        condition="used",
    )
    done = run(api, drain, steps.sheet("sku,title,price,brand", ("A", "Cup", "8.00", ""), ("B", "Bowl", "4.00", "")),
               update=True, quantity=99, condition="new")  # fmt: skip
    assert (done["updated"], done["created"]) == (1, 1)
    known, new = product(api, "A"), product(api, "B")
    assert (known["stock"], known["condition"], known["brand"]["name"]) == (7, "used", "Wakenitz")
    assert known["price"]["minor"] == 800
    assert (new["stock"], new["condition"]) == (99, "new")


def test_a_list_of_prices_of_variants_leaves_their_product_alone(api: Caller, drain: Drain) -> None:
    rows = [
        ("A", "", "Shirt", "", "", ""),
        ("A-S", "A", "", "9.00", 1, "S"),
        ("A-M", "A", "", "9.00", 1, "M"),
    ]
    run(api, drain, steps.sheet(GROUP, *rows))
    run(api, drain, steps.sheet("sku,title,price", ("A-M", "Shirt in M", "11.00")), update=True)
    found = product(api, "A")
    assert found["title"] == {"de": "Shirt"}
    assert {row["sku"]: row["price"]["minor"] for row in found["variants"]} == {"A-S": 900, "A-M": 1100}
    assert len(found["variants"]) == 2
    run(api, drain, steps.sheet("sku,title", ("A", "Better shirt")), update=True)
    found = product(api, "A")
    assert found["title"] == {"de": "Better shirt"}
    assert len(found["variants"]) == 2


def test_another_language_is_added(api: Caller, drain: Drain) -> None:
    run(api, drain, steps.simple(1))
    run(api, drain, steps.sheet("sku,title", ("S-0", "Artikel null")), update=True, language="fr")
    assert product(api, "S-0")["title"] == {"de": "Article 0", "fr": "Artikel null"}
    assert product(api, "S-0")["language"] == "de"


def test_a_sku_twice_in_the_file_stands_where_it_came_first(api: Caller, drain: Drain) -> None:
    content = steps.sheet(
        "sku,title,price", ("A", "First", "1.00"), ("A ", "Second", "2.00"), ("A\u200b ", "Third", "3.00")
    )
    done = run(api, drain, content, update=True)
    assert product(api, "A")["title"] == {"de": "First"}
    assert steps.refusals(api, done["id"])[3] == "sku.duplicate_in_file"


def test_pictures_are_fetched_by_jobs_after_the_rows(api: Caller, drain: Drain) -> None:
    content = steps.sheet("sku,title,price,image_urls", ("A", "Cup", "1.00", "https://nowhere.invalid/a.jpg"))
    run(api, drain, content)
    found = product(api, "A")
    assert [picture["state"] for picture in found["pictures"]] == ["waiting"]
    waiting = api.get("/jobs", params={"kind": "catalog.fetch_pictures", "status": "waiting"}).json()["items"]
    assert len(waiting) == 1


def test_progress_is_told_once_in_a_while(api: Caller, drain: Drain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "DRAFTS", 2)
    started = steps.begin(api, steps.simple(60))
    with tenant(api.tenant_id):
        before = Event.objects.filter(kind="import.progress").count()
    drain(["imports.run"])
    with tenant(api.tenant_id):
        told = list(Event.objects.filter(kind="import.progress").order_by("seq"))[before:]
    assert 2 <= len(told) < 15
    assert told[-1].payload["imported"] == 60
    assert str(told[-1].entity_id) == started["id"]


def test_a_chunk_takes_as_many_statements_as_a_larger_one(
    api: Caller, other_api: Caller, drain: Drain
) -> None:
    counts = []
    for caller, size in ((api, 20), (other_api, 200)):
        steps.begin(caller, steps.simple(size))
        with CaptureQueriesContext(connection) as captured:
            drain(["imports.run"])
        counts.append(len(captured))
    assert abs(counts[0] - counts[1]) <= 3  # progress is told by the clock
    assert counts[1] < 90


def test_two_imports_at_once_of_one_sku(api: Caller, drain: Drain) -> None:
    first, second = (steps.begin(api, steps.simple(3)) for _ in range(2))
    drain(["imports.run"])
    made = [steps.get(api, row["id"]) for row in (first, second)]
    assert sorted((row["created"], row["refused"]) for row in made) == [(0, 3), (3, 0)]
    with tenant(api.tenant_id):
        assert goods.find_by_sku("S-0") is not None
