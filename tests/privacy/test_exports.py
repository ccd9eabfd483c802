"""Whoever asks gets all that is kept, and nobody else gets any of it."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from PIL import Image
from starlette.testclient import TestClient
from tests.plugins.api import Caller, Enter

from kontor.accounts.models import Session
from kontor.catalog import media
from kontor.catalog.models import Media
from kontor.core.clock import now
from kontor.core.tenancy import TenantModel, tenant
from kontor.jobs import schedules
from kontor.jobs import service as jobs
from kontor.live import events
from kontor.privacy import archive, exports, inventory
from kontor.privacy.models import Export

Drain = Callable[..., int]


def made(api: Caller, drain: Drain, subject: str) -> dict[str, Any]:
    """An export that is ready."""
    answer = api.post("/privacy/exports", json={"subject": subject})
    assert answer.status_code == 201, answer.text
    drain(["privacy.export"])
    found: dict[str, Any] = api.get(f"/privacy/exports/{answer.json()['id']}").json()
    assert found["state"] == "ready"
    return found


def fetched(api: Caller, export: dict[str, Any]) -> zipfile.ZipFile:
    """Its content, by a link and without any header."""
    link = api.post(f"/privacy/exports/{export['id']}/link").json()["url"]
    answer = api.get(link, headers={"Authorization": ""})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    return zipfile.ZipFile(io.BytesIO(answer.content))


def rows(found: zipfile.ZipFile, table: str) -> list[dict[str, Any]]:
    """One table of it."""
    return [json.loads(line) for line in found.read(f"data/{table}.ndjson").splitlines()]


class TestInventory:
    def test_every_table_is_exported_or_left_out_for_a_reason(self) -> None:
        ours = {model._meta.label for model in inventory.ours()}
        business = {model._meta.label for model in inventory.exported()}
        left_out = {**inventory.NOT_EXPORTED, **inventory.NOT_A_BUSINESS}
        assert business | set(left_out) == ours
        assert business & set(left_out) == set()
        assert all(left_out.values())

    def test_every_table_that_knows_people_tells_them_or_says_why_not(self) -> None:
        known = {model._meta.label for model in inventory.ours() if inventory.knows_people(model)}
        assert known <= set(inventory.PERSON_ROWS) | set(inventory.NOT_A_PERSON)
        assert set(inventory.PERSON_ROWS) & set(inventory.NOT_A_PERSON) == set()

    def test_nothing_is_named_that_does_not_exist(self) -> None:
        named = [*inventory.NOT_EXPORTED, *inventory.NOT_A_BUSINESS, *inventory.BUSINESS_ROWS,
                 *inventory.PERSON_ROWS, *inventory.NOT_A_PERSON, *inventory.PERSON_DELETED]  # fmt: skip
        for label in named:
            assert apps.get_model(label)._meta.label == label

    def test_no_secret_leaves(self) -> None:
        for model in inventory.exported():
            assert not {"secret", "sealed", "password", "hash"} & set(inventory.columns(model)), model


def test_a_business_takes_everything_along(
    api: Caller, tenant_a: UUID, tenant_b: UUID, connection_id: UUID, listing_id: UUID, drain: Drain
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (600, 600), (90, 30, 10)).save(picture, "PNG")
    stored = media.store(tenant_a, picture.getvalue())
    media.store(tenant_b, picture.getvalue())
    export = made(api, drain, "business")
    found = fetched(api, export)
    assert found.testzip() is None
    assert [row["id"] for row in rows(found, "catalog.listing")] == [str(listing_id)]
    assert [row["sku"] for row in rows(found, "goods.variant")] == ["K-1"]
    (connection,) = rows(found, "connections.connection")
    assert connection["id"] == str(connection_id)
    assert "secret" not in connection
    assert [row["person_id"] for row in rows(found, "people")] == [str(api.person_id)]
    manifest = json.loads(found.read("manifest.json"))
    assert set(manifest["tables"]) == {model._meta.label.lower() for model in inventory.exported()}
    assert export["rows"] == sum(manifest["tables"].values())
    names = {str(entry["name"]) for entry in stored.files.values() if "name" in entry}
    packed = [name for name in found.namelist() if name.startswith("files/media/")]
    assert len(packed) == len(names)
    assert str(tenant_b) not in "".join(found.namelist())
    for model in inventory.of_tenants():  # no row of another business, in whatever table
        if model._meta.label.lower() in manifest["tables"]:
            assert {row["tenant_id"] for row in rows(found, model._meta.label.lower())} <= {str(tenant_a)}


def test_a_person_gets_what_is_kept_about_them(
    api: Caller, tenant_a: UUID, enter: Enter, drain: Drain
) -> None:
    other = enter(tenant_a, "member")
    other.patch("/me/profile", json={"first_name": "Ole"})
    api.patch("/me/profile", json={"first_name": "Martina", "phone": "+49 40 1"})
    found = fetched(api, made(api, drain, "person"))
    (profile,) = rows(found, "accounts.person")
    assert (profile["first_name"], profile["phone"]) == ("Martina", "+49 40 1")
    assert not {"password", "is_staff"} & set(profile)
    assert [row["role"] for row in rows(found, "accounts.membership")] == ["owner"]
    assert [row["id"] for row in rows(found, "accounts.session")] == [str(api.session_id)]
    assert {row["actor_id"] for row in rows(found, "audit.entry")} == {str(api.person_id)}
    everything = b"".join(found.read(name) for name in found.namelist())
    assert b"Ole" not in everything


class TestDoors:
    def test_it_wants_a_proof(self, api: Caller) -> None:
        Session.objects.update(proven_at=now() - timedelta(minutes=11))
        assert api.post("/privacy/exports", json={"subject": "person"}).json()["code"] == "proof.needed"

    def test_fetching_wants_one_too(self, api: Caller, drain: Drain) -> None:
        export = made(api, drain, "person")
        Session.objects.update(proven_at=now() - timedelta(minutes=11))
        assert api.post(f"/privacy/exports/{export['id']}/link").json()["code"] == "proof.needed"

    @pytest.mark.parametrize("role", ["admin", "member", "read_only"])
    def test_a_business_is_its_owners(self, tenant_a: UUID, enter: Enter, role: str) -> None:
        answer = enter(tenant_a, role).post("/privacy/exports", json={"subject": "business"})
        assert (answer.status_code, answer.json()["code"]) == (403, "people.owner_only")
        assert enter(tenant_a, role).post("/privacy/exports", json={"subject": "person"}).status_code == 201

    def test_nobody_else_sees_or_fetches_it(
        self, api: Caller, tenant_a: UUID, enter: Enter, drain: Drain
    ) -> None:
        export, other = made(api, drain, "business"), enter(tenant_a, "owner")
        assert other.get("/privacy/exports").json()["items"] == []
        assert other.get(f"/privacy/exports/{export['id']}").status_code == 404
        assert other.post(f"/privacy/exports/{export['id']}/link").status_code == 404
        assert other.delete(f"/privacy/exports/{export['id']}").status_code == 404

    def test_a_link_ends(
        self, api: Caller, anonymous: TestClient, drain: Drain, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        export = made(api, drain, "person")
        link = api.post(f"/privacy/exports/{export['id']}/link").json()["url"]
        assert anonymous.get(link).status_code == 200
        assert anonymous.get(link[:-3] + "AAA").json()["code"] == "export.link_over"
        monkeypatch.setattr(exports, "LINK_LIVES", timedelta(seconds=-1))
        assert anonymous.get(link).json()["code"] == "export.link_over"
        monkeypatch.undo()
        assert api.delete(f"/privacy/exports/{export['id']}").status_code == 204
        assert anonymous.get(link).status_code == 410

    def test_one_at_a_time(self, api: Caller, tenant_a: UUID, drain: Drain) -> None:
        first = api.post("/privacy/exports", json={"subject": "person"}).json()
        assert api.post("/privacy/exports", json={"subject": "person"}).json()["code"] == "export.running"
        with tenant(tenant_a):
            jobs.cancel(UUID(first["job_id"]))
        assert api.get(f"/privacy/exports/{first['id']}").json()["state"] == "failed"
        assert api.post("/privacy/exports", json={"subject": "person"}).status_code == 201


def test_it_goes_after_its_days(api: Caller, tenant_a: UUID, drain: Drain) -> None:
    made(api, drain, "person")
    with tenant(tenant_a):
        row = Export.objects.get()
        assert exports.path_of(row).is_file()
        Export.objects.update(expires_at=now())
    schedules.ensure_declared()
    drain(["privacy.prune"], scheduled=True)
    assert not exports.path_of(row).exists()
    assert api.get("/privacy/exports").json()["items"] == []


def test_a_killed_attempt_leaves_nothing_half(api: Caller, tenant_a: UUID, drain: Drain) -> None:
    answer = api.post("/privacy/exports", json={"subject": "person"}).json()
    with tenant(tenant_a):
        row = Export.objects.get()
    path = exports.path_of(row)

    def die(name: str) -> None:
        if name == "accounts.session":
            raise SystemExit

    from kontor.accounts.models import Person

    with pytest.raises(SystemExit):
        archive.write_person(path, Person.objects.get(id=api.person_id), die)
    assert not path.exists()
    drain(["privacy.export"])
    assert api.get(f"/privacy/exports/{answer['id']}").json()["state"] == "ready"
    assert zipfile.ZipFile(path).testzip() is None
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_memory_stays_flat(tenant_a: UUID, tmp_path: Any) -> None:
    def peak(count: int) -> int:
        with tenant(tenant_a):
            Media.objects.all().delete()
            Media.objects.bulk_create(
                Media(sha256=f"{number:064}", content_type="image/png", width=1, height=1, bytes=1, files={"x": "y" * 500},
                      created_at=now()) for number in range(count)
            )  # fmt: skip
        tracemalloc.start()
        archive.write_business(tmp_path / "a.zip", tenant_a, lambda _: None)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)  # what is loaded once
    assert peak(6000) < 1.5 * peak(1000)


def test_models_with_a_tenant_are_found_by_themselves() -> None:
    assert all(issubclass(model, TenantModel) for model in inventory.of_tenants())
    assert events.record  # the log of events is left out, for the reason that the inventory gives
