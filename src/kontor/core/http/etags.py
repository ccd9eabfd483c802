"""Optimistic locking: the ETag is the revision's number, `If-Match` says which one was edited.

def patch_listing(actor: Signed, listing_id: UUID, edit: ListingEdit, if_match: IfMatch, response: Response) -> …:
    view = service.save(listing_id, edit, expected_revision=expected_revision(if_match))
    response.headers["ETag"] = etag(view.revision)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Header

from kontor.core.errors import KontorError, StaleEdit

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The ETag that was edited, or `*` for whatever is there.",
        examples=['"7"'],
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
