"""Each change made over the API is in the log, in the transaction of the change, even where nobody thought of it."""

from __future__ import annotations

from typing import Any

from tests.api.operations import operations
from tests.plugins.api import Caller

from kontor.audit.requests import QUIET


def actions(caller: Caller) -> list[tuple[str, str, str]]:
    """What the log says was done to which thing, newest first."""
    rows: list[dict[str, Any]] = caller.get("/audit").json()["items"]
    return [(row["action"], row["entity"]["kind"], row["entity"]["id"]) for row in rows]


def test_a_request_that_recorded_nothing_leaves_its_operation_and_the_thing_it_named(api: Caller) -> None:
    made = api.put("/brands", json={"name": "Thomsen"})
    assert made.status_code == 200, made.text
    brand_id = made.json()["id"]
    changed = api.patch(f"/brands/{brand_id}", json={"name": "Thomsen & Co."}, headers={"If-Match": "*"})
    assert changed.status_code == 200, changed.text
    assert actions(api) == [("patch_brand", "brand", brand_id), ("put_brand", "", "")]
    assert api.get("/audit").json()["items"][0]["actor"]["label"] == "Test owner"


def test_a_request_with_an_entry_of_its_own_leaves_no_second_one(api: Caller) -> None:
    answer = api.patch("/tenant", json={"name": "Beta"}, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    assert [action for action, _, _ in actions(api)] == ["tenant.changed"]


def test_a_refused_request_leaves_nothing(api: Caller) -> None:
    assert api.patch("/tenant", json={"country": "XX"}, headers={"If-Match": "*"}).status_code == 422
    assert api.post("/jobs/019b0000-0000-7000-8000-000000000000/cancel").status_code == 404
    assert actions(api) == []


def test_reading_and_opening_a_socket_leave_nothing(api: Caller) -> None:
    assert api.get("/listings").status_code == 200
    assert api.post("/live/tickets").status_code in (200, 201)
    assert actions(api) == []


def test_a_repeated_create_is_one_entry(api: Caller) -> None:
    key = {"Idempotency-Key": "once"}
    answers = [api.post("/people/invitations", json={"email": "jens@example.com", "role": "member"}, headers=key)
               for _ in range(2)]  # fmt: skip
    assert {answer.status_code for answer in answers} == {201}
    assert [action for action, _, _ in actions(api)] == ["person.invited"]


def test_what_is_kept_quiet_exists() -> None:
    assert {op.spec["operationId"] for op in operations()} >= QUIET
