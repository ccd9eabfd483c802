"""Publishing is a call of its own, and not idempotent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.sandbox.is24.agent import COMMON, Agent, message

OBJECTS = "/user/me/realestate"


def state(agent: Agent, identifier: str) -> str:
    return agent.read(f"{OBJECTS}/{identifier}").value("realEstateState")


def test_an_object_is_live_while_it_is_on_the_main_channel(agent: Agent) -> None:
    identifier = agent.insert()
    answer = agent.publish(identifier)
    assert (answer.status_code, message(answer)[2]) == (201, f"{identifier}_10000")
    assert answer.headers["location"].endswith(f"/publish/{identifier}_10000")
    assert state(agent, identifier) == "ACTIVE"
    assert [row["id"] for row in agent.control("GET", "/live")["objects"]] == [int(identifier)]
    assert agent.call("DELETE", f"/publish/{identifier}_10000").status_code == 200
    assert state(agent, identifier) == "INACTIVE"
    assert agent.control("GET", "/live") == {"objects": []}


def test_the_homepage_alone_makes_nothing_active(agent: Agent) -> None:
    identifier = agent.insert()
    assert agent.publish(identifier, "10001").status_code == 201
    assert state(agent, identifier) == "INACTIVE"
    channels = agent.read(f"{OBJECTS}/{identifier}").child("common:publishChannels")
    assert channels is not None
    assert [child.attributes["title"] for child in channels.children] == ["Homepage"]


def test_twice_is_a_conflict_that_says_so(agent: Agent) -> None:
    identifier = agent.insert()
    agent.publish(identifier)
    again = agent.publish(identifier)
    code, text, _ = message(again)
    assert (again.status_code, code) == (409, "ERROR_COMMON_REQUEST_CONFLICT")
    assert f"Publish object already exists for publishchannel id=10000, realestate id={identifier}" in text


def test_taking_back_twice_is_not_found(agent: Agent) -> None:
    identifier = agent.insert()
    agent.publish(identifier)
    assert message(agent.call("DELETE", f"/publish/{identifier}_10000"))[0] == "MESSAGE_RESOURCE_DELETED"
    again = agent.call("DELETE", f"/publish/{identifier}_10000")
    assert (again.status_code, message(again)[0]) == (404, "ERROR_RESOURCE_NOT_FOUND")


def test_an_unknown_object_is_not_found_with_a_code_of_its_own(agent: Agent) -> None:
    answer = agent.publish("4711")
    assert (answer.status_code, message(answer)[0]) == (404, "ERROR_COMMON_RESOURCE_NOT_FOUND")


def test_publications_are_listed(agent: Agent) -> None:
    one, two = agent.insert(), agent.insert()
    for identifier, channel in ((one, "10000"), (one, "10001"), (two, "10001")):
        agent.publish(identifier, channel)
    found = agent.read(f"/publish?realestate={one}")
    assert [child.attributes["id"] for child in found.children] == [f"{one}_10000", f"{one}_10001"]
    assert found.children[0].children[0].attributes["title"] == "Helle Wohnung am Hafen"
    assert len(agent.read("/publish?publishchannel=10001").children) == 2
    assert agent.read(f"/publish?realestate={two}&publishchannel=10000").children == []
    assert agent.read(f"/publish/{two}_10001").attributes["id"] == f"{two}_10001"
    channels = agent.read("/user/me/publishchannel")
    assert [child.attributes["id"] for child in channels.children] == ["10000", "10001"]


def test_many_at_once_each_with_its_result(agent: Agent) -> None:
    one, two = agent.insert(), agent.insert()
    wanted = "".join(
        f'<publishObject><realEstate id="{identifier}"/><publishChannel id="10000"/></publishObject>'
        for identifier in (one, two, "4711")
    )
    body = f'<common:publishObjects xmlns:common="{COMMON}">{wanted}</common:publishObjects>'
    answer = agent.call("POST", "/publish/list", body)
    assert answer.status_code == 200
    assert answer.text.count("MESSAGE_OPERATION_SUCCESSFUL") == 2
    assert answer.text.count("ERROR_COMMON_RESOURCE_NOT_FOUND") == 1
    ended = agent.call("DELETE", f"/publish/list?publishids={one}_10000,{one}_10001")
    assert ended.text.count("MESSAGE_OPERATION_SUCCESSFUL") == 1
    assert f"PublishObject with ID {one}_10001 does not exist." in ended.text
    assert (state(agent, one), state(agent, two)) == ("INACTIVE", "ACTIVE")


def test_publish_calls_of_one_agent_come_one_after_the_other(agent: Agent) -> None:
    """Two at a time meet; the one that comes second is refused and published nothing."""
    identifiers = [agent.insert() for _ in range(4)]
    agent.control("POST", "/settings", {"latency_ms": 300})
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(agent.publish, identifiers))
    agent.control("POST", "/settings", {"latency_ms": 0})
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses[0] == 201
    assert statuses[-1] == 409
    assert len(agent.control("GET", "/live")["objects"]) == statuses.count(201)
