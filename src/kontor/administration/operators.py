"""Who runs the house: people who may enter `/admin`, named at the terminal and nowhere else."""

from __future__ import annotations

from kontor.accounts.models import Person, normalised
from kontor.audit import service as audit
from kontor.core.errors import NotFound
from kontor.core.tenancy import tenant
from kontor.jobs.schedules import HOUSE


def name(email: str) -> Person:
    """May enter from now on, with their password and second factor. Raises NotFound."""
    return _set(email, "operator.named", is_operator=True)


def dismiss(email: str) -> Person:
    """May not any more, from the next click on. Raises NotFound."""
    return _set(email, "operator.dismissed", is_operator=False)


def _set(email: str, action: str, *, is_operator: bool) -> Person:
    person = Person.objects.filter(email=normalised(email), is_active=True).first()
    if person is None:
        raise NotFound(f"Nobody active has the address {email}.", email=email)
    with tenant(HOUSE):
        Person.objects.filter(id=person.id).update(is_staff=is_operator)
        audit.record(action, entity_kind="person", entity_id=str(person.id), entity_label=person.email)
    return person
