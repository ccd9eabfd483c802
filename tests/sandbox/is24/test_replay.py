"""What was recorded of the real portal, replayed: the same status, message code, id form and content."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from tests.sandbox.is24.agent import OFFER, Agent

RECORDED = (
    Path(__file__).resolve().parents[3].parent / "shared" / "specs" / "is24" / "recorded_exchanges.jsonl"
)
EXCHANGES = [json.loads(line) for line in RECORDED.read_text().splitlines()] if RECORDED.is_file() else []
FLAT = {
    "realestates.apartmentBuy": {
        "title": "Stand in",
        "address": {"street": "Elbchaussee", "houseNumber": "12", "postcode": "22763", "city": "Hamburg"},
        "price": {"value": 1, "currency": "EUR"},
        "livingSpace": 1,
        "numberOfRooms": 1,
    }
}
CONTACT = {"common.realtorContactDetail": {"email": "stand.in@example.org", "lastname": "Stand-in"}}
OURS = {
    "@id", "creationDate", "lastModificationDate", "realEstateState", "attachments", "contact", "common.publishChannels",
    "geoHierarchy", "wgs84Coordinate", "externalId",
}  # fmt: skip
OUR_CONTACT = {"@id", "realEstateReferenceCount"}


def name(exchange: dict[str, Any]) -> str:
    return f"{exchange['method']} {urlsplit(exchange['url']).path.removeprefix(OFFER)}"


def cases(*, only_single_reads: bool = False) -> list[Any]:
    """The exchanges, or one skipped case that says where they would be."""
    if not EXCHANGES:
        reason = f"no recorded exchanges at {RECORDED}"
        return [pytest.param({}, id="none", marks=pytest.mark.skip(reason=reason))]
    return [
        pytest.param(exchange, id=name(exchange))
        for exchange in EXCHANGES
        if not only_single_reads or (exchange["method"] == "GET" and exchange["url"][-1].isdigit())
    ]


class Stage:
    """Puts what an exchange presupposes there, by the public API, and remembers which id stands for which."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self.ids: dict[str, str] = {}

    def made(self, path: str, body: dict[str, Any]) -> str:
        answer = self.agent.call("POST", path, body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["common.messages"][0]["message"]["id"])

    def set_up(self, exchange: dict[str, Any]) -> None:
        path = urlsplit(exchange["url"]).path
        answer = json.loads(exchange["resp_body"])
        if found := re.search(r"/contact/(\d+)", path):
            self._contact(exchange["method"], found[1], answer)
        published = re.search(r"/publish/(\d+)_(\d+)", path)
        target = re.search(r'"realEstate":\{"@id":"(\d+)"', exchange["req_body"])
        realestate = re.search(r"/realestate/(\d+)", path) or published or target
        if realestate:
            self.ids[realestate[1]] = self.made("/user/me/realestate", self._document(exchange, answer))
        if published:
            assert self.agent.publish(self.ids[published[1]], published[2]).status_code == 201
        if found := re.search(r"/attachment/(\d+)", path):
            link = {"@xsi.type": "common:Link", "url": "https://example.org/tour"}
            objects = f"/user/me/realestate/{self.ids[realestate[1]]}" if realestate else ""
            self.ids[found[1]] = self.made(f"{objects}/attachment", {"common.attachment": link})
        if contact := re.search(r'"contact":\{"@id":"(\d+)"', exchange["req_body"]):
            self.ids[contact[1]] = self.made("/user/me/contact", CONTACT)

    def _document(self, exchange: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
        """A GET is answered with what was inserted; a PUT replaces an object of the same type and external id."""
        if exchange["method"] not in ("GET", "PUT"):
            return FLAT
        source = answer if exchange["method"] == "GET" else json.loads(exchange["req_body"])
        for root, content in source.items():
            if not root.startswith("realestates."):
                continue
            own = {key: value for key, value in content.items() if key not in OURS}
            external = content["externalId"]
            if external != content["@id"]:
                own["externalId"] = external
            return {root: own}
        return FLAT

    def _contact(self, method: str, recorded: str, answer: dict[str, Any]) -> None:
        body = dict(answer.get("common.realtorContactDetail", CONTACT["common.realtorContactDetail"]))
        self.ids[recorded] = self.made(
            "/user/me/contact",
            {
                "common.realtorContactDetail": {
                    key: value for key, value in body.items() if key not in OUR_CONTACT
                }
            },
        )

    def translated(self, text: str) -> str:
        for recorded, ours in self.ids.items():
            text = text.replace(recorded, ours)
        return text

    def play(self, exchange: dict[str, Any]) -> httpx2.Response:
        path = self.translated(urlsplit(exchange["url"]).path)
        body = exchange["req_body"]
        root = re.search(r'^\{"(realestates\.\w+)":', body)
        if root and exchange["method"] == "PUT":
            content = json.loads(body)
            if content[root[1]]["externalId"] == content[root[1]]["@id"]:
                del content[root[1]]["externalId"]
            body = json.dumps(content)
        return self.agent.signed(
            exchange["method"],
            path,
            body=self.translated(body).encode(),
            headers={"content-type": exchange["req_content_type"], "accept": exchange["req_accept"]},
        )


def form(value: Any) -> str:
    """The form of an id: its type, and its digits as one."""
    return f"{type(value).__name__} {re.sub('[0-9]{6,}', 'N', str(value))}"


def without(content: Any, names: set[str]) -> Any:
    if isinstance(content, dict):
        return {key: without(value, names) for key, value in content.items() if key not in names}
    return sorted(map(str, content)) if isinstance(content, list) else content


@pytest.mark.parametrize("exchange", cases())
def test_the_answer_is_as_recorded(agent: Agent, exchange: dict[str, Any]) -> None:
    stage = Stage(agent)
    stage.set_up(exchange)
    answer = stage.play(exchange)
    assert answer.status_code == exchange["status"], answer.text
    recorded, found = json.loads(exchange["resp_body"]), answer.json()
    assert list(found) == list(recorded)
    if "common.messages" in recorded:
        (was,), (is_now,) = recorded["common.messages"], found["common.messages"]
        assert is_now["message"]["messageCode"] == was["message"]["messageCode"]
        assert form(is_now["message"].get("id")) == form(was["message"].get("id"))
        assert form(is_now["message"]["message"]) == form(was["message"]["message"])
    assert ("location" in answer.headers) == ("Location" in exchange["resp_headers"])
    assert form(answer.headers["l-is24-resourceid"]) == form(exchange["resp_headers"]["L-Is24-Resourceid"])
    assert answer.headers["content-type"] == exchange["resp_headers"]["Content-Type"]


@pytest.mark.parametrize("exchange", cases(only_single_reads=True))
def test_what_was_read_is_read_here(agent: Agent, exchange: dict[str, Any]) -> None:
    """The same content inserted is shown with the same elements, values and JSON types, in the same order."""
    stage = Stage(agent)
    stage.set_up(exchange)
    exchange = exchange | {"url": exchange["url"] + "?usenewenergysourceenev2014values=true"}
    path = urlsplit(stage.translated(exchange["url"]))
    answer = agent.signed("GET", f"{path.path}?{path.query}", headers={"accept": "application/json"})
    ((root, was),) = json.loads(exchange["resp_body"]).items()
    is_now = answer.json()[root]
    ours = OURS | OUR_CONTACT | {"legalConstructionYear"}
    assert without(is_now, ours) == without(was, ours)
    assert [key for key in is_now if key in was] == [key for key in was if key in is_now]
