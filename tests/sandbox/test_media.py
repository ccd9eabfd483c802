"""Pictures: uploads, limits, expiry, and the played open web."""

from __future__ import annotations

import io

import httpx2
import pytest
from PIL import Image
from tests.sandbox.shop import INVENTORY, Shop, error_ids

FROM_FILE = "/commerce/media/v1_beta/image/create_image_from_file"
FROM_URL = "/commerce/media/v1_beta/image/create_image_from_url"


def drawn(width: int = 900, height: int = 700, kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#446688").save(file, kind)
    return file.getvalue()


def upload(shop: Shop, content: bytes, field: str = "image") -> httpx2.Response:
    headers = {"authorization": f"Bearer {shop.access_token}"}
    return shop.http.post(FROM_FILE, files={field: ("a.jpg", content, "image/jpeg")}, headers=headers)


def test_an_uploaded_picture_is_served_and_can_be_listed(ready_shop: Shop) -> None:
    content = drawn()
    made = upload(ready_shop, content)
    assert made.status_code == 201
    address = made.json()["imageUrl"]
    assert made.json()["expirationDate"]
    assert (
        ready_shop.good("GET", made.headers["location"].removeprefix(ready_shop.url))["imageUrl"] == address
    )
    assert httpx2.get(address).content == content
    _, listing_id = ready_shop.list_item("REGAL1", product={"imageUrls": [address]})
    assert ready_shop.listing(listing_id)["pictures"] == [address]


@pytest.mark.parametrize(
    ("content", "error_id"),
    [
        (b"<html>no picture</html>", 190203),
        (drawn(400, 300), 190202),
        (drawn(900, 700)[:300], 190203),
        (b"", 190203),
        (b"\0" * (12 * 1024 * 1024 + 1), 190201),
    ],
    ids=["page", "too small", "cut", "empty", "too large"],
)
def test_what_is_no_good_picture_is_refused(shop: Shop, content: bytes, error_id: int) -> None:
    refused = upload(shop, content)
    assert (refused.status_code, error_ids(refused)) == (400, [error_id])


def test_a_picture_nobody_lists_expires(ready_shop: Shop) -> None:
    kept, lost = (
        upload(ready_shop, drawn()).json()["imageUrl"],
        upload(ready_shop, drawn()).json()["imageUrl"],
    )
    ready_shop.list_item("REGAL1", product={"imageUrls": [kept]})
    ready_shop.control("POST", "/clock", {"advance_seconds": 31 * 86_400})
    ready_shop.connect()
    assert httpx2.get(kept).status_code == 200
    assert httpx2.get(lost).status_code == 404
    ready_shop.put_item("REGAL2", product={"imageUrls": [lost]})
    offer_id = ready_shop.good("POST", f"{INVENTORY}/offer", ready_shop.offer("REGAL2"))["offerId"]
    assert error_ids(ready_shop.call("POST", f"{INVENTORY}/offer/{offer_id}/publish", {})) == [25014]


def test_a_picture_comes_from_the_open_web(shop: Shop) -> None:
    made = shop.call("POST", FROM_URL, {"imageUrl": "https://bilder.example/regal.png"})
    assert made.status_code == 201
    for address in (
        "http://bilder.example/a.jpg",
        "https://bilder.example/missing/a.jpg",
        "https://x.example/a.html",
    ):
        assert error_ids(shop.call("POST", FROM_URL, {"imageUrl": address})) == [190204]


def test_so_many_posts_in_five_seconds_of_the_sandboxs_clock_and_no_more(shop: Shop) -> None:
    shop.control("POST", "/clock", {"advance_seconds": 3600})
    shop.connect()
    shop.control("POST", "/settings", {"picture_posts_per_5_seconds": 1})
    assert upload(shop, drawn()).status_code == 201
    refused = upload(shop, drawn())
    assert (refused.status_code, error_ids(refused)) == (429, [2001])
    shop.control("POST", "/clock", {"advance_seconds": 6})
    assert upload(shop, drawn()).status_code == 201
    shop.control("POST", "/clock", {"advance_seconds": -3600})
    assert upload(shop, drawn()).status_code == 201


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://assets.example/images/w_600,f_auto/a b.jpg", "JPEG"),
        ("http://shop.example/media/x.PNG?v=2", "PNG"),
        ("https://burst.example/photos/ohne-endung", "JPEG"),
    ],
)
def test_any_picture_address_has_a_picture(shop: Shop, address: str, kind: str) -> None:
    first = shop.http.get("/_web", params={"url": address})
    with Image.open(io.BytesIO(first.content)) as image:
        assert image.format == kind
        assert min(image.size) >= 800
    assert shop.http.get("/_web", params={"url": address}).content == first.content


@pytest.mark.parametrize(
    ("address", "status", "media_type"),
    [
        ("https://x.example/missing/a.jpg", 404, "text/html"),
        ("https://x.example/a.html", 200, "text/html"),
        ("ftp://x.example/a.jpg", 400, "text/plain"),
    ],
)
def test_the_open_web_has_holes(shop: Shop, address: str, status: int, media_type: str) -> None:
    found = shop.http.get("/_web", params={"url": address})
    assert (found.status_code, found.headers["content-type"].split(";")[0]) == (status, media_type)


def test_a_vanished_picture_stays_away(shop: Shop) -> None:
    shop.control("POST", "/faults", {"name": "picture_gone"})
    address = {"url": "https://x.example/a.jpg"}
    assert [shop.http.get("/_web", params=address).status_code for _ in range(2)] == [404, 404]
    assert shop.http.get("/_web", params={"url": "https://x.example/b.jpg"}).status_code == 200
    shop.control("DELETE", "/faults")
    assert shop.http.get("/_web", params=address).status_code == 200
