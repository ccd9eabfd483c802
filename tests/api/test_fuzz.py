"""Requests made from the document, right ones and wrong ones: every answer is one that the document knows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from tests.api.operations import document
from tests.plugins.api import BASE_URL, Caller, Enter

EXAMPLES = 12


def cases(operation: Any) -> Any:
    """A strategy of requests: as the schema wants them, and broken in one place or more."""
    return operation.as_strategy(generation_mode=GenerationMode.POSITIVE) | operation.as_strategy(
        generation_mode=GenerationMode.NEGATIVE
    )


def test_no_request_is_answered_by_a_fault(tenant_a: UUID, enter: Enter) -> None:
    caller: Caller = enter(tenant_a, raise_server_exceptions=False)
    authorization = caller.headers["Authorization"]
    faults: dict[str, str] = {}  # the first of each operation

    def judge(case: Any) -> None:
        prepared = requests.Request(**case.as_transport_kwargs(base_url=BASE_URL)).prepare()
        headers = {name: value for name, value in prepared.headers.items() if name.lower() != "authorization"}
        answer = caller.request(
            str(prepared.method),
            str(prepared.url),
            content=prepared.body,
            headers={**headers, "Authorization": authorization},
            follow_redirects=False,
        )
        words = f"{answer.status_code} {case.as_curl_command()} {answer.text[:300]}"
        if answer.status_code == 500:
            faults.setdefault(case.operation.label, words)
        elif answer.status_code >= 400:
            document = answer.headers.get("content-type") == "application/problem+json" and answer.json()
            if not document or not document["code"] or document["status"] != answer.status_code:
                faults.setdefault(case.operation.label, words)

    schema = schemathesis.openapi.from_dict(document())
    for found in schema.get_all_operations():
        operation = found.ok()
        run = settings(
            max_examples=EXAMPLES, database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(given(cases(operation))(judge))  # fmt: skip
        seed(20261121)(run)()
    assert not faults, "\n".join(faults.values())
