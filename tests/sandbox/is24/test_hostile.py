"""Whatever is sent is refused or kept whole; nothing of it breaks what others read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sandbox.is24.agent import FLAT, OFFER, Agent, document

OBJECTS = "/user/me/realestate"
ADDRESS = {"street": "Elbchaussee", "houseNumber": "12", "postcode": "22763", "city": "Hamburg"}


def flat(**changes: Any) -> dict[str, Any]:
    content = {"title": "T", "address": ADDRESS, "livingSpace": 50, "numberOfRooms": 2}
    return {"realestates.apartmentBuy": content | changes}


@pytest.mark.parametrize(
    "body",
    [
        flat(title="bell \x07"),
        flat(title={"@x": "1"}),
        flat(title={"<b": "1"}),
        flat(livingSpace="1e400"),
        flat(livingSpace="NaN"),
        flat(numberOfParkingSpaces="9" * 5000),
        flat(price=[1, 2]),
        flat(title=["one", "two"]),
        flat() | {"second": {}},
        {"realestates.apartmentBuy": None},
        {"realestates.apartmentBuy": [[[]]]},
        {"common.publishObject": {}},
    ],
)
def test_a_body_that_makes_no_sense_is_refused(agent: Agent, body: dict[str, Any]) -> None:
    answer = agent.call("POST", OBJECTS, body)
    assert answer.status_code in (400, 412), answer.text
    assert agent.read(OBJECTS).value("Paging", "numberOfHits") == "0"


def test_an_element_of_text_holds_no_elements(agent: Agent) -> None:
    answer = agent.call("POST", OBJECTS, document(elements=FLAT | {"title": "<b>fett</b>"}))
    assert (answer.status_code, "is a simple type" in answer.text) == (412, True)
    assert agent.call("POST", OBJECTS, "<a>" * 5000 + "</a>" * 5000).status_code == 400


@pytest.mark.parametrize("query", ["pagesize=%C2%B2", "pagenumber=" + "9" * 50, "pagesize=-1"])
def test_a_page_that_is_no_number(agent: Agent, query: str) -> None:
    assert agent.call("GET", f"{OBJECTS}?{query}").status_code == 412


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    ["title", "address", "price", "contact", "lift", "constructionYear", "energyCertificate", "x"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(names, values, max_size=4))
def test_what_is_taken_can_be_read(agent: Agent, changes: dict[str, Any]) -> None:
    body = json.dumps(flat(**changes)).encode()
    headers = {"content-type": "application/json", "accept": "application/xml"}
    answer = agent.signed("POST", OFFER + OBJECTS, body=body, headers=headers)
    assert answer.status_code in (201, 400, 412), answer.text
    assert agent.read(f"{OBJECTS}?pagesize=1").name == "realestates:realEstates"
