"""A sandbox in a process of its own that keeps every recorded request whole, so that it can be sent again."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2

from kontor_sandbox import recording
from kontor_sandbox.ebay import oauth

ROOT: Final = Path(__file__).parents[1]
MOST_REQUESTS, MOST_CHARACTERS = 100_000, 10_000_000


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox and its folder."""

    url: str
    data: Path

    def call(self, method: str, path: str, **body: Any) -> Any:
        """One call of the control API."""
        answer = httpx2.request(method, f"{self.url}/_sandbox/api{path}", json=body or None, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def requests_after(self, number: int) -> list[dict[str, Any]]:
        """What was called since, oldest first."""
        return list(self.call("GET", f"/requests?after={number}&limit={MOST_REQUESTS}")["requests"])

    def last_request(self) -> int:
        """The number of the newest recorded request."""
        return max((row["number"] for row in self.requests_after(0)), default=0)

    def consent(self) -> str:
        """An access token of the seller, as any application gets one."""
        asked = {
            "client_id": oauth.DEFAULT_CLIENT_ID,
            "redirect_uri": oauth.DEFAULT_RU_NAME,
            "response_type": "code",
            "scope": " ".join(sorted(oauth.SCOPES)),
        }
        page = f"{self.url}/oauth2/authorize?{urlencode(asked)}"
        back = self.call("POST", "/consents", authorize_url=page)["redirect_url"]
        answer = httpx2.post(
            f"{self.url}/identity/v1/oauth2/token",
            data={
                "grant_type": "authorization_code",
                "code": parse_qs(urlsplit(back).query)["code"][0],
                "redirect_uri": oauth.DEFAULT_RU_NAME,
            },
            auth=(oauth.DEFAULT_CLIENT_ID, oauth.DEFAULT_SECRET),
        )
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    def copy_to(self, folder: Path) -> None:
        """All that it knows, for a twin."""
        folder.mkdir()
        name = "sandbox.sqlite3"
        with (
            closing(sqlite3.connect(self.data / name)) as known,
            closing(sqlite3.connect(folder / name)) as twin,
        ):
            known.backup(twin)


@contextmanager
def running(data: Path) -> Iterator[Sandbox]:
    """A sandbox over a folder, ended afterwards."""
    command = [sys.executable, "-m", "benchmarks.sandbox", "--data", str(data), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        try:
            words = process.stdout.readline().split()
            yield Sandbox(next(word for word in words if word.startswith("http://")), data)
        finally:
            process.terminate()


if __name__ == "__main__":
    from kontor_sandbox.__main__ import main

    recording.KEPT_CHARACTERS = MOST_CHARACTERS
    main()
