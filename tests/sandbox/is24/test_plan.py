"""A seeded plan of faults is met as a whole, and a patient agent ends with every object live once."""

from __future__ import annotations

import time

import httpx2
import pytest
from tests.sandbox.is24.agent import FLAT, Agent, document, publish_body

from kontor_sandbox.is24.nodes import Malformed, parse

OBJECTS = "/user/me/realestate"
COUNT = 12


class PatientAgent(Agent):
    """Tries again what can be tried again, and takes for done what the portal says is done."""

    def patient(self, method: str, path: str, body: str | None = None) -> httpx2.Response:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                answer = self.call(method, path, body)
                parse(answer.content)
            except (httpx2.TransportError, Malformed):
                continue
            if answer.status_code == 401:
                self.connect()
                continue
            is_vague = answer.status_code == 409 and "already exists" not in answer.text
            if answer.status_code < 500 and "newlyInvented" not in answer.text and not is_vague:
                return answer
        raise AssertionError(f"{method} {path} never came through")

    def advertise(self, number: int) -> None:
        external = f"H-{number}"
        body = document(elements={"externalId": external} | FLAT)
        made = self.patient("POST", OBJECTS, body)
        assert made.status_code == 201 or "already exists for external id" in made.text
        found = parse(self.patient("GET", f"{OBJECTS}/ext-{external}").content)
        assert self.patient("PUT", f"{OBJECTS}/ext-{external}", body).status_code == 200
        published = self.patient("POST", "/publish", publish_body(found.attributes["id"]))
        assert published.status_code in (201, 409)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_run_meets_every_fault_and_ends_whole(stranger: Agent, seed: int) -> None:
    with PatientAgent(stranger.url) as agent:
        agent.connect()
        agent.control("POST", "/settings", {"slow_seconds": 0.05, "throttle_seconds": 0.1})
        agent.control("POST", "/faults/plan", {"seed": seed})
        for number in range(COUNT):
            agent.advertise(number)
            agent.patient("GET", OBJECTS)
        live = agent.control("GET", "/live")["objects"]
        for entry in live[:3]:
            agent.control("POST", "/enquiries", {"object": entry["id"]})
        unmet = [row["name"] for row in agent.control("GET", "/faults")["faults"] if not row["met"]]
        assert unmet == []
        assert sorted(entry["external_id"] for entry in live) == sorted(f"H-{n}" for n in range(COUNT))
