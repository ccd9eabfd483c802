"""What a business's own system is told: once or more, never lost, signed, and by nobody but us."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from tests.plugins.api import Caller, Enter
from tests.plugins.mails import Post
from tests.webhooks.conftest import Receiver

from kontor.audit.models import Entry
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.jobs import schedules
from kontor.jobs.worker import Worker
from kontor.live import events
from kontor.webhooks import deliveries
from kontor.webhooks.event_types import CHOOSABLE, TYPES
from kontor.webhooks.models import Attempt, Delivery, Endpoint

Drain = Callable[..., int]
DELIVER = ["webhooks.deliver"]


def add(api: Caller, url: str, *types: str) -> dict[str, Any]:
    """An endpoint as the API made it, with its secret."""
    answer = api.post("/webhooks/endpoints", json={"url": url, "types": types or ["order.changed"]})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def happens(tenant_id: UUID, state: str = "shipped") -> None:
    """An order changes."""
    with tenant(tenant_id):
        events.record(
            "order.changed", "order", uuid4(), revision=2, payload={"state": state, "number": "26-1"}
        )


def log(api: Caller, endpoint: dict[str, Any], **asked: str) -> list[dict[str, Any]]:
    """The endpoint's deliveries, the newest first."""
    rows: list[dict[str, Any]] = api.get(
        f"/webhooks/endpoints/{endpoint['id']}/deliveries", params=asked
    ).json()["items"]
    return rows


def tries(api: Caller, delivery: dict[str, Any]) -> list[dict[str, Any]]:
    """A delivery's calls, the newest first."""
    found: list[dict[str, Any]] = api.get(f"/webhooks/deliveries/{delivery['id']}").json()["tries"]
    return found


def test_an_event_arrives_signed(api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain) -> None:
    made = add(api, receiver.url)
    happens(tenant_a)
    drain(DELIVER)
    (heard,) = receiver.heard
    told = Webhook(made["secret"]).verify(heard.body, heard.headers)
    assert told["type"] == "order.changed"
    assert told["version"] == 1
    assert told["data"]["state"] == "shipped"
    assert abs(datetime.fromisoformat(told["timestamp"]) - datetime.now(UTC)) < timedelta(minutes=1)
    with pytest.raises(WebhookVerificationError):
        Webhook(made["secret"]).verify(heard.body + b" ", heard.headers)
    (row,) = log(api, made)
    assert (row["state"], row["attempts"], row["message_id"]) == ("delivered", 1, heard.headers["webhook-id"])


def test_only_what_was_chosen_is_told_and_only_to_its_own_business(
    api: Caller, other_api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain
) -> None:
    add(api, receiver.url, "order.received")
    add(other_api, receiver.url, *CHOOSABLE)
    happens(tenant_a)
    drain(DELIVER)
    assert receiver.heard == []


def test_what_is_rolled_back_is_not_told(api: Caller, tenant_a: UUID, receiver: Receiver) -> None:
    add(api, receiver.url)
    with suppress(ZeroDivisionError), tenant(tenant_a):
        events.record("order.changed", "order", uuid4(), payload={"state": "shipped"})
        assert Delivery.objects.exists()
        _ = 1 / 0
    with tenant(tenant_a):
        assert not Delivery.objects.exists()


def test_each_type_has_words_and_an_example(api: Caller) -> None:
    found = api.get("/webhooks/event-types").json()["items"]
    assert [row["name"] for row in found] == list(TYPES)
    assert all(row["description"] and row["example"] for row in found)


