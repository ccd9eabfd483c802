"""Every request a channel got, with its answer, secrets blacked out: what contract tests read."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from kontor_sandbox.exchange import Answer, Request
from kontor_sandbox.store import dump, load, rows

SCHEMA = """
CREATE TABLE IF NOT EXISTS recorded_request (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    query TEXT NOT NULL,
    host TEXT,
    headers TEXT NOT NULL,
    body TEXT NOT NULL,
    status INTEGER NOT NULL,
    answer_headers TEXT NOT NULL,
    answer TEXT NOT NULL,
    fault TEXT
);
CREATE INDEX IF NOT EXISTS recorded_request_path ON recorded_request (path);
"""

KEPT_CHARACTERS = 20_000
KEPT_REQUESTS = 50_000
_SECRETS = re.compile(
    r"(v(?:\^|%5E)1\.1(?:#|%23))[^&\"\s]+|((?:client_secret|verificationToken|oauth_token_secret)\"?[=:]\s*\"?)[^&\"\s]+"
)


def _blackened(text: str) -> str:
    return _SECRETS.sub(r"\1\2…", text)[:KEPT_CHARACTERS]


def _text(body: bytes, media_type: str) -> str:
    if media_type.startswith(("multipart/", "image/")):
        return f"({len(body)} bytes of {media_type.split(';')[0]})"
    return _blackened(body.decode("utf-8", "replace"))


def record(
    db: sqlite3.Connection, at: str, request: Request, answer: Answer, sent: bytes, fault: str | None
) -> None:
    """Write one exchange down; keeps the newest 50,000."""
    headers = {name: "…" if name == "authorization" else value for name, value in request.headers.items()}
    cursor = db.execute(
        "INSERT INTO recorded_request"
        " (at, method, path, query, host, headers, body, status, answer_headers, answer, fault)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            at,
            request.method,
            request.path,
            _blackened(request.query_string),
            request.host,
            dump(headers),
            _text(request.body, request.headers.get("content-type", "")),
            answer.status,
            dump({name: _blackened(value) for name, value in answer.headers.items()}),
            _text(sent, answer.media_type),
            fault,
        ),
    )
    if cursor.lastrowid is not None and cursor.lastrowid % 1000 == 0:
        db.execute("DELETE FROM recorded_request WHERE number <= ?", (cursor.lastrowid - KEPT_REQUESTS,))


def recorded(
    db: sqlite3.Connection,
    *,
    method: str = "",
    path: str = "",
    status: int = 0,
    after: int = 0,
    limit: int = 200,
) -> list[dict[str, Any]]:
    """Recorded exchanges in the order they came; ``path`` is a GLOB pattern such as ``/sell/*``."""
    found = rows(
        db,
        "SELECT * FROM recorded_request WHERE number > ? AND (? = '' OR method = ?) AND (? = '' OR path GLOB ?)"
        " AND (? = 0 OR status = ?) ORDER BY number LIMIT ?",
        *(after, method, method, path, path, status, status, limit),
    )
    return [
        dict(row) | {"headers": load(row["headers"]), "answer_headers": load(row["answer_headers"])}
        for row in found
    ]
