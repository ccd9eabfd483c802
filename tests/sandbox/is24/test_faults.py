"""What can go wrong, and the limit that all accounts of an application share."""

from __future__ import annotations

import httpx2
import pytest
from tests.sandbox.is24.agent import ME, Agent, document, message

from kontor_sandbox.is24.nodes import Malformed, parse

OBJECTS = "/user/me/realestate"


def arm(agent: Agent, name: str, **more: object) -> None:
    agent.control("POST", "/faults", {"name": name} | more)


def count(agent: Agent) -> int:
    return len(agent.control("GET", "/truth")["immoscout24"]["hafenblick-immobilien"]["objects"])


def test_a_lost_answer_was_carried_out(agent: Agent) -> None:
    arm(agent, "answer_lost")
    with pytest.raises(httpx2.TransportError):
        agent.call("POST", OBJECTS, document())
    assert count(agent) == 1


def test_an_outage_does_nothing(agent: Agent) -> None:
    arm(agent, "server_error_once")
    answer = agent.call("POST", OBJECTS, document())
    assert (answer.status_code, message(answer)[0]) == (503, "ERROR_COMMON_SERVICE_UNAVAILABLE")
    arm(agent, "html_error")
    assert agent.call("POST", OBJECTS, document()).headers["content-type"].startswith("text/html")
    assert count(agent) == 0


def test_a_conflict_that_names_no_publication_published_nothing(agent: Agent) -> None:
    identifier = agent.insert()
    arm(agent, "concurrent_access")
    answer = agent.publish(identifier)
    assert (answer.status_code, "already exists" in answer.text) == (409, False)
    assert agent.control("GET", "/live") == {"objects": []}


def test_one_agent_takes_consent_back(agent: Agent) -> None:
    with Agent(agent.url) as other:
        other.connect("lindenhof-makler")
        arm(agent, "token_revoked")
        assert agent.call("GET", OBJECTS).status_code == 401
        assert agent.call("GET", OBJECTS).status_code == 401
        assert other.call("GET", OBJECTS).status_code == 200


def test_a_schema_can_drift(agent: Agent) -> None:
    arm(agent, "schema_drift", operation="POST *")
    answer = agent.call("POST", OBJECTS, document())
    assert (answer.status_code, message(answer)[0]) == (412, "ERROR_COMMON_SCHEMA_VALIDATION_FAILED")
    identifier = agent.insert()
    arm(agent, "schema_drift")
    assert agent.read(f"{OBJECTS}/{identifier}").child("newlyInvented") is not None


def test_a_list_can_end_in_the_middle(agent: Agent) -> None:
    agent.insert()
    arm(agent, "truncated_page")
    with pytest.raises(Malformed):
        parse(agent.call("GET", OBJECTS).content)


def test_every_answer_says_what_is_left(agent: Agent) -> None:
    first, second = (agent.call("GET", OBJECTS).headers for _ in range(2))
    assert first["x-ratelimit-limit"] == "2000"
    assert int(second["x-ratelimit-remaining"]) <= int(first["x-ratelimit-remaining"]) < 2000
    assert "retry-after" not in first


def test_the_limit_is_the_applications_and_comes_back_bit_by_bit(agent: Agent) -> None:
    with Agent(agent.url) as other:
        other.connect("lindenhof-makler")
        agent.control("POST", "/settings", {"requests_per_minute": 6})
        assert [agent.call("GET", OBJECTS).status_code for _ in range(6)] == [200] * 6
        refused = other.call("GET", OBJECTS)
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 10
        agent.control("POST", "/clock", {"advance_seconds": int(refused.headers["retry-after"])})
        assert other.call("GET", OBJECTS).status_code == 200
        assert agent.call("GET", OBJECTS).status_code == 429


def test_throttling_says_when_to_come_again(agent: Agent) -> None:
    agent.control("POST", "/settings", {"throttle_seconds": 30.0})
    arm(agent, "throttled")
    answer = agent.call("GET", OBJECTS)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
    assert agent.call("GET", OBJECTS).status_code == 429
    agent.control("POST", "/clock", {"advance_seconds": 31})
    assert agent.call("GET", OBJECTS).status_code == 200


def test_ebay_hears_nothing_of_it(agent: Agent) -> None:
    arm(agent, "answer_lost", times=5)
    theirs = agent.http.get("/_sandbox/api/faults").json()["faults"]
    assert {row["name"]: row["armed"] for row in theirs}["answer_lost"] == 0
    assert "duplicate_enquiry" not in {row["name"] for row in theirs}


def test_exchanges_are_recorded_without_their_secrets(agent: Agent) -> None:
    agent.call("GET", OBJECTS)
    found = agent.control("GET", "/requests")["requests"]
    assert found[-1]["path"] == f"{ME}/realestate"
    assert found[-1]["headers"]["authorization"] == "…"
    assert agent.token_secret.split("+")[0] not in str(found)
