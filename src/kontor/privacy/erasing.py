"""Carrying an erasure out: in small steps, each with its count in one transaction, so that a kill loses and doubles nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q, QuerySet

from kontor.accounts import sessions
from kontor.accounts.models import Membership, Person, Tenant
from kontor.accounts.people.models import Invitation
from kontor.channels.connections.models import OAuthState
from kontor.core.clock import now
from kontor.core.tenancy import tenant
from kontor.goods.imports import files as import_files
from kontor.inbound.models import WebhookRoute
from kontor.jobs.models import Job, Schedule, Status
from kontor.jobs.schedules import HOUSE
from kontor.live.models import Ticket
from kontor.mail import service as mail
from kontor.orders import buyers
from kontor.orders.models import Order
from kontor.privacy import archive, erasures, exports, inventory, leaving
from kontor.privacy.models import Erasure, ErasureOf, ErasureState, Export
from kontor.privacy.order import children_first

BATCH: Final = 2000
ORDERS_AT_ONCE: Final = 100
LISTINGS: Final = "publishing.Publication"  # in the receipt: what stays up
ENDED: Final = "publishing.ended"
CHANNELS: Final = "channels that could not be reached"
PSEUDONYMOUS: Final = "Art. 6 (1) f, Art. 17 (3) e GDPR: under a pseudonym"
Check = Callable[[], None]
Work = Callable[[], int]


class Steps:
    """One erasure's work. `check` is called between steps and may raise to end it; it is taken up again later."""

    def __init__(self, row: Erasure, check: Check) -> None:
        self.row, self._check = row, check

    def once(self, name: str, tenant_id: UUID, work: Work) -> int:
        """Does `work` as one tenant and adds what it answers to the receipt, both or neither."""
        self._check()
        with tenant(tenant_id):
            if count := work():
                row = Erasure.objects.select_for_update().get(id=self.row.id)
                row.counts[name] = row.counts.get(name, 0) + count
                row.save(update_fields=["counts"])
        return count

    def until_none(self, name: str, tenant_id: UUID, work: Work) -> int:
        """Repeats `work` until it finds nothing more; answers how much it found."""
        total = 0
        while count := self.once(name, tenant_id, work):
            total += count
        return total

    def delete(self, model: type[Model], tenant_id: UUID, **wanted: Any) -> None:
        """Deletes rows of a table without keys to it, a batch at a time."""

        def work() -> int:
            rows: QuerySet[Model] = model._default_manager.filter(**wanted)
            return rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:BATCH])).delete()[0]

        self.until_none(model._meta.label, tenant_id, work)


def carry_out(erasure_id: UUID, check: Check) -> bool:
    """Carries one erasure out, from wherever an earlier attempt was ended; False where it waits for others' work."""
    started = Erasure.objects.filter(id=erasure_id, state=ErasureState.PLANNED)
    started.update(state=ErasureState.RUNNING, begun_at=now())
    row = Erasure.objects.get(id=erasure_id)
    if row.state != ErasureState.RUNNING:
        return True
    steps, words = Steps(row, check), erasures.opened(row)
    if row.subject == ErasureOf.BUSINESS and not _left_the_channels(steps):
        return False
    {ErasureOf.PERSON: _person, ErasureOf.BUSINESS: _business, ErasureOf.BUYER: _buyer}[
        ErasureOf(row.subject)
    ](steps, words)
    return True


def _done(row: Erasure, words: dict[str, Any], template: str = "") -> None:
    """The receipt is complete; what was needed to find the traces goes, and who asked is told."""
    with tenant(HOUSE):
        fresh = Erasure.objects.select_for_update().get(id=row.id)
        if fresh.state != ErasureState.RUNNING:
            return
        fresh.state, fresh.done_at, fresh.sealed = ErasureState.DONE, now(), None
        fresh.save(update_fields=["state", "done_at", "sealed"])
        if template:
            staying = sum(each["count"] for each in fresh.kept if each["what"] == LISTINGS)
            mail.send(
                template, words["email"], words["language"], name=words["name"], receipt=str(row.id),
                count=sum(fresh.counts.values()), company=words.get("company", ""),
                ended=fresh.counts.get(ENDED, 0), staying=staying,
            )  # fmt: skip


def _person(steps: Steps, words: dict[str, Any]) -> None:
    assert steps.row.person_id
    person_id, pseudonym = steps.row.person_id, steps.row.pseudonym
    businesses = list(Tenant.objects.order_by("id").values_list("id", flat=True))
    for tenant_id in businesses:
        steps.delete(Invitation, tenant_id, email__iexact=words["email"])
        if Membership.objects.filter(tenant_id=tenant_id, person_id=person_id).exists():
            _person_in(steps, tenant_id, person_id, pseudonym, words)
    _causes(steps, HOUSE, person_id, pseudonym)
    steps.delete(Job, HOUSE, payload__person=str(person_id))
    steps.delete(Job, HOUSE, payload__email__iexact=words["email"], status=Status.DONE)
    _account(steps, person_id, words["email"])
    for tenant_id in [*businesses, HOUSE]:  # last: nobody writes about this person any more
        steps.until_none("audit.Entry", tenant_id, lambda: _pseudonymise(steps.row, words))
    _keep_entries(steps.row.id)
    _done(steps.row, words, "erasure_person_done")