class TestTryingAgain:
    def test_it_is_tried_again_as_the_schedule_says_under_the_same_id(
        self, api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain
    ) -> None:
        made = add(api, receiver.url)
        receiver.answer = (500, {"Content-Type": "text/plain"}, b"no")
        happens(tenant_a)
        for number, pause in enumerate(deliveries.PAUSES, start=1):
            drain(DELIVER)
            (row,) = log(api, made)
            assert (row["state"], row["attempts"]) == ("waiting", number)
            wait = datetime.fromisoformat(row["next_at"]) - now()
            assert pause * 0.98 - timedelta(seconds=2) < wait <= pause * 1.1
            assert drain(DELIVER) == 0  # not before its time
            due(tenant_a)
        drain(DELIVER)
        (row,) = log(api, made)
        assert (row["state"], row["attempts"], row["next_at"]) == ("failed", len(deliveries.PAUSES) + 1, None)
        assert len({heard.headers["webhook-id"] for heard in receiver.heard}) == 1
        assert len({heard.body for heard in receiver.heard}) == 1

    def test_the_receiver_says_when(
        self, api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain
    ) -> None:
        made = add(api, receiver.url)
        receiver.answer = (503, {"Retry-After": "3600"}, b"")
        happens(tenant_a)
        drain(DELIVER)
        (row,) = log(api, made)
        assert timedelta(minutes=59) < datetime.fromisoformat(row["next_at"]) - now() <= timedelta(hours=1)

    def test_a_call_under_which_the_worker_died_is_made_again(
        self, api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain
    ) -> None:
        made = add(api, receiver.url)
        happens(tenant_a)
        with tenant(tenant_a):
            deliveries.begin(Delivery.objects.get().id)  # and no more
        drain(DELIVER)
        (row,) = log(api, made)
        assert row["state"] == "delivered"
        assert [(one["number"], one["status"]) for one in tries(api, row)] == [(2, 204), (1, None)]

    def test_a_dead_endpoint_rests(
        self, api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain
    ) -> None:
        made = add(api, receiver.url)
        receiver.answer = (500, {}, b"")
        for _ in range(10):
            happens(tenant_a)
        drain(DELIVER)
        assert len(receiver.heard) == deliveries.RESTS_AFTER
        receiver.answer = (204, {}, b"")
        due(tenant_a)
        drain(DELIVER, ahead_seconds=60)
        assert {row["state"] for row in log(api, made)} == {"delivered"}
        assert len(receiver.heard) == 10 + deliveries.RESTS_AFTER

    def test_what_was_answered_can_be_read_without_secrets(
        self, api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain
    ) -> None:
        made = add(api, receiver.url)
        answer = json.dumps({"error": "no such order", "token": "abc", "mail": "rike@example.com"}).encode()
        receiver.answer = (422, {"Content-Type": "application/json"}, answer)
        happens(tenant_a)
        drain(DELIVER)
        (one,) = tries(api, log(api, made)[0])
        assert (one["status"], one["problem"]) == (422, "webhook.refused")
        assert one["duration_ms"] >= 0
        assert "no such order" in one["answer"]
        assert "abc" not in one["answer"]
        assert "rike" not in one["answer"]

    def test_a_long_answer_is_cut(
        self, api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain
    ) -> None:
        made = add(api, receiver.url)
        receiver.answer = (500, {"Content-Type": "text/plain"}, b"x" * 1_000_000)
        happens(tenant_a)
        drain(DELIVER)
        assert len(tries(api, log(api, made)[0])[0]["answer"]) == 1024


class TestReplay:
    def test_one_is_sent_again_under_its_old_id(
        self, api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain
    ) -> None:
        made = add(api, receiver.url)
        happens(tenant_a)
        drain(DELIVER)
        (row,) = log(api, made)
        assert api.post(f"/webhooks/deliveries/{row['id']}/replay").status_code == 202
        assert (
            api.post(f"/webhooks/deliveries/{row['id']}/replay").json()["code"] == "webhook.delivery_waiting"
        )
        drain(DELIVER)
        first, second = receiver.heard
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert log(api, made)[0]["state"] == "delivered"

    def test_all_that_failed_since_is_sent_again(
        self, api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain
    ) -> None:
        made = add(api, receiver.url)
        for state in ("old", "new", "newer"):
            happens(tenant_a, state)
        with tenant(tenant_a):
            Delivery.objects.update(state="failed", next_at=None)
            oldest = Delivery.objects.order_by("id")[0]
            Delivery.objects.filter(id=oldest.id).update(created_at=now() - timedelta(days=3))
        since = (now() - timedelta(days=1)).isoformat()
        answer = api.post(f"/webhooks/endpoints/{made['id']}/replay-failed", json={"since": since})
        assert (answer.status_code, answer.json()) == (202, {"replayed": 2})
        drain(DELIVER)
        assert [json.loads(heard.body)["data"]["state"] for heard in receiver.heard] == ["new", "newer"]
        assert [row["state"] for row in log(api, made)] == ["delivered", "delivered", "failed"]
        assert len(log(api, made, state="failed")) == 1


