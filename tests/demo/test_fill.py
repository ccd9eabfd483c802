"""The demo's shop: there after the first start, and left alone by the next."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.plugins.api import anonymous

from kontor.accounts.models import Person, Tenant
from kontor.catalog.models import Listing, ListingMedia, Media
from kontor.core.tenancy import tenant
from kontor.demo import fill
from kontor.goods.models import Brand

__all__ = ["anonymous"]


@pytest.mark.usefixtures("db")
def test_the_demo_is_filled_once(anonymous: TestClient) -> None:
    log_in = fill()
    answer = anonymous.post("/api/v1/auth/login", json={"email": log_in.email, "password": log_in.password})
    assert answer.status_code == 200, answer.text
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    first = anonymous.get("/api/v1/listings?limit=200&total=true", headers=headers).json()
    assert first["total"] >= 25
    assert all(row["thumb"] for row in first["items"])
    assert any(row["variant_count"] > 1 for row in first["items"])
    assert fill() == log_in
    again = anonymous.get("/api/v1/listings?limit=200&total=true", headers=headers).json()
    assert again == first
    assert Person.objects.filter(email=log_in.email).count() == 1
    with tenant(Tenant.objects.get().id):
        assert not ListingMedia.objects.exclude(state="stored").exists()
        assert Media.objects.count() >= Listing.objects.count()
        assert Brand.objects.get(name="Hafenleinen").manufacturer["city"] == "Lübeck"
