"""What is one's own: profile, preferences, picture, and how one hears of what happens."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from starlette.testclient import TestClient
from tests.plugins.api import Caller, Enter
from tests.plugins.mails import Post

from kontor.accounts.models import Person
from kontor.accounts.people import notices
from kontor.accounts.people.models import Notice
from kontor.core.clock import now
from kontor.core.tenancy import NoTenant, tenant
from kontor.live import queries

ORDER = {"number": "26-01001", "channel": "eBay"}


@pytest.fixture
def reader(tenant_a: UUID, enter: Enter) -> Caller:
    """Somebody who may change nothing of the business."""
    caller = enter(tenant_a, "read_only")
    Person.objects.filter(id=caller.person_id).update(email_verified_at=now(), language="en")
    return caller


def person(caller: Caller) -> Person:
    return Person.objects.get(id=caller.person_id)


def test_anybody_edits_their_own_profile(reader: Caller) -> None:
    wish = {"first_name": " Rike  Anna ", "phone": "+49 40 1234"}
    answer = reader.patch("/me/profile", json=wish)
    assert answer.status_code == 200, answer.text
    shown = reader.get("/me/profile").json()
    assert (shown["first_name"], shown["last_name"], shown["phone"]) == (
        "Rike Anna",
        "read_only",
        "+49 40 1234",
    )
    stale = reader.patch("/me/profile", json=wish, headers={"If-Match": '"1"'})
    assert stale.json()["code"] == "stale_edit"
    fresh = {"If-Match": answer.headers["etag"]}
    assert reader.patch("/me/profile", json={"position": "Lager"}, headers=fresh).status_code == 200
    assert reader.patch("/me/profile", json={"email": "x@y.example"}).status_code == 422
    assert reader.patch("/me/profile", json={"first_name": None}).status_code == 422


def test_preferences_are_kept_and_judged(reader: Caller) -> None:
    wish = {"language": "fr", "time_zone": "America/New_York", "theme": "dark", "start_page": "inbox"}
    assert reader.patch("/me/preferences", json=wish).json() == {**wish, "tour_done": False}
    assert reader.patch("/me/preferences", json={"tour_done": True}).json() == {**wish, "tour_done": True}
    bad = reader.patch("/me/preferences", json={"time_zone": "Europe/Atlantis"})
    assert bad.json()["problems"][0]["code"] == "time_zone.unknown"
    assert reader.patch("/me/preferences", json={"theme": "pink"}).status_code == 422


def picture(width: int, height: int, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (width, height), "navy")
    image.paste("orange", (width // 2 - 5, height // 2 - 5, width // 2 + 5, height // 2 + 5))
    image.save(out, kind, **options)
    return out.getvalue()


def upload(caller: Caller, content: bytes, name: str = "me.jpg") -> Any:
    return caller.post("/me/avatar", files={"file": (name, content, "image/svg+xml")})


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_cut_square_and_written_anew(reader: Caller, anonymous: TestClient, kind: str) -> None:
    path = upload(reader, picture(600, 300, kind)).json()["avatar_url"]
    shown = anonymous.get(path)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert "sandbox" in shown.headers["content-security-policy"]
    assert shown.headers["x-content-type-options"] == "nosniff"
    made = Image.open(io.BytesIO(shown.content))
    assert (made.format, made.size) == ("WEBP", (256, 256))
    red, green, blue = made.convert("RGB").getpixel((128, 128))  # type: ignore[misc]
    assert red > 200 > blue, (red, green, blue)


def test_what_a_camera_wrote_into_it_is_gone(reader: Caller, anonymous: TestClient) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    path = upload(reader, picture(300, 300, exif=exif)).json()["avatar_url"]
    assert b"Secret Camera" not in anonymous.get(path).content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "media.not_a_picture"),
        (b"<!doctype html><script>alert(1)</script>", "media.not_a_picture"),
        (b"GIF89a<script>alert(1)</script>", "media.not_a_picture"),
        (picture(300, 300)[:200], "media.not_a_picture"),
        (b"", "media.not_a_picture"),
        (picture(8001, 2, "PNG"), "media.too_large_dimensions"),
        (b"\xff\xd8" + b"0" * (5 * 1024 * 1024), "media.too_many_bytes"),
    ],
)
def test_what_is_no_portrait_is_refused(reader: Caller, content: bytes, code: str) -> None:
    answer = upload(reader, content)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert reader.get("/me/profile").json()["avatar_url"] is None


def test_a_picture_that_nobody_has_any_more_is_gone(
    reader: Caller, api: Caller, anonymous: TestClient
) -> None:
    path = upload(reader, picture(300, 300)).json()["avatar_url"]
    assert upload(api, picture(300, 300)).json()["avatar_url"] == path
    assert reader.delete("/me/avatar").status_code == 204
    assert anonymous.get(path).status_code == 200, "another one has the same"
    upload(api, picture(300, 299))
    assert anonymous.get(path).status_code == 404
    assert anonymous.get("/api/v1/avatars/../../settings").status_code in (404, 422)


def test_each_hears_of_things_as_they_chose(tenant_a: UUID, api: Caller, reader: Caller, post: Post) -> None:
    Person.objects.filter(id=api.person_id).update(email_verified_at=now())
    wish = {"events": {"order.received": "email", "import.done": "none"}}
    shown = reader.patch("/me/notifications", json=wish).json()
    assert {row["event"]: row["choice"] for row in shown["events"]}["order.received"] == "email"
    notices.notify("order.received", tenant_a, link="/inbox", **ORDER)
    notices.notify("import.done", tenant_a, link="/imports", file="waren.csv", imported=1, refused=0)
    assert [row["event"] for row in reader.get("/me/notices").json()["items"]] == ["order.received"]
    assert [row["event"] for row in api.get("/me/notices").json()["items"]] == [
        "import.done",
        "order.received",
    ]
    assert [mail.subject for mail in post.to(person(reader).email)] == [
        "Alpha Handel: order 26-01001 from eBay"
    ]
    assert post.to(person(api).email) == []
    assert post.link(person(reader).email).endswith("/inbox")
    with tenant(tenant_a):
        told = [event for event in queries.since(0)[0] if event.kind == "notice.made"]
    assert {event.entity_id for event in told} == {reader.person_id, api.person_id}


def test_an_address_that_was_not_confirmed_gets_no_mail_but_of_its_safety(
    tenant_a: UUID, reader: Caller, post: Post
) -> None:
    Person.objects.filter(id=reader.person_id).update(email_verified_at=None)
    notices.notify("connection.refused", tenant_a, [reader.person_id], channel="eBay")
    assert post.all() == []
    assert reader.patch("/me/notifications", json={"events": {"security": "none"}}).status_code == 422
    notices.notify("security.factor_added", tenant_a, [reader.person_id])
    assert len(post.to(person(reader).email)) == 1


def test_notices_are_read_by_whose_they_are(tenant_a: UUID, api: Caller, reader: Caller) -> None:
    for _ in range(3):
        notices.notify("order.received", tenant_a, **ORDER)
    page = reader.get("/me/notices", params={"limit": 2}).json()
    assert (len(page["items"]), page["unread"]) == (2, 3)
    rest = reader.get("/me/notices", params={"limit": 2, "cursor": page["next_cursor"]}).json()
    assert len(rest["items"]) == 1
    mine = page["items"][0]["id"]
    assert api.post("/me/notices/read", json={"ids": [mine]}).json() == {"unread": 3}
    assert reader.post("/me/notices/read", json={"ids": [mine]}).json() == {"unread": 2}
    assert len(reader.get("/me/notices", params={"unread": True}).json()["items"]) == 2
    assert reader.post("/me/notices/read", json={"all": True}).json() == {"unread": 0}


def test_a_notice_belongs_to_the_open_business(tenant_a: UUID, tenant_b: UUID) -> None:
    with tenant(tenant_b), pytest.raises(NoTenant):
        notices.notify("order.received", tenant_a, **ORDER)


def test_what_is_unread_in_the_morning_comes_as_one_mail(
    tenant_a: UUID, api: Caller, reader: Caller, post: Post
) -> None:
    address = person(reader).email
    Person.objects.filter(id=reader.person_id).update(time_zone="Asia/Tokyo")
    reader.patch("/me/notifications", json={"daily_digest": True, "events": {"connection.refused": "email"}})
    notices.notify("order.received", tenant_a, **ORDER)
    notices.notify("order.received", tenant_a, **{**ORDER, "number": "26-01002"})
    notices.notify("connection.refused", tenant_a, channel="eBay")
    already = len(post.to(address))
    day = (datetime.now(UTC) + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
    assert notices.send_digests(tenant_a, day.replace(hour=21, minute=59)) == 0, "06:59 in Tokyo"
    assert notices.send_digests(tenant_a, day.replace(hour=22)) == 1
    assert notices.send_digests(tenant_a, day.replace(hour=22, minute=30)) == 0
    mail = post.to(address)[already]
    assert mail.subject == "Your Kontor today: 2 notices"
    assert "- Alpha Handel: order 26-01002 from eBay\n- Alpha Handel: order 26-01001 from eBay" in mail.body
    notices.notify("order.received", tenant_a, **{**ORDER, "number": "26-01003"})
    reader.post("/me/notices/read", json={"all": True})
    assert notices.send_digests(tenant_a, day + timedelta(days=3)) == 0, "what was read needs no summary"
    with tenant(tenant_a):
        assert Notice.objects.filter(person_id=api.person_id, digested_at=None).count() == 4


def test_what_comes_of_an_own_import_is_told_to_who_asked(
    tenant_a: UUID, api: Caller, reader: Caller, drain: Callable[..., int]
) -> None:
    """Through the import itself: nobody else needs to hear of it."""
    content = b"sku,title,price,currency,quantity\nA-1,Kaffeekanne,12.50,EUR,3\nA-2,,x,EUR,1\n"
    number = api.post("/imports", files={"file": ("waren.csv", content)}).json()["id"]
    started = api.post(f"/imports/{number}/start", json={"update_existing": False})
    assert started.status_code < 300, started.text
    drain()
    (notice,) = api.get("/me/notices").json()["items"]
    assert (notice["event"], notice["link"]) == ("import.done", f"/imports/{number}")
    assert notice["params"]["file"] == "waren.csv"
    assert reader.get("/me/notices").json()["items"] == []
