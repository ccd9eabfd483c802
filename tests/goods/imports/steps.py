"""The steps of an import, as a person takes them over the API."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.plugins.api import Caller

DEFAULTS = {"quantity": 1, "condition": "new", "currency": "EUR", "weight_unit": "kg"}
ANY = {"If-Match": "*"}  # nobody else is there
_SHARED = Path(__file__).parents[4] / "shared" / "data" / "goods"


def upload(api: Caller, content: str | bytes, name: str = "artikel.csv") -> dict[str, Any]:
    data = content.encode() if isinstance(content, str) else content
    answer = api.post("/imports", files={"file": (name, data, "text/csv")})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def enter(api: Caller, import_id: str, **defaults: object) -> dict[str, Any]:
    """The defaults that a person enters, over those of `DEFAULTS`."""
    answer = api.put(f"/imports/{import_id}/mapping", json={"defaults": DEFAULTS | defaults}, headers=ANY)
    assert answer.status_code == 200, answer.text
    detail: dict[str, Any] = answer.json()
    return detail


def begin(
    api: Caller, content: str | bytes, *, update_existing: bool = False, **defaults: object
) -> dict[str, Any]:
    """Uploaded, mapped as recognised, and started; not run yet."""
    made = upload(api, content)
    enter(api, made["id"], **defaults)
    answer = api.post(f"/imports/{made['id']}/start", json={"update_existing": update_existing})
    assert answer.status_code == 202, answer.text
    started: dict[str, Any] = answer.json()
    return started


def get(api: Caller, import_id: str) -> dict[str, Any]:
    detail: dict[str, Any] = api.get(f"/imports/{import_id}").json()
    return detail


def every(api: Caller, path: str, **asked: str) -> list[dict[str, Any]]:
    """All items of a list, page by page."""
    items: list[dict[str, Any]] = []
    cursor = None
    while True:
        params = {"limit": 200, **asked} | ({"cursor": cursor} if cursor else {})
        page = api.get(path, params=params).json()
        items += page["items"]
        if not (cursor := page["next_cursor"]):
            return items


def refusals(api: Caller, import_id: str) -> dict[int, str]:
    """Row -> code."""
    return {found["row"]: found["code"] for found in every(api, f"/imports/{import_id}/refusals")}


def changes(api: Caller, import_id: str) -> dict[str, dict[str, Any]]:
    """Reference -> what the import did to the listing."""
    return {found["reference"]: found for found in every(api, f"/imports/{import_id}/changes")}


def listings(api: Caller) -> dict[str, dict[str, Any]]:
    """Reference -> the listings in use."""
    return {found["reference"]: found for found in every(api, "/listings")}


def sheet(heading: str, *rows: Sequence[object]) -> str:
    """A CSV text with commas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heading.split(","))
    writer.writerows(rows)
    return text.getvalue()


def simple(count: int, price: str = "12.50", quantity: int = 3) -> str:
    """So many singles S-0, S-1 …"""
    rows = [(f"S-{n}", f"Article {n}", price, quantity) for n in range(count)]
    return sheet("sku,title,price,quantity", *rows)


def shared_file(name: str) -> bytes:
    """A real file beside the repository; skips the test where there is none."""
    path = _SHARED / name
    if not path.exists():
        pytest.skip(f"the shared test data are not here: ../shared/data/goods/{name}")
    content = path.read_bytes()
    return gzip.decompress(content) if name.endswith(".gz") else content