def _keep_entries(erasure_id: UUID) -> None:
    """The receipt says what stays of a person: what they did in businesses, under the pseudonym."""
    with tenant(HOUSE):
        row = Erasure.objects.select_for_update().get(id=erasure_id)
        count = row.counts.get("audit.Entry", 0)
        row.kept = (
            [{"what": "audit.Entry", "count": count, "law": PSEUDONYMOUS, "until": None}] if count else []
        )
        row.save(update_fields=["kept"])


def _person_in(steps: Steps, tenant_id: UUID, person_id: UUID, pseudonym: str, words: dict[str, Any]) -> None:
    """What one business keeps of the person: notices go, the name makes room for the pseudonym."""
    for link in inventory.links_to_people():
        if link.goes_along:
            steps.delete(link.model, tenant_id, **{link.column: person_id})
        else:
            steps.once(link.model._meta.label, tenant_id, partial(_unlink, link, person_id))
    for model, column in inventory.names():
        steps.once(model._meta.label, tenant_id, partial(_renamed, model, column, words["name"], pseudonym))
    steps.once("files", tenant_id, lambda: _remove_exports(person_id))
    steps.delete(Job, tenant_id, payload__person=str(person_id))
    _causes(steps, tenant_id, person_id, pseudonym)


def _causes(steps: Steps, tenant_id: UUID, person_id: UUID, pseudonym: str) -> None:
    for cause in inventory.causes():
        steps.until_none(cause.table, tenant_id, partial(_rename, cause, person_id, pseudonym))


def _unlink(link: inventory.Link, person_id: UUID) -> int:
    rows = link.model._default_manager.filter(**{link.column: person_id})
    return rows.update(**{link.column: None})


def _renamed(model: type[Model], column: str, name: str, pseudonym: str) -> int:
    return model._default_manager.filter(**{column: name}).update(**{column: pseudonym})


def _remove_exports(person_id: UUID) -> int:
    rows = list(Export.objects.filter(person_id=person_id))
    for row in rows:
        exports.remove(row)
    return len(rows)


def _pseudonymise(row: Erasure, words: dict[str, Any]) -> int:
    names = [words["email"], words["name"]]  # these two are looked for as whole labels too
    names += [part for part in (words["first_name"], words["last_name"]) if len(part) > 2]
    with connection.cursor() as cursor:
        cursor.execute("select privacy_pseudonymise(%s, %s, %s)", [row.id, names, BATCH])
        return int(cursor.fetchone()[0])


def _rename(column: inventory.Column, person_id: UUID, pseudonym: str) -> int:
    query = f"""
        update {column.table} set {column.name} = jsonb_set({column.name}, '{{label}}', to_jsonb(%(pseudonym)s::text))
         where id in (select id from {column.table}
                       where {column.name}->>'kind' = 'person' and {column.name}->>'id' = %(person)s
                         and {column.name}->>'label' is distinct from %(pseudonym)s limit %(most)s)
    """  # noqa: S608  # names of our own tables
    with connection.cursor() as cursor:
        cursor.execute(query, {"pseudonym": pseudonym, "person": str(person_id), "most": BATCH})
        return int(cursor.rowcount)


def _account(steps: Steps, person_id: UUID, email: str) -> None:
    """The account with all that hangs on it: sessions, factors, tokens, memberships, mails, the picture."""

    def gone() -> int:
        person = Person.objects.filter(id=person_id).first()
        if person is None:
            return 0
        if person.avatar and not Person.objects.exclude(id=person_id).filter(avatar=person.avatar).exists():
            archive.avatar_file(person.avatar).unlink(missing_ok=True)
        OAuthState.objects.filter(person_id=person_id).delete()
        return person.delete()[0]

    steps.once("mail.Message", HOUSE, lambda: mail.forget(email))
    steps.once("accounts.Person", HOUSE, gone)


def _left_the_channels(steps: Steps) -> bool:
    """Closes the business, and takes it off its channels before anything goes; False while that is under way."""
    tenant_id, begun_at = steps.row.tenant_id, steps.row.begun_at
    assert tenant_id
    assert begun_at
    _close(steps, tenant_id)
    with tenant(tenant_id):
        under_way = leaving.take_off()
    if under_way and not leaving.is_over(begun_at):
        return False
    steps.once("connections.secrets", tenant_id, partial(_signed_out, steps.row.id, begun_at))
    return True


