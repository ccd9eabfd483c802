"""The business itself: its name, where it is, what it demands of its people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from babel import Locale

from kontor.accounts.models import Tenant
from kontor.accounts.people.ground import locked_tenant, revision_of
from kontor.accounts.service import company_problems, refuse
from kontor.audit import service as audit
from kontor.core.errors import Problem
from kontor.core.http.etags import require_match
from kontor.core.tenancy import current_tenant
from kontor.live import events

COUNTRIES = frozenset(
    str(code) for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", str(code))
) - {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
SETTINGS = ("name", "country", "language", "requires_second_factor")


def present() -> Tenant:
    """The open tenant."""
    return Tenant.objects.get(id=current_tenant())


def shown(found: Tenant) -> dict[str, Any]:
    """What the settings page edits."""
    return {name: getattr(found, name) for name in SETTINGS}


def revision(found: Tenant) -> int:
    """What `If-Match` on the tenant means."""
    return revision_of(shown(found))


def edit(wish: Mapping[str, Any], if_match: str | None) -> Tenant:
    """Changes what `wish` names of SETTINGS. Raises Invalid, StaleEdit."""
    found = locked_tenant()
    before = shown(found)
    require_match(if_match, revision(found), before)
    refuse(_problems(wish))
    for name, value in wish.items():
        setattr(found, name, value.strip() if isinstance(value, str) else value)
    found.save(update_fields=list(SETTINGS))
    after = shown(found)
    if after != before:
        audit.record(
            "tenant.changed", entity_kind="tenant", entity_id=str(found.id), entity_label=found.name,
            before=before, after=after,
        )  # fmt: skip
        events.record("tenant.changed", "tenant", found.id)
    return found


def _problems(wish: Mapping[str, Any]) -> list[Problem]:
    found = company_problems(wish["name"], field="name") if "name" in wish else []
    if "country" in wish and wish["country"] not in COUNTRIES:
        found.append(Problem("country.unknown", "There is no country with this code.", field="country"))
    return found
