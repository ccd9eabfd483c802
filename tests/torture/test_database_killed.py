"""The database dies while a call to the channel is out: what was answered is kept, and the work goes on."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import psutil
import pytest
from tests.plugins.played import Played
from tests.test_supervisor import clean_environment, data

from kontor.channels.connections.browser import COOKIE
from kontor.supervisor import Supervisor

__all__ = ["clean_environment", "data"]

POLICIES = "/sell/account/v1/payment_policy"


@pytest.fixture
def tree(data: Path, clean_environment: None) -> Iterator[Supervisor]:
    """Commits are kept as in production; the tests' usual settings would lose the last of them with the server."""
    with Supervisor(data, port=0, postgres_settings=["fsync=off"], say=[].append) as tree:
        yield tree


def until(ask: Callable[[], Any], seconds: float = 60) -> Any:
    """What is asked for, as soon as it is there; an answer that the database is away is none."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if found := ask():
                return found
        except httpx2.HTTPError:
            pass
        time.sleep(0.05)
    raise AssertionError("it never came")


class Merchant:
    """A person of a new business in the running tree, with a played account connected."""

    def __init__(self, tree: Supervisor, played: Played) -> None:
        self._http = httpx2.Client(base_url=f"{tree.web_url}/api/v1", timeout=30)
        person = {"email": "rike@example.com", "password": "ein langes Kennwort 7", "first_name": "Rike"}
        made = self.post("/auth/register", **person, last_name="Boje", company="Werkhof")
        self._http.headers["Authorization"] = f"Bearer {made['access_token']}"
        begun = self._http.post("/connections/authorize", json={"channel": "ebay", "marketplace": "EBAY_DE"})
        back = played.call("POST", "/consents", authorize_url=begun.json()["authorize_url"])["redirect_url"]
        self._http.get(back, headers={"Cookie": f"{COOKIE}={begun.cookies[COOKIE]}"})
        self.connection = f"/connections/{self.get('/connections')['items'][0]['id']}"

    def get(self, path: str) -> Any:
        return self._http.get(path).raise_for_status().json()

    def post(self, path: str, **body: Any) -> Any:
        return self._http.post(path, json=body).raise_for_status().json()

    def ask_for(self, code: str) -> str:
        """Presses the button that makes something in the account; the job's path."""
        return f"/jobs/{self.post(f'{self.connection}/setup', code=code)['job_id']}"

    def outcome(self, job: str) -> str:
        return str(until(lambda: self.get(job)["outcome"]))


@pytest.mark.xdist_group("tree")
def test_an_answer_that_comes_while_the_database_is_dead_is_kept(tree: Supervisor) -> None:
    played = Played(tree.sandbox_url)
    merchant = Merchant(tree, played)
    assert merchant.outcome(merchant.ask_for("program.policies")) == "succeeded"
    played.call("POST", "/settings", slow_seconds=1.0)
    played.fault("slow", operation=f"POST {POLICIES}*")
    server = tree.processes["database"].pid
    assert server
    guard = psutil.Process(server).parent()
    assert guard

    job = merchant.ask_for("policies.payment")
    until(
        lambda: any(row["name"] == "slow" and row["met"] for row in played.call("GET", "/faults")["faults"])
    )
    guard.suspend()  # so that the answer finds no database
    try:
        os.kill(server, signal.SIGKILL)
        (sent,) = until(lambda: played.requests("POST", f"{POLICIES}*"))
    finally:
        guard.resume()

    assert sent["status"] == 201
    assert merchant.outcome(job) == "succeeded"
    assert len(played.requests("POST", f"{POLICIES}*")) == 1
    connection = merchant.get(merchant.connection)
    assert "policies.payment" not in {item["code"] for item in connection["missing"]}
    assert connection["settings"]["payment_policy_id"]
    calls = merchant.get(f"{merchant.connection}/calls?limit=200")["items"]
    told = [call["status"] for call in calls if call["method"] == "POST" and POLICIES in call["path"]]
    # A database that is away for longer than the pool waits costs the row of the log, and only that.
    assert told in ([201], [])
