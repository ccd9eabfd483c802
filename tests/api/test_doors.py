"""The application as a whole: probes, documentation, the web UI's files, the headers on everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from kontor.web_ui import WebUi


def test_the_probes_answer_whatever_the_host_is_called(anonymous: TestClient) -> None:
    for path in ("/healthz", "/readyz"):
        assert anonymous.get(path, headers={"Host": "10.1.2.3"}).status_code == 200
    assert anonymous.get("/api/v1/auth/me", headers={"Host": "10.1.2.3"}).json()["code"] == "host.unknown"


def test_not_ready_while_a_migration_is_missing(anonymous: TestClient, superuser: str) -> None:
    import psycopg

    with psycopg.connect(superuser, autocommit=True) as db:
        rows = db.execute(
            "delete from django_migrations where app = 'accounts' returning app, name, applied"
        ).fetchall()
        try:
            answer = anonymous.get("/readyz")
        finally:
            db.cursor().executemany(
                "insert into django_migrations (app, name, applied) values (%s, %s, %s)", rows
            )
    assert (answer.status_code, answer.json()["code"]) == (503, "database.unavailable")
    assert answer.json()["params"]["missing"] >= 1
    assert anonymous.get("/readyz").status_code == 200


def test_the_documentation_comes_from_here_alone(anonymous: TestClient) -> None:
    pytest.importorskip("drf_spectacular_sidecar", reason="Swagger UI's wheel is not installed")
    page = anonymous.get("/docs")
    assert page.status_code == 200
    assert "://" not in page.text
    assert anonymous.get("/docs/assets/swagger-ui-bundle.js").status_code == 200
    assert anonymous.get("/api/v1/openapi.json").json()["info"]["title"] == "Kontor"


def test_an_unknown_socket_is_refused(anonymous: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), anonymous.websocket_connect("/elsewhere"):
        pass


@pytest.fixture
def built(tmp_path: Path) -> TestClient:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "index-1a2b.js").write_text("run()")
    (tmp_path / "index.html").write_text("<title>Kontor</title>")
    (tmp_path / "icon.svg").write_text("<svg/>")
    return TestClient(WebUi(tmp_path))


def test_pages_of_the_app_get_the_app(built: TestClient) -> None:
    for path in ("/", "/listings", "/listings/0192/variants"):
        answer = built.get(path)
        assert (answer.status_code, answer.text) == (200, "<title>Kontor</title>")
        assert answer.headers["cache-control"] == "no-cache"


def test_hashed_files_are_kept_for_ever_and_missing_ones_are_missing(built: TestClient) -> None:
    assert "immutable" in built.get("/assets/index-1a2b.js").headers["cache-control"]
    assert built.get("/icon.svg").headers["cache-control"] == "no-cache"
    for path in ("/assets/index-0000.js", "/robots.txt", "/../pyproject.toml", "/..%2f..%2fpyproject.toml"):
        answer = built.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), path
    assert built.post("/", content="x").json()["code"] == "method_not_allowed"


def test_without_a_build_the_page_says_what_to_do(tmp_path: Path) -> None:
    answer = TestClient(WebUi(tmp_path / "none")).get("/")
    assert answer.status_code == 503
    assert "make web" in answer.text
