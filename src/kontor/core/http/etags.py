"""Optimistic locking: the ETag is the revision's number, `If-Match` says which one was edited.

def patch_listing(actor: Signed, listing_id: UUID, edit: ListingEdit, if_match: IfMatch, response: Response) -> …:
    view = service.save(listing_id, edit, expected_revision=expected_revision(if_match))
    response.headers["ETag"] = etag(view.revision)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from django.db import connection
from fastapi import Header
from pydantic_core import to_jsonable_python

from kontor.core.errors import KontorError, StaleEdit
from kontor.core.tenancy import current_tenant

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The ETag that was edited, or `*` for whatever is there.",
        examples=['"7"'],
    ),
]

# For what only its own person edits: heeded where it is sent, not demanded.
IfMatchGiven = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The ETag that was edited: refused with 412 if somebody else changed it since.",
        examples=['"c0ffee00c0ffee00"'],
    ),
]


class RevisionNeeded(KontorError):
    """`If-Match` is missing: without it, somebody else's change could be lost."""

    code, status, title = "revision_needed", 428, "Say with If-Match which revision you changed"


class RevisionUnreadable(KontorError):
    """`If-Match` is not an ETag of ours."""

    code, status, title = "revision_unreadable", 400, "If-Match must be an ETag as we sent it, or *"


def etag(revision: int) -> str:
    """The `ETag` of a revision: `"7"`."""
    return f'"{revision}"'


def content_etag(shown: Any) -> str:
    """The `ETag` of something without a revision: of what a reader is shown of it (JSON, or a model)."""
    # By name, because the database gives the fields of a JSON column in an order of its own.
    ordered = json.dumps(to_jsonable_python(shown, fallback=str), sort_keys=True)
    return f'"{hashlib.sha256(ordered.encode()).hexdigest()[:16]}"'


def require_unchanged(if_match: str | None, thing: str, shown: Callable[[], Any]) -> None:
    """For what has no revision: raises StaleEdit unless `If-Match` is `*` or the content ETag of what `shown` gives.

    Also raises RevisionNeeded, where it is missing. `thing` names it (`brand:<id>`): until the transaction ends, others
    who change it wait here, and then look.
    """
    if if_match is None:
        raise RevisionNeeded
    if if_match.strip() == "*":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"{current_tenant()}:{thing}"]
        )
    there = shown()
    present = content_etag(there)
    given = {part.strip().removeprefix("W/") for part in if_match.split(",")}
    if present not in given:
        theirs = to_jsonable_python(there, fallback=str)
        raise StaleEdit(
            yours={"etag": if_match},
            theirs={"etag": present, **(theirs if isinstance(theirs, dict) else {"items": theirs})},
        )


def expected_revision(if_match: str | None) -> int | None:
    """The revision that `If-Match` names, None for `*`. Raises RevisionNeeded, RevisionUnreadable."""
    if if_match is None:
        raise RevisionNeeded
    if if_match.strip() == "*":
        return None
    text = if_match.strip().removeprefix("W/").strip('"')
    if not text.isascii() or not text.isdigit() or len(text) > 10:
        raise RevisionUnreadable
    return int(text)


def require_match(if_match: str | None, revision: int, theirs: Mapping[str, Any]) -> None:
    """Raises StaleEdit with both sides unless `If-Match` names `revision` (or is `*`); `theirs` is what is there now.

    Also raises RevisionNeeded, RevisionUnreadable. Call it with the row locked, or compare again when writing.
    """
    expected = expected_revision(if_match)
    if expected is not None and expected != revision:
        raise StaleEdit(yours={"revision": expected}, theirs={"revision": revision, **theirs})
