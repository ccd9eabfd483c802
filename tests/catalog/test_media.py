"""Stored pictures: once per content, behind signed addresses, fetched as jobs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from starlette.testclient import TestClient
from tests.catalog.test_pictures import opened, picture
from tests.plugins.api import Caller

from kontor.catalog import changes, media
from kontor.catalog.models import Listing, Media
from kontor.core import config
from kontor.core.tenancy import tenant
from kontor.goods import service
from kontor.goods.service import PictureInput, ProductInput, ProductView, VariantInput


def upload(api: Caller, content: bytes, name: str = "a.jpg") -> dict[str, object]:
    answer = api.post("/media", files={"file": (name, content, "image/jpeg")})
    assert answer.status_code == 201, answer.text
    made: dict[str, object] = answer.json()
    return made


def test_the_same_content_is_stored_once(api: Caller) -> None:
    first, second = upload(api, picture()), upload(api, picture(), "b.jpg")
    assert first == second
    with tenant(api.tenant_id):
        assert Media.objects.count() == 1


def test_two_threads_that_store_the_same_leave_one_set_of_files(tenant_a: UUID) -> None:
    ready = threading.Barrier(4)

    def store() -> None:
        from django.db import connections

        ready.wait(timeout=20)
        media.store(tenant_a, picture())
        connections.close_all()

    threads = [threading.Thread(target=store) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    with tenant(tenant_a):
        [row] = Media.objects.all()
    folders, _ = default_storage.listdir(str(tenant_a))
    files = [name for folder in folders for name in default_storage.listdir(f"{tenant_a}/{folder}")[1]]
    assert sorted(files) == sorted(
        {entry["name"].rpartition("/")[2] for entry in row.files.values() if "name" in entry}
    )


def test_a_picture_is_had_by_its_signed_address_alone(api: Caller, anonymous: TestClient) -> None:
    made = upload(api, picture((3000, 2000)))
    for name, size in {
        "small": (96, 64),
        "thumb": (320, 213),
        "large": (1600, 1067),
        "original": (3000, 2000),
    }.items():
        answer = anonymous.get(str(made[name]))
        assert answer.status_code == 200
        assert opened(answer.content).size == size
        assert answer.headers["content-type"] == "image/jpeg"
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_renditions_are_made_at_their_first_use_and_kept(tenant_a: UUID) -> None:
    stored = media.store(tenant_a, picture((3000, 2000)))
    assert (stored.files["channel_1600"]["width"], stored.files["channel_1600"]["height"]) == (1600, 1067)
    folder = f"{tenant_a}/{stored.id.hex[-2:]}"
    assert len(default_storage.listdir(folder)[1]) == 1
    ready = threading.Barrier(3)

    def look() -> None:
        from django.db import connections

        ready.wait(timeout=20)
        assert opened(stored.read("thumb_320")).size == (320, 213)
        connections.close_all()

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    with tenant(tenant_a):
        kept = media.get(stored.id)
    assert sorted(default_storage.listdir(folder)[1]) == sorted(
        entry["name"].rpartition("/")[2] for entry in kept.files.values() if "name" in entry
    )
    assert len(default_storage.listdir(folder)[1]) == 2
    assert kept.read("thumb_320") == stored.read("thumb_320")


def test_a_changed_address_finds_nothing(api: Caller, anonymous: TestClient, tenant_b: UUID) -> None:
    made = upload(api, picture())
    path, _, signature = str(made["thumb"]).partition("?sig=")
    foreign = media.signed_path(tenant_b, UUID(str(made["id"])), "thumb_320")
    for address in (
        path, f"{path}?sig=x", f"{path}?sig={signature[:-4]}AAAA", foreign,
        f"{path.replace('thumb_320', 'original')}?sig={signature}", f"{path}?sig=%00%ff",
    ):  # fmt: skip
        assert anonymous.get(address).status_code == 404, address


def test_what_is_no_picture_is_refused_with_its_code(api: Caller) -> None:
    answer = api.post("/media", files={"file": ("a.jpg", b"<html>", "image/jpeg")})
    assert (answer.status_code, answer.json()["code"]) == (422, "media.not_a_picture")


class Web(BaseHTTPRequestHandler):
    """Stands for other people's servers: answers by the last part of the address."""

    broken = False

    def do_GET(self) -> None:
        url = parse_qs(urlsplit(self.path).query)["url"][0]
        name = url.rpartition("/")[2]
        if name == "down.jpg" and Web.broken:
            return self.send_error(503)
        if name == "missing.jpg":
            return self.send_error(404)
        content = b"<html>" if name == "page.jpg" else picture((800, 600 + len(name)))
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        return None

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Web]]:
    """A web of pictures, reached through the demo's gateway."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr(config.settings(), "fetch_gateway", f"http://127.0.0.1:{server.server_port}/")
    Web.broken = False
    yield Web
    server.shutdown()
    server.server_close()


def listing(tenant_id: UUID, *names: str) -> ProductView:
    """A product with pictures at these addresses."""
    pictures = tuple(PictureInput(url=f"https://pictures.example/{name}") for name in names)
    draft = ProductInput(title={"de": "Schürze"}, variants=(VariantInput("WL-1"),), pictures=pictures)
    with tenant(tenant_id):
        return service.save(None, draft)


def test_pictures_are_fetched_after_the_save_and_publishing_hears_of_it(
    tenant_a: UUID, web: type[Web], drain: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[frozenset[str]] = []
    made = listing(tenant_a, "a.jpg", "page.jpg", "missing.jpg", "b.jpg")
    assert [each.state for each in made.pictures] == ["waiting"] * 4
    monkeypatch.setattr(changes, "changed", [lambda ids, what: heard.append(what)])
    drain()
    with tenant(tenant_a):
        view = service.get(made.listing_id)
        row = Listing.objects.get(id=made.listing_id)
    assert [each.state for each in view.pictures] == ["stored", "failed", "failed", "stored"]
    codes = [each.problem["code"] for each in view.pictures if each.problem]
    assert codes == ["media.not_a_picture", "fetch.not_found"]
    assert (row.pictures_waiting, row.pictures_failed, row.thumb_id) == (0, 2, view.pictures[0].media_id)
    assert heard == [frozenset({"content"})]
    assert view.revision == 1
    assert opened(view.pictures[0].read("thumb_320")).width == 320


def test_an_outage_is_tried_again_and_then_becomes_a_problem_that_can_be_retried(
    tenant_a: UUID, web: type[Web], drain: Callable[..., int], api: Caller
) -> None:
    web.broken = True
    made = listing(tenant_a, "down.jpg", "a.jpg")
    drain()
    with tenant(tenant_a):
        assert [each.state for each in service.get(made.listing_id).pictures] == ["waiting", "stored"]
    drain(ahead_seconds=3600)
    with tenant(tenant_a):
        [down, _] = service.get(made.listing_id).pictures
    assert down.state == "failed"
    assert down.problem
    assert down.problem["code"] == "fetch.unreachable"
    web.broken = False
    assert api.post(f"/listings/{made.listing_id}/media/retry").json()["pictures"][0]["state"] == "waiting"
    drain(ahead_seconds=3600)
    with tenant(tenant_a):
        assert [each.state for each in service.get(made.listing_id).pictures] == ["stored", "stored"]


def test_a_picture_taken_off_and_put_back_is_not_fetched_again(
    tenant_a: UUID, web: type[Web], drain: Callable[..., int]
) -> None:
    made = listing(tenant_a, "a.jpg", "b.jpg")
    drain()
    with tenant(tenant_a):
        service.save(made.listing_id, ProductInput(pictures=()))
        assert service.get(made.listing_id).pictures == ()
        back = service.undo(made.listing_id, 1)
    assert [each.state for each in back.pictures] == ["stored", "stored"]
    assert drain() == 0


def test_pictures_are_ordered_added_and_taken_off_in_one_go(
    tenant_a: UUID, web: type[Web], drain: Callable[..., int], api: Caller
) -> None:
    made = listing(tenant_a, "a.jpg", "b.jpg")
    drain()
    new = upload(api, picture((640, 480)))
    a, b = (str(each.id) for each in made.pictures)
    answer = api.put(
        f"/listings/{made.listing_id}/media",
        json={"pictures": [{"media_id": new["id"]}, {"id": b, "variant_sku": "WL-1"}]},
        headers={"If-Match": '"1"'},
    )
    assert answer.status_code == 200, answer.text
    shown = answer.json()["pictures"]
    assert shown[0]["media"]["id"] == new["id"]
    assert [each["variant_sku"] for each in shown] == ["", "WL-1"]
    assert a not in [each["id"] for each in shown]
    row = api.get("/listings").json()["items"][0]
    assert row["thumb"].startswith(f"/api/v1/media/{new['id']}/")
