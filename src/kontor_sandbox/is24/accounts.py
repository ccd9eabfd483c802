"""The two played estate agents, and the application that is registered from the start."""

from __future__ import annotations

import sqlite3

from kontor_sandbox.is24.nodes import Node, render
from kontor_sandbox.store import Row, find, next_number, rows

CONSUMER_KEY = "Kontor-SandboxKey"
CONSUMER_SECRET = "kontor-sandbox-secret"  # noqa: S105 (a key to a play)
_ACCOUNTS = (
    (
        "107268859",
        "hafenblick-immobilien",
        "Hafenblick Immobilien",
        "anfragen@hafenblick.example",
        "Petersen",
    ),
    ("107268860", "lindenhof-makler", "Lindenhof Makler", "anfragen@lindenhof.example", "Seidel"),
)
FIRST_CONTACT = 124_308_575


def seed(db: sqlite3.Connection) -> None:
    """Put accounts, their default contacts and the application there, where they are missing."""
    db.execute(
        "INSERT OR IGNORE INTO is24_application (consumer_key, secret, title) VALUES (?, ?, 'Kontor')",
        (CONSUMER_KEY, CONSUMER_SECRET),
    )
    for account_id, username, title, email, lastname in _ACCOUNTS:
        made = db.execute(
            "INSERT OR IGNORE INTO is24_account VALUES (?, ?, ?, ?)", (account_id, username, title, email)
        )
        if made.rowcount:
            contact = Node("common:realtorContactDetail")
            contact.add("email", email)
            contact.add("lastname", lastname)
            number = next_number(db, "is24_contact", FIRST_CONTACT)
            db.execute(
                "INSERT INTO is24_contact VALUES (?, ?, NULL, 1, ?)", (number, account_id, render(contact))
            )


def all_accounts(db: sqlite3.Connection) -> list[Row]:
    """Every played account."""
    return rows(db, "SELECT * FROM is24_account ORDER BY account_id")


def account_named(db: sqlite3.Connection, username: str) -> Row:
    """One account by its user name; the first where none is named. Raises LookupError."""
    found = find(
        db, "SELECT * FROM is24_account WHERE ? IN ('', username) ORDER BY account_id LIMIT 1", username
    )
    if found is None:
        raise LookupError(f"There is no played account {username!r}.")
    return found