class TestGivingUp:
    def test_410_switches_it_off_at_once_and_whoever_cares_is_told(
        self, api: Caller, tenant_a: UUID, enter: Enter, receiver: Receiver, drain: Drain, post: Post
    ) -> None:
        made, member = add(api, receiver.url), enter(tenant_a, "member")
        receiver.answer = (410, {}, b"")
        happens(tenant_a)
        drain(DELIVER)
        shown = api.get(f"/webhooks/endpoints/{made['id']}").json()
        assert (shown["is_enabled"], shown["disabled_because"]) == (False, "gone")
        assert [row["state"] for row in log(api, made)] == ["failed"]
        (notice,) = api.get("/me/notices").json()["items"]
        assert (notice["event"], notice["params"]["address"]) == ("webhook.disabled", receiver.url)
        assert member.get("/me/notices").json()["items"] == []
        with tenant(tenant_a):
            assert Entry.objects.filter(action="webhook.disabled", entity_id=made["id"]).exists()
        happens(tenant_a)
        drain(DELIVER)
        assert len(receiver.heard) == 1

    def test_days_of_failure_switch_it_off_and_success_before_that_does_not(
        self, api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain
    ) -> None:
        made = add(api, receiver.url)
        receiver.answer = (500, {}, b"")
        happens(tenant_a)
        drain(DELIVER)
        with tenant(tenant_a):
            Endpoint.objects.update(failing_since=now() - timedelta(days=3))
        receiver.answer = (204, {}, b"")
        due(tenant_a)
        drain(DELIVER)
        assert api.get(f"/webhooks/endpoints/{made['id']}").json()["failing_since"] is None
        receiver.answer = (500, {}, b"")
        for _ in range(2):
            happens(tenant_a)
        drain(DELIVER)
        with tenant(tenant_a):
            Endpoint.objects.update(failing_since=now() - timedelta(days=3), resting_until=None)
        due(tenant_a)
        drain(DELIVER)
        shown = api.get(f"/webhooks/endpoints/{made['id']}").json()
        assert (shown["is_enabled"], shown["disabled_because"]) == (False, "failing")
        assert {row["state"] for row in log(api, made)} == {"failed", "delivered"}
        again = api.patch(
            f"/webhooks/endpoints/{made['id']}",
            json={"is_enabled": True},
            headers={"If-Match": shown["etag"]},
        )
        assert (
            again.json()["is_enabled"],
            again.json()["disabled_because"],
            again.json()["failing_since"],
        ) == (True, "", None)


