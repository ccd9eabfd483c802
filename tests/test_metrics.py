"""`/metrics`: there for Prometheus, for nobody else, and silent about who works here."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient
from tests.plugins.api import Caller, anonymous, api, enter

from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.tenancy import tenant

__all__ = ["anonymous", "api", "enter"]
TOKEN = "a-token-for-prometheus"


@pytest.fixture
def open_by_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "metrics_token", SecretStr(TOKEN))


def figures(client: TestClient) -> str:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return answer.text


def test_without_a_setting_there_is_none(anonymous: TestClient) -> None:
    assert anonymous.get("/metrics").status_code == 404
    assert anonymous.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.usefixtures("open_by_token")
def test_another_token_finds_none(anonymous: TestClient, api: Caller) -> None:
    assert anonymous.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 404
    assert TestClient.request(api, "GET", "/metrics").status_code == 404


def test_named_addresses_need_no_token(anonymous: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from kontor.asgi import application

    monkeypatch.setattr(settings(), "metrics_allowed_ips", ["10.1.2.0/24"])
    for address, status in (("10.1.2.9", 200), ("10.1.3.9", 404), ("nowhere", 404)):
        client = TestClient(application, base_url="http://127.0.0.1:8000", client=(address, 50000))
        assert client.get("/metrics").status_code == status


@pytest.mark.usefixtures("open_by_token")
def test_requests_are_counted_by_template_and_status(anonymous: TestClient, api: Caller) -> None:
    job_id = "019b0000-0000-7000-8000-000000000000"
    assert api.get(f"/jobs/{job_id}").status_code == 404
    assert anonymous.get("/api/v1/listings").status_code == 401
    told = figures(anonymous)
    assert (
        'kontor_http_request_seconds_count{method="GET",route="/api/v1/jobs/{job_id}",status="404"}' in told
    )
    assert 'route="/api/v1/listings",status="401"' in told
    assert job_id not in told


@pytest.mark.usefixtures("open_by_token")
def test_jobs_are_told_by_lane_and_state_without_whose_they_are(
    anonymous: TestClient, tenant_a: UUID
) -> None:
    from kontor.jobs import service
    from kontor.jobs.models import Lane

    with tenant(tenant_a):
        service.add("tests.any", {}, lane=Lane.BULK, run_at=now() - timedelta(seconds=90))
        service.add("tests.any", {}, lane=Lane.BULK, run_at=now() + timedelta(hours=1))
    told = figures(anonymous)
    assert 'kontor_jobs{lane="bulk",state="due"} 1.0' in told
    assert 'kontor_jobs{lane="bulk",state="later"} 1.0' in told
    assert 'kontor_jobs{lane="now",state="due"} 0.0' in told
    age = next(
        line for line in told.splitlines() if line.startswith('kontor_jobs_oldest_due_seconds{lane="bulk"}')
    )
    assert 90 <= float(age.rpartition(" ")[2]) < 600
    assert "kontor_live_sockets" in told
    assert 'kontor_database_pool{state="used"}' in told
    assert str(tenant_a) not in told
    assert "Alpha Handel" not in told
