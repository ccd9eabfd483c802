"""Requests made from the document, right ones and wrong ones: every answer is one that the document knows.

`make test` sends 500, `make attack` 10,000 (KONTOR_ATTACK_INPUTS).
"""

from __future__ import annotations

import math
import os
import zlib
from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from tests.api.operations import document, operations
from tests.api.world import FACTORIES, PLAIN, World
from tests.plugins.api import BASE_URL, Caller, Enter

from kontor.accounts import sessions, tokens
from kontor.accounts.models import Membership, Person, Tenant

INPUTS = int(os.environ.get("KONTOR_ATTACK_INPUTS", "500"))
JSON, PROBLEM = "application/json", "application/problem+json"
MOST_SHOWN = 300
LONGEST_ADDRESS = 32_000


def cases(operation: Any) -> Any:
    """A strategy of requests: as the schema wants them, and broken in one place or more."""
    return operation.as_strategy(generation_mode=GenerationMode.POSITIVE) | operation.as_strategy(
        generation_mode=GenerationMode.NEGATIVE
    )


def validator(schema: Any) -> Draft202012Validator:
    """Of a schema of the document, whose references lead into it."""
    return Draft202012Validator({**schema, "components": document()["components"]})


PROBLEMS = validator({"$ref": "#/components/schemas/ProblemDocument"})


def fault(spec: Any, answer: Any) -> str:
    """What is wrong with an answer by its operation's part of the document; empty where nothing is."""
    if answer.status_code >= 500:
        return "a fault"
    if answer.status_code >= 400:
        if answer.headers.get("content-type") != PROBLEM:
            return "a refusal that is no problem document"
        wrong = next(PROBLEMS.iter_errors(answer.json()), None)
        return f"a refusal of another form: {wrong.message}" if wrong else ""
    documented = spec["responses"].get(str(answer.status_code))
    if documented is None:
        return "an answer that the document doesn't know"
    content = documented.get("content", {}).get(JSON)
    if content and answer.content:
        wrong = next(validator(content["schema"]).iter_errors(answer.json()), None)
        return f"an answer of another form: {wrong.message[:MOST_SHOWN]}" if wrong else ""
    return ""


def settled(case: Any, world: World) -> None:
    """Every other request aims at things that are there: ids made up at random lead to 404 alone."""
    if zlib.crc32(repr((case.body, case.query)).encode()) % 2:
        return
    for name in case.path_parameters or {}:
        if world.knows(name) or name in PLAIN:
            case.path_parameters[name] = PLAIN.get(name) or world[name]


class Insider:
    """An owner who is logged in, whatever the last request did: some end sessions, demand second factors, let people go."""

    def __init__(self, client: Caller) -> None:
        self._client, self._tenant_id, self._authorization = client, client.tenant_id, ""

    def log_in(self) -> None:
        """As somebody new, so that nothing is left of what the last one did to themselves."""
        Tenant.objects.filter(id=self._tenant_id).update(requires_second_factor=False)
        person = Person.objects.create(
            email=f"{uuid4().hex}@example.com", first_name="Rike", last_name="Boje", password="!"
        )
        membership = Membership.objects.create(person=person, tenant_id=self._tenant_id, role="owner")
        self._authorization = f"Bearer {tokens.issue(sessions.begin(membership).session).text}"

    def send(self, request: requests.PreparedRequest) -> Any:
        """The answer to a request that carries this owner's credential instead of its own."""
        headers = {name: value for name, value in request.headers.items() if name.lower() != "authorization"}
        headers["Authorization"] = self._authorization
        return self._client.request(
            str(request.method),
            str(request.url),
            content=request.body,
            headers=headers,
            follow_redirects=False,
        )


def test_no_request_is_answered_by_a_fault_or_by_surprise(tenant_a: UUID, alpha: World, enter: Enter) -> None:
    insider = Insider(enter(tenant_a, raise_server_exceptions=False))
    faults: dict[str, str] = {}  # the first of each operation
    specs = {(op.method, op.path): op.spec for op in operations()}
    asked, inside = Counter[str](), Counter[str]()  # by operation, where a credential is demanded
    sent = 0

    def judge(case: Any) -> None:
        nonlocal sent
        sent += 1
        settled(case, alpha)
        spec = specs[case.operation.method.upper(), case.operation.path]
        prepared = requests.Request(**case.as_transport_kwargs(base_url=BASE_URL)).prepare()
        if len(str(prepared.url)) > LONGEST_ADDRESS:  # no server reads so far, and no client writes it
            return
        answer = insider.send(prepared)
        if spec["x-scope"] != "public" and answer.status_code in (401, 403):  # what the one before did
            insider.log_in()
            answer = insider.send(prepared)
        if answer.status_code == 405:  # the case asked by a method that the path doesn't have
            return
        if spec["x-scope"] != "public":
            asked[case.operation.label] += 1
            inside[case.operation.label] += answer.status_code not in (401, 403)
        if wrong := fault(spec, answer):
            words = f"{wrong}: {answer.status_code} {case.as_curl_command()} {answer.text[:MOST_SHOWN]}"
            faults.setdefault(case.operation.label, words)

    for name in FACTORIES:  # now, for later the requests have removed what some are made of
        assert alpha[name]
    schema = schemathesis.openapi.from_dict(document())
    found = [each.ok() for each in schema.get_all_operations()]
    for operation in found:
        insider.log_in()
        run = settings(
            max_examples=math.ceil(INPUTS / len(found)), database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(given(cases(operation))(judge))  # fmt: skip
        seed(20261121)(run)()
    assert not faults, "\n".join(faults.values())
    assert sent >= INPUTS * 0.8  # some operations have fewer different requests than asked for
    guarded = {op.label for op in found if specs[op.method.upper(), op.path]["x-scope"] != "public"}
    assert guarded <= (+inside).keys(), "each was asked by somebody who may"
    assert inside.total() >= asked.total() * 0.95
