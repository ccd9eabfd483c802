"""What is seen in `/admin`: one business at a time, by everybody's policies, and every look is noted there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse
from tests.administration.conftest import Window
from tests.api.world import FACTORIES, World

Entries = Callable[[UUID], list[Any]]


def tables() -> list[Any]:
    """Every table of the site, with its pages."""
    from kontor.administration import urls  # registers them

    assert urls.urlpatterns
    from kontor.administration.site import site

    return list(site._registry.items())


def address(model: Any, page: str, *arguments: Any) -> str:
    """Of a table's list or of one row."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)


def everything(world: World) -> None:
    """One of each."""
    for name in FACTORIES:
        assert world[name]


def rows_of(world: World, model: Any) -> list[str]:
    """The ids of a business's rows."""
    from kontor.core.tenancy import tenant

    with tenant(world.tenant_id):
        rows = model.objects.all()
        if model.__name__ in ("Session", "Membership"):  # tables without a policy
            by = "membership__tenant_id" if model.__name__ == "Session" else "tenant_id"
            rows = rows.filter(**{by: world.tenant_id})
        return [str(pk) for pk in rows.values_list("pk", flat=True)[:1]]


def test_a_business_is_chosen_first(inside: Window, tenant_a: UUID) -> None:
    model, _ = tables()[0]
    assert (
        inside.get(address(model, "changelist"), follow_redirects=False).headers["location"]
        == "/admin/tenants/"
    )
    page = inside.enter(tenant_a)
    assert page.url.path == "/admin/"
    assert "Alpha Handel" in page.text
    assert (
        inside.post("/admin/tenants/", {"tenant": "019b0000-0000-7000-8000-000000000000"}).status_code == 404
    )
    assert inside.post("/admin/tenants/", {"tenant": "none"}).status_code == 404


def test_every_table_is_read_as_one_business_and_changed_by_nobody(
    inside: Window, alpha: World, beta: World
) -> None:
    everything(alpha)
    everything(beta)
    inside.enter(beta.tenant_id)
    shown = 0
    for model, _ in tables():
        listed = inside.get(address(model, "changelist"))
        assert listed.status_code == 200, model
        assert alpha.mark not in listed.text, model
        for own in rows_of(beta, model):
            page = inside.get(address(model, "change", own))
            assert page.status_code == 200, model
            assert 'name="_save"' not in page.text, model
            assert inside.client.post(address(model, "change", own), data={}).status_code == 403, model
            shown += 1
        for foreign in rows_of(alpha, model):
            assert foreign not in listed.text, model
            away = inside.get(address(model, "change", foreign), follow_redirects=False)
            assert (away.status_code, away.headers["location"]) == (302, "/admin/"), model
    assert shown >= 12
    model = tables()[0][0]
    assert inside.get(address(model, "add")).status_code == 403
    assert inside.get(address(model, "delete", rows_of(beta, model)[0])).status_code == 403


def test_secrets_and_buyers_are_not_shown(inside: Window, alpha: World) -> None:
    everything(alpha)
    inside.enter(alpha.tenant_id)
    by_name = {model.__name__: model for model, _ in tables()}
    order = inside.get(address(by_name["Order"], "change", alpha["order_id"])).text
    assert alpha.mark not in order
    connection = inside.get(address(by_name["Connection"], "change", alpha["connection_id"])).text
    assert "field-secret" not in connection
    assert alpha.mark in connection
    receipt = inside.get(address(by_name["Receipt"], "change", alpha["receipt_id"])).text
    assert "field-external_id" in receipt
    assert "field-body" not in receipt


def test_each_look_is_noted_in_the_business_s_own_log(inside: Window, alpha: World, entries: Entries) -> None:
    job = alpha["job_id"]
    inside.enter(alpha.tenant_id)
    model = next(m for m, _ in tables() if m.__name__ == "Job")
    inside.get(address(model, "changelist"), params={"q": "Geheim"})
    inside.get(address(model, "change", job))
    found = [(row.action, row.entity_kind, row.entity_id) for row in entries(alpha.tenant_id)]
    assert found == [
        ("administration.entered", "tenant", str(alpha.tenant_id)),
        ("administration.read", "index", ""),
        ("administration.read", "jobs_job_changelist", ""),
        ("administration.read", "jobs_job_change", job),
    ]
    last = entries(alpha.tenant_id)[-1]
    assert (last.actor_kind, last.actor_label, last.address) == ("person", "Ole", "192.0.2.7")


def test_a_job_is_cancelled_and_a_session_ended_here_and_nowhere_else(
    inside: Window, alpha: World, beta: World, entries: Entries
) -> None:
    from kontor.accounts.models import Session
    from kontor.core.tenancy import tenant
    from kontor.jobs.models import Job

    everything(alpha)
    everything(beta)
    inside.enter(beta.tenant_id)
    by_name = {model.__name__: model for model, _ in tables()}
    for name, action, key in (("Job", "cancel", "job_id"), ("Session", "end", "session_id")):
        chosen = {"action": action, "_selected_action": [beta[key], alpha[key]]}
        answer = inside.post(address(by_name[name], "changelist"), chosen)
        assert "Done: 1" in answer.text, name
    outcomes = {}
    for world in (alpha, beta):
        with tenant(world.tenant_id):
            outcomes[world.mark] = (
                Job.objects.get(id=world["job_id"]).outcome,
                Session.objects.get(id=world["session_id"]).ended_because,
            )
    assert outcomes[beta.mark] == ("cancelled", "administration")
    assert outcomes[alpha.mark] == ("", "")
    actions = [row.action for row in entries(beta.tenant_id)]
    assert {"job.cancelled", "session.ended", "administration.acted"} <= set(actions)
