"""Files that people send."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import UploadFile
from starlette.testclient import TestClient
from tests.plugins.api import Serve

from kontor.core.config import settings
from kontor.core.http.routing import router
from kontor.core.http.uploads import file_name, stored


@pytest.fixture
def client(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("MAX_UPLOAD_SIZE", "4096")
    settings.cache_clear()
    routes = router("", "X")

    @routes.post("/files", scope="public", upload=True)
    def take(file: UploadFile) -> list[str]:
        with stored(file) as path:
            return [file_name(file), str(path.stat().st_size)]

    yield serve(routes)
    monkeypatch.undo()
    settings.cache_clear()


def test_a_file_arrives_whole_and_its_name_without_folders(client: TestClient) -> None:
    names = {
        "waren.csv": "waren.csv",
        "C:\\Users\\Rike\\waren.csv": "waren.csv",
        "../../etc/passwd": "passwd",
        "..": "file",
        "x" * 300: "x" * 200,
    }
    for sent, kept in names.items():
        answer = client.post("/files", files={"file": (sent, b"sku,title\n")})
        assert answer.json() == [kept, "10"], sent


def test_a_file_beyond_the_limit_is_refused(client: TestClient) -> None:
    for size in (4097, 200_000):
        answer = client.post("/files", files={"file": ("waren.csv", b"x" * size)})
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert client.post("/files", files={"file": ("waren.csv", b"x" * 4096)}).status_code == 200
