"""How to get into the demo, and whether there is a demo to get into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import psycopg

EMAIL: Final = "demo@kontor.localhost"
PASSWORD: Final = "Leinen-und-Meer-23552"  # noqa: S105  # printed at every start; the demo listens on this machine only


@dataclass(frozen=True, slots=True)
class LogIn:
    """How to get into the demo."""

    email: str
    password: str


LOG_IN: Final = LogIn(EMAIL, PASSWORD)


def is_filled(address: str) -> bool:
    """Whether the database has the demo's shop with its goods. Asked without Django, which takes a second to load."""
    with psycopg.connect(address) as database:
        tenants = database.execute(
            "select tenant_id::text from accounts_membership m join accounts_person p on p.id = m.person_id"
            " where p.email = %s order by m.id limit 1",
            [EMAIL],
        ).fetchone()
        if tenants is None:
            return False
        database.execute("select set_config('app.tenant', %s, true)", tenants)
        return database.execute("select exists (select from catalog_listing)").fetchone() == (True,)
