"""No change without an entry: a request that recorded nothing itself leaves one that names its operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from kontor.audit.service import record, recording
from kontor.core.actor import Actor
from kontor.core.tenancy import NoTenant, current_tenant, tenant

# Operations that are no GET, and change nothing that anybody would look for here.
QUIET: Final = frozenset(
    {
        "issue_ticket",  # a socket opens
        "preflight",
        "read_notices",
        "patch_preferences",  # how it looks to one person
        "prove",  # what is done with the proof is recorded
        "prove_second_factor",
        "begin_totp",  # nothing counts until it is confirmed
        "begin_passkey",
    }
)


@contextmanager
def recorded(actor: Actor, operation: str, named: Mapping[str, Any]) -> Iterator[None]:
    """Around an endpoint that may change something. `named` are the ids of its path, the last one names the thing."""
    with recording() as actions:
        yield
    if actions or operation in QUIET:
        return
    kind, thing = list(named.items())[-1] if named else ("", "")

    def record_it() -> None:
        record(operation, entity_kind=kind.removesuffix("_id"), entity_id=str(thing)[:64])

    try:
        current_tenant()
    except NoTenant:  # the endpoint opened its own transactions, and they are over
        with tenant(actor.tenant_id):
            record_it()
    else:
        record_it()