def _signed_out(erasure_id: UUID, begun_at: datetime) -> int:
    """The last moment at which listings can be ended, and counted."""
    row = Erasure.objects.select_for_update().get(id=erasure_id)
    if ENDED not in row.counts:
        row.counts[ENDED] = leaving.ended_since(begun_at)
        if staying := leaving.staying():
            row.kept.append({"what": LISTINGS, "count": staying, "law": "", "until": None, "by": CHANNELS})
        row.save(update_fields=["counts", "kept"])
    return leaving.sign_out()


def _business(steps: Steps, words: dict[str, Any]) -> None:
    tenant_id = steps.row.tenant_id
    assert tenant_id
    # What a job still wrote while its table was emptied is found by the next round.
    while sum(_empty(steps, tenant_id, table) for table in children_first()):
        pass
    steps.once("files", tenant_id, lambda: _remove_files(tenant_id))
    for person_id, email in _without_other(tenant_id):
        _account(steps, person_id, email)
    steps.once("accounts.Tenant", HOUSE, lambda: Tenant.objects.filter(id=tenant_id).delete()[0])
    _done(steps.row, words, "erasure_business_done")


def _close(steps: Steps, tenant_id: UUID) -> None:
    """Nobody enters any more, nothing begins by itself; and the receipt says what law keeps, while it can be counted."""

    def closed() -> int:
        for member in Membership.objects.filter(tenant_id=tenant_id, is_active=True):
            sessions.finish_all(membership_id=member.id, because="deactivated")
        Membership.objects.filter(tenant_id=tenant_id).update(is_active=False)
        Ticket.objects.filter(tenant_id=tenant_id).delete()
        OAuthState.objects.filter(tenant_id=tenant_id).delete()
        WebhookRoute.objects.filter(tenant=tenant_id).delete()
        return Schedule.objects.filter(tenant_id=tenant_id).delete()[0]

    steps.once("jobs.Schedule", tenant_id, closed)
    with tenant(tenant_id):
        row = Erasure.objects.select_for_update().get(id=steps.row.id)
        if row.kept:
            return
        newest, count = Order.objects.order_by("-placed_at").first(), Order.objects.count()
        handed = (
            Export.objects.filter(subject="business").exclude(fetched_at=None).order_by("-fetched_at").first()
        )
        row.kept = [
            {
                "what": "orders.Order", "count": count, "law": buyers.LAW,
                "until": buyers.keeps_until(newest.placed_at).date().isoformat() if newest else None,
                "by": "the business itself",
                "handed_over_at": handed.fetched_at.isoformat() if handed and handed.fetched_at else None,
            }
        ]  # fmt: skip
        row.save(update_fields=["kept"])


def _empty(steps: Steps, tenant_id: UUID, table: str) -> int:
    query = f"delete from {table} where id in (select id from {table} limit %s)"  # noqa: S608  # our own tables

    def work() -> int:
        with connection.cursor() as cursor:
            if table == "audit_entry":
                cursor.execute("select privacy_forget_entries(%s, %s)", [steps.row.id, BATCH])
                return int(cursor.fetchone()[0])
            cursor.execute(query, [BATCH])
            return int(cursor.rowcount)

    return steps.until_none(table, tenant_id, work)


def _remove_files(tenant_id: UUID) -> int:
    folders = (
        archive.media_folder(tenant_id),
        import_files.folder_of(tenant_id),
        archive.folder_of(tenant_id),
    )
    count = 0
    for folder in folders:
        count += sum(path.is_file() for path in folder.rglob("*")) if folder.is_dir() else 0
        shutil.rmtree(folder, ignore_errors=True)
    return count


def _without_other(tenant_id: UUID) -> list[tuple[UUID, str]]:
    """Members who belong to no other business: their accounts go with this one."""
    elsewhere = Membership.objects.exclude(tenant_id=tenant_id).values("person_id")
    people = Person.objects.filter(memberships__tenant_id=tenant_id).exclude(id__in=elsewhere)
    return list(people.filter(is_staff=False).order_by("id").values_list("id", "email"))


def _buyer(steps: Steps, words: dict[str, Any]) -> None:
    tenant_id = steps.row.tenant_id
    assert tenant_id
    names = words.get("usernames")
    wanted: Q = buyers.known_as(names) if names else buyers.called(**words)

    def forget() -> int:
        found = buyers.forget(wanted, ORDERS_AT_ONCE)
        row = Erasure.objects.select_for_update().get(id=steps.row.id)
        none_yet: dict[str, Any] = {"what": "orders.Order", "count": 0, "law": buyers.LAW, "until": ""}
        kept: dict[str, Any] = row.kept[0] if row.kept else none_yet
        if found.kept and found.kept_until:
            until = max(kept["until"], found.kept_until.date().isoformat())
            row.kept = [{**kept, "count": kept["count"] + found.kept, "until": until}]
        if found.receipts:
            row.counts["inbound.Receipt"] = row.counts.get("inbound.Receipt", 0) + found.receipts
        row.save(update_fields=["kept", "counts"])
        return found.orders

    steps.until_none("orders.Order", tenant_id, forget)
    _done(steps.row, words)
