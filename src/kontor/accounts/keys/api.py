"""`/api/v1/api-keys`: keys for programs of the business.

They belong to the business, not to who made them: a key goes on when its maker leaves or is deactivated, and any
administrator sees whose it was and may revoke it. People make and revoke them, keys don't.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import Query

from kontor.accounts.keys import service
from kontor.accounts.keys.models import ApiKey
from kontor.accounts.keys.schemas import KeyIn, KeyOut, MadeOut
from kontor.accounts.people import members
from kontor.core.http.credentials import Signed
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router

routes = router("/api-keys", "API keys")
Words = Annotated[
    str, Query(max_length=100, description="Words of the name, or the beginning of the prefix. No whole key.")
]
StatusAsked = Annotated[service.Status | None, Query(description="Only those.")]


@routes.get("", scope="admin", summary="API keys of the business")
def list_api_keys(actor: Signed, page: Paging, q: Words = "", status: StatusAsked = None) -> Page[KeyOut]:
    """The newest first, with those that expired or were revoked."""
    return paginate(service.find(words=q, status=status), page).page(_shown())


@routes.post("", scope="admin", status_code=201, summary="Make an API key")
def make_api_key(actor: Signed, wish: KeyIn) -> MadeOut:
    """Send `secret` as `Authorization: Bearer`. It is shown in this answer alone, so a repeat makes another key.

    403 `proof.needed`, and `person.needed` for a key; 409 `key.too_many`; 422 `key.scope_beyond` at `scopes`,
    `key.expiry_past` at `expires_at`, `key.name_missing` at `name`.
    """
    made = service.make(actor, wish.name, wish.scopes, wish.expires_at)
    return MadeOut(key=_shown()(made.key), secret=made.secret)


@routes.delete("/{key_id}", scope="admin", status_code=204, summary="Revoke an API key")
def revoke_api_key(actor: Signed, key_id: UUID) -> None:
    """It is refused within five seconds, and stays in the list."""
    service.revoke(actor, key_id)


def _shown() -> Callable[[ApiKey], KeyOut]:
    here = frozenset(members.find(active=True).values_list("person_id", flat=True))
    return lambda key: KeyOut.of(key, here)
