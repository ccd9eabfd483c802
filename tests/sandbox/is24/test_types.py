"""Every type can be inserted, read, and written back as it was read; the tables agree with the portal's own files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.sandbox.is24.agent import Agent

from kontor_sandbox.is24.completing import IGNORED_ON_WRITE
from kontor_sandbox.is24.fields import Field, tables
from kontor_sandbox.is24.nodes import Node, parse, render

SPECS = Path(__file__).resolve().parents[3].parent / "shared" / "specs" / "is24"
OBJECTS = "/user/me/realestate"
NEWER = "?usenewenergysourceenev2014values=true"
SIMPLE = {"text": "Text", "int": "3", "long": "3", "double": "12.5", "boolean": "true", "date": "2026-12-01",
          "dateTime": "2026-12-01T10:00:00.000Z"}  # fmt: skip
SERVER = IGNORED_ON_WRITE | {"externalId", "contact"}


def filled(name: str, fields: tuple[Field, ...]) -> Node:
    """The least that the schema takes."""
    node = Node(name)
    for entry in fields:
        if not entry.required:
            continue
        shape = entry.shape
        if shape.kind == "record":
            made = filled(entry.name, tables().records[shape.record])
            if entry.name == "address":
                made.children = [Node("postcode", "22763"), Node("city", "Hamburg")]
            node.children.append(made)
        else:
            text = shape.values[0] if shape.kind == "choice" else SIMPLE[shape.kind]
            node.add(entry.name, text)
    return node


@pytest.mark.parametrize("kind", sorted(tables().types))
def test_a_type_goes_in_and_back(agent: Agent, kind: str) -> None:
    document = filled(f"realestates:{kind}", tables().types[kind])
    answer = agent.call("POST", OBJECTS, render(document).decode())
    assert answer.status_code == 201, answer.text
    identifier = parse(answer.content).value("message", "id")
    first = agent.read(f"{OBJECTS}/{identifier}{NEWER}")
    again = agent.call("PUT", f"{OBJECTS}/{identifier}{NEWER}", render(first).decode())
    assert again.status_code == 200, again.text
    second = agent.read(f"{OBJECTS}/{identifier}{NEWER}")
    second.children = [child for child in second.children if child.name != "lastModificationDate"]
    assert render(second) == render(first)


def test_the_order_of_elements_is_the_schemas() -> None:
    path = SPECS / "is24_types_flat.json"
    if not path.is_file():
        pytest.skip(f"no schema tables at {path}")
    theirs = json.loads(path.read_text())["types"]
    for kind, fields in tables().types.items():
        assert [(entry.name, entry.required) for entry in fields] == [
            (entry["name"], bool(entry["required"])) for entry in theirs[kind]
        ]


@pytest.mark.parametrize("name", ["apartmentBuy.get.xml", "apartmentBuy-energy.get.xml"])
def test_an_object_is_shown_as_it_was_recorded(agent: Agent, name: str) -> None:
    """What was recorded, inserted and read: the same elements with the same values in the same order."""
    path = SPECS / "sandbox-2026" / name
    if not path.is_file():
        pytest.skip(f"no recorded object at {path}")
    recorded = parse(path.read_bytes())
    own = Node(recorded.name, children=[child for child in recorded.children if child.name not in SERVER])
    answer = agent.call("POST", OBJECTS + NEWER, render(own).decode())
    assert answer.status_code == 201, answer.text
    shown = agent.read(f"{OBJECTS}/{parse(answer.content).value('message', 'id')}{NEWER}")
    changing = SERVER | {"address"}
    assert [child for child in shown.children if child.name not in changing] == [
        child for child in recorded.children if child.name not in changing
    ]
    names = [child.name for child in recorded.children if child.name != "lastModificationDate"]
    assert [child.name for child in shown.children] == names


def test_defaults_alone_make_the_recorded_object(agent: Agent) -> None:
    """Only what the schema wants was sent; all the rest of the recording is the portal's."""
    path = SPECS / "sandbox-2026" / "apartmentBuy.get.xml"
    if not path.is_file():
        pytest.skip(f"no recorded object at {path}")
    recorded = parse(path.read_bytes())
    if recorded.child("energyCertificate") is not None:
        recorded = parse((SPECS / "sandbox-2026" / "apartmentBuy-energy.get.xml").read_bytes())
    sent = {"title", "address", "showAddress", "price", "livingSpace", "numberOfRooms", "courtage"}
    own = Node(recorded.name, children=[child for child in recorded.children if child.name in sent])
    own.children[1].children = own.children[1].children[:4]
    identifier = parse(agent.call("POST", OBJECTS, render(own).decode()).content).value("message", "id")
    shown = agent.read(f"{OBJECTS}/{identifier}{NEWER}")
    left_out = SERVER | {"address"}
    assert [child for child in shown.children if child.name not in left_out] == [
        child for child in recorded.children if child.name not in left_out
    ]
