"""Telling people what happened: inside Kontor, by mail at once, or summed up once a day; each as they chose."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max, QuerySet

from kontor.accounts.models import Membership, Person
from kontor.accounts.people.ground import home, page_link
from kontor.accounts.people.models import Notice
from kontor.core.clock import now
from kontor.core.http.place import here
from kontor.core.tenancy import NoTenant, current_tenant, tenant
from kontor.live import events
from kontor.mail import service as mail
from kontor.mail.rendering import subject

Choice = Literal["app", "email", "none"]
DIGEST: Final = "digest"  # beside the events in `Person.notifications`
DEFAULTS: Final[dict[str, Choice]] = {
    "order.received": "app",
    "listing.refused": "app",
    "connection.refused": "email",
    "import.done": "app",
    "webhook.disabled": "email",
}
SECURITY: Final = "security"
SECURITY_PAGE: Final = "/settings/security"
DIGEST_HOUR: Final = 7  # in the person's own time zone
MOST_IN_DIGEST: Final = 50


def choice_of(person: Person, event: str) -> Choice:
    """How this person wants to hear of an event. Security can't be chosen away."""
    if event.partition(".")[0] == SECURITY:
        return "email"
    chosen: Choice = person.notifications.get(event, DEFAULTS[event])
    return chosen


def notify(
    event: str, tenant_id: UUID, person_ids: Collection[UUID] | None = None, *, link: str = "", **values: Any
) -> None:
    """Tells people of a tenant (all who are active, or those named) of an event, each as they chose.

    `link` is the path of the page to look at; `values` are those of the mail of the event's name. Runs inside that
    tenant's `tenant()` block, or opens one. Mails go only to addresses that were confirmed, except for security.
    """
    try:
        is_open = current_tenant() == tenant_id
    except NoTenant:
        with tenant(tenant_id):
            _notify(event, tenant_id, person_ids, link, values)
        return
    if not is_open:
        raise NoTenant(f"a notice for {tenant_id} inside the transaction of {current_tenant()}")
    _notify(event, tenant_id, person_ids, link, values)


def tell_person(event: str, person: Person, *, link: str = "", **values: Any) -> None:
    """Tells one person of what concerns them alone, in the open tenant if they are of it. For `security.*`."""
    try:
        where = current_tenant()
    except NoTenant:
        with tenant(home(person.id)):
            tell_person(event, person, link=link, **values)
        return
    if Membership.objects.filter(person=person, tenant_id=where, is_active=True).exists():
        _notify(event, where, [person.id], link, values)
    else:
        _mail(event, person, link, {"company": "", **_circumstances(), **values})


def _notify(
    event: str, tenant_id: UUID, person_ids: Collection[UUID] | None, link: str, values: dict[str, Any]
) -> None:
    members = Membership.objects.select_related("person", "tenant").filter(
        tenant_id=tenant_id, is_active=True, person__is_active=True
    )
    if person_ids is not None:
        members = members.filter(person_id__in=list(person_ids))
    rows = []
    for member in members.order_by("id"):
        person, choice = member.person, choice_of(member.person, event)
        if choice == "none":
            continue
        told = {"company": member.tenant.name, **(_circumstances() if _is_security(event) else {}), **values}
        row = Notice(person=person, event=event, params=told, link=link)
        if choice == "email" and (person.email_verified_at or _is_security(event)):
            _mail(event, person, link, told)
            row.mailed_at = row.at
        rows.append(row)
        events.record("notice.made", "person", person.id, payload={"event": event})
    Notice.objects.bulk_create(rows)


def _mail(event: str, person: Person, link: str, values: dict[str, Any]) -> None:
    mail.send(
        event, person.email, person.language, **{**values, "name": person.name, "link": page_link(link)}
    )


def _is_security(event: str) -> bool:
    return event.partition(".")[0] == SECURITY


def _circumstances() -> dict[str, str]:
    """When and from where: what lets a person tell whether it was they."""
    place = here()
    return {"at": f"{now():%Y-%m-%d %H:%M} UTC", "place": place.address or "?", "device": place.device or "?"}


def of(person_id: UUID) -> QuerySet[Notice]:
    """What this person was told in the open tenant."""
    return Notice.objects.filter(person_id=person_id)


def unread(person_id: UUID) -> int:
    """How many of them wait to be read."""
    return of(person_id).filter(read_at=None).count()


def read(person_id: UUID, ids: Iterable[UUID] | None) -> int:
    """Marks those (all for None) as read; others' are not touched. Answers how many still wait."""
    rows = of(person_id).filter(read_at=None)
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    if rows.update(read_at=now()):
        events.record("notice.read", "person", person_id)
    return unread(person_id)


def send_digests(tenant_id: UUID, at: datetime) -> int:
    """Sends the open summaries of one tenant that are due at `at`; answers how many. Opens `tenant()`."""
    with tenant(tenant_id):
        members = Membership.objects.select_related("person").filter(
            tenant_id=tenant_id,
            is_active=True,
            person__is_active=True,
            person__email_verified_at__isnull=False,
        )
        wanted = members.filter(**{f"person__notifications__{DIGEST}": True})
        return sum(_digest(member.person, at) for member in wanted)


def _digest(person: Person, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(person.time_zone))
    last = of(person.id).aggregate(last=Max("digested_at"))["last"]
    if local.hour < DIGEST_HOUR or (last and last.astimezone(local.tzinfo).date() >= local.date()):
        return False
    rows = of(person.id).filter(read_at=None, mailed_at=None, digested_at=None, at__lte=at).order_by("-id")
    found = list(rows)
    if not found:
        return False
    items = [subject(row.event, person.language, row.params) for row in found[:MOST_IN_DIGEST]]
    mail.send(
        "digest", person.email, person.language,
        name=person.name, link=page_link("/today"), items=items, count=len(found),
    )  # fmt: skip
    Notice.objects.filter(id__in=[row.id for row in found]).update(digested_at=at)
    return True
