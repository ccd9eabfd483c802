"""`/api/v1/me/factors`: what proves a person besides the password.

All take any logged-in person, whatever their scopes: who must add a factor has none yet, and a read-only role guards
its own account too. Answers that show a secret once are no replayable creates: nothing of them is kept.
"""

from __future__ import annotations

from uuid import UUID

from fastapi import Request

from kontor.accounts import sessions
from kontor.accounts.factors import passkeys, recovery, service, totp
from kontor.accounts.factors.schemas import (
    AddedOut,
    CodeIn,
    EnrolmentOut,
    FactorOut,
    FactorsOut,
    PasskeyIn,
    PasskeyOptionsOut,
    RecoveryCodesOut,
)
from kontor.core.http.credentials import Signed
from kontor.core.http.routing import router

routes = router("/me/factors", "Accounts")


@routes.get("", scope="person", summary="My second factors")
def list_factors(actor: Signed) -> FactorsOut:
    """The authenticator app and passkeys that count, and how many recovery codes are left."""
    membership = sessions.of(actor).membership
    return FactorsOut(
        items=[FactorOut.of(factor) for factor in service.of(membership.person)],
        recovery_codes_left=recovery.left(membership.person),
        required=membership.tenant.requires_second_factor,
        passkey_host=passkeys.host(),
    )


@routes.post("/totp", scope="person", summary="Begin with an authenticator app")
def begin_totp(actor: Signed) -> EnrolmentOut:
    """A secret for the app, shown once; it counts when a code of it is confirmed. 403 `proof.needed`."""
    begun = totp.begin(sessions.proven(actor).membership.person)
    return EnrolmentOut(secret=begun.secret, uri=begun.uri, svg=begun.svg)


@routes.post("/totp/confirm", scope="person", summary="Confirm the authenticator app")
def confirm_totp(actor: Signed, wish: CodeIn) -> AddedOut:
    """It counts from now on, in place of an earlier one; this session has its second factor, refresh for its scopes.

    422 `factor.code_wrong` at `code`; 409 `factor.not_begun`; 403 `proof.needed`.
    """
    return AddedOut.of(service.confirm_totp(actor, wish.code))


@routes.post("/passkeys/options", scope="person", summary="Begin with a passkey")
def begin_passkey(actor: Signed) -> PasskeyOptionsOut:
    """What the browser needs to make one. 409 `passkey.impossible`; 403 `proof.needed`."""
    challenge, options = service.begin_passkey(actor)
    return PasskeyOptionsOut(challenge=challenge, options=options)


@routes.post("/passkeys", scope="person", summary="Add the passkey that the browser made")
def add_passkey(request: Request, actor: Signed, wish: PasskeyIn) -> AddedOut:
    """It counts from now on. 422 `passkey.refused` at `credential`; 409 `passkey.known`, `factor.not_begun`."""
    origin = request.headers.get("origin", "")
    return AddedOut.of(service.add_passkey(actor, wish.challenge, wish.name, wish.credential, origin))


@routes.delete("/{factor_id}", scope="person", status_code=204, summary="Take a second factor away")
def remove_factor(actor: Signed, factor_id: UUID) -> None:
    """409 `second_factor.required` where the business demands one and it is the last; 403 `proof.needed`."""
    service.remove(actor, factor_id)


@routes.post("/recovery-codes", scope="person", summary="New recovery codes")
def make_recovery_codes(actor: Signed) -> RecoveryCodesOut:
    """Ten codes, shown once; the earlier ones are void. 409 `factor.none`; 403 `proof.needed`."""
    return RecoveryCodesOut(codes=service.new_recovery_codes(actor))