class TestSecrets:
    def test_a_rotation_signs_with_both_for_a_day(
        self, api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain
    ) -> None:
        old = add(api, receiver.url)
        new = api.post(f"/webhooks/endpoints/{old['id']}/rotate-secret").json()
        assert old["secret"] != new["secret"]
        assert new["previous_secret_until"]
        happens(tenant_a)
        drain(DELIVER)
        for secret in (old["secret"], new["secret"]):
            Webhook(secret).verify(receiver.heard[0].body, receiver.heard[0].headers)
        with tenant(tenant_a):
            Endpoint.objects.update(previous_until=now())
        happens(tenant_a)
        drain(DELIVER)
        Webhook(new["secret"]).verify(receiver.heard[1].body, receiver.heard[1].headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(old["secret"]).verify(receiver.heard[1].body, receiver.heard[1].headers)

    def test_a_secret_is_shown_once_and_written_nowhere(
        self, api: Caller, tenant_a: UUID, receiver: Receiver
    ) -> None:
        made = add(api, receiver.url)
        api.post(f"/webhooks/endpoints/{made['id']}/rotate-secret")
        shown = api.get("/webhooks/endpoints").text + api.get(f"/webhooks/endpoints/{made['id']}").text
        assert '"secret"' not in shown
        with tenant(tenant_a):
            kept = str(list(Entry.objects.values())) + str(list(Endpoint.objects.values()))
        assert made["secret"].removeprefix("whsec_") not in kept


class TestEndpoints:
    @pytest.mark.parametrize(
        ("url", "code"),
        [
            ("ftp://erp.example/", "fetch.bad_address"),
            ("https://user:secret@erp.example/", "fetch.bad_address"),
            ("https://10.1.2.3/hook", "fetch.private_address"),
            ("http://[::1]/hook", "fetch.private_address"),
            ("http://2130706433/", "fetch.bad_address"),
        ],
    )
    def test_inner_networks_are_refused(self, api: Caller, url: str, code: str) -> None:
        answer = api.post("/webhooks/endpoints", json={"url": url, "types": ["order.changed"]})
        assert answer.status_code == 422
        assert [row["code"] for row in answer.json()["problems"]] == [code]

    def test_a_name_that_leads_inside_is_found_out_when_it_is_called(
        self, api: Caller, tenant_a: UUID, drain: Drain
    ) -> None:
        made = add(api, "http://localhost:9/hook")
        happens(tenant_a)
        drain(DELIVER)
        assert [one["problem"] for one in tries(api, log(api, made)[0])] == ["fetch.private_address"]

    def test_redirects_are_not_followed(
        self, api: Caller, tenant_a: UUID, receivers: Callable[[], Receiver], drain: Drain
    ) -> None:
        first, second = receivers(), receivers()
        first.answer = (307, {"Location": second.url}, b"")
        made = add(api, first.url)
        happens(tenant_a)
        drain(DELIVER)
        assert second.heard == []
        assert [one["problem"] for one in tries(api, log(api, made)[0])] == ["webhook.redirected"]

    def test_a_key_makes_one_endpoint_and_another_edit_is_seen(self, api: Caller, receiver: Receiver) -> None:
        body, key = {"url": receiver.url, "types": ["order.changed"]}, {"Idempotency-Key": "one"}
        made = [api.post("/webhooks/endpoints", json=body, headers=key).json() for _ in range(2)]
        assert made[0] == made[1]
        path = f"/webhooks/endpoints/{made[0]['id']}"
        changed = api.patch(path, json={"types": ["stock.changed"]}, headers={"If-Match": made[0]["etag"]})
        assert changed.json()["types"] == ["stock.changed"]
        assert changed.headers["ETag"] == changed.json()["etag"] != made[0]["etag"]
        stale = api.patch(path, json={"description": "x"}, headers={"If-Match": made[0]["etag"]})
        assert (stale.status_code, stale.json()["code"]) == (412, "stale_edit")
        assert api.patch(path, json={"description": "x"}).status_code == 428

    @pytest.mark.parametrize("types", [[], ["order.exploded"], ["webhook.test"]])
    def test_events_are_chosen_from_the_list(self, api: Caller, receiver: Receiver, types: list[str]) -> None:
        answer = api.post("/webhooks/endpoints", json={"url": receiver.url, "types": types})
        assert answer.status_code == 422

    def test_a_test_reaches_one_that_is_off_and_is_not_repeated(
        self, api: Caller, receiver: Receiver, drain: Drain
    ) -> None:
        made = add(api, receiver.url)
        path = f"/webhooks/endpoints/{made['id']}"
        api.patch(path, json={"is_enabled": False}, headers={"If-Match": "*"})
        receiver.answer = (500, {}, b"")
        sent = api.post(f"{path}/test")
        assert (sent.status_code, sent.json()["type"]) == (202, "webhook.test")
        drain(DELIVER)
        assert len(receiver.heard) == 1
        assert log(api, made)[0]["state"] == "failed"

    def test_a_removed_one_hears_nothing_more(
        self, api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain
    ) -> None:
        made = add(api, receiver.url)
        happens(tenant_a)
        assert api.delete(f"/webhooks/endpoints/{made['id']}").status_code == 204
        happens(tenant_a)
        drain(DELIVER)
        assert receiver.heard == []
        with tenant(tenant_a):
            assert not Attempt.objects.exists()
            actions = list(Entry.objects.order_by("id").values_list("action", flat=True))
        assert actions == ["webhook.made", "webhook.removed"]

    def test_only_who_runs_the_business_may(self, tenant_a: UUID, enter: Enter) -> None:
        assert enter(tenant_a, "member").get("/webhooks/endpoints").status_code == 403


def test_a_slow_endpoint_keeps_nobody_waiting(
    api: Caller, tenant_a: UUID, receivers: Callable[[], Receiver]
) -> None:
    slow, quick = receivers(), receivers()
    slow.seconds = 12.0
    add(api, slow.url)
    add(api, quick.url)
    for _ in range(5):
        happens(tenant_a)
    with Worker(2, kinds=DELIVER):
        quick.wait_for(5)
        assert len(slow.heard) == 1
        slow.released.set()


def test_old_deliveries_are_forgotten(api: Caller, tenant_a: UUID, receiver: Receiver, drain: Drain) -> None:
    made = add(api, receiver.url)
    for _ in range(2):
        happens(tenant_a)
    drain(DELIVER)
    with tenant(tenant_a):
        Delivery.objects.filter(id=log(api, made)[0]["id"]).update(created_at=now() - timedelta(days=31))
    schedules.ensure_declared()
    drain(["webhooks.prune"], scheduled=True)
    assert len(log(api, made)) == 1
    with tenant(tenant_a):
        assert Attempt.objects.count() == 1


def due(tenant_id: UUID) -> None:
    """What waits for its next attempt is due now."""
    from kontor.jobs.models import Job

    with tenant(tenant_id):
        Delivery.objects.filter(state="waiting").update(next_at=now())
        Endpoint.objects.update(resting_until=None)
        Job.objects.filter(kind=DELIVER[0], status="waiting").update(run_at=now())
