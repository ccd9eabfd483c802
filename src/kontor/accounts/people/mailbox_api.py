"""What the holder of a mailbox may do by a link, and the pictures of people: all without a log-in."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Request, Response

from kontor.accounts import cookies, login
from kontor.accounts.people import addresses, avatars, invitations
from kontor.accounts.people.schemas import (
    AcceptIn,
    AddressIn,
    AddressOut,
    InvitedOut,
    LinkIn,
    NewPasswordIn,
)
from kontor.accounts.schemas import TokensOut
from kontor.core.http.routing import router

routes = router("/auth", "Accounts")
pictures = router("/avatars", "Accounts")
InvitationToken = Annotated[str, Path(max_length=100, examples=["no-such-token"])]
PictureName = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the picture.")]
PICTURE_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": "inline; filename=picture.webp",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@routes.post("/verify-email", scope="public", summary="Confirm an address")
def verify_email(request: Request, wish: LinkIn) -> AddressOut:
    """Uses the link of the mail up. 410 `link.over`."""
    cookies.own_origin(request)
    return AddressOut(email=addresses.verify(wish.token))


@routes.post(
    "/resend-verification", scope="public", status_code=202, summary="Send the confirming mail again"
)
def resend_verification(request: Request, wish: AddressIn) -> None:
    """Answers the same, after the same work, whether the address is known or not."""
    cookies.own_origin(request)
    addresses.ask_verification_again(wish.email)


@routes.post("/forgotten-password", scope="public", status_code=202, summary="Send a link for a new password")
def ask_for_new_password(request: Request, wish: AddressIn) -> None:
    """Answers the same, after the same work, whether the address is known or not."""
    cookies.own_origin(request)
    addresses.forgotten(wish.email)


@routes.post("/reset-password", scope="public", status_code=204, summary="Set a new password by a link")
def reset_password(request: Request, wish: NewPasswordIn) -> None:
    """All sessions of the person end. 410 `link.over`; 422 with what is wrong with the password."""
    cookies.own_origin(request)
    addresses.reset(wish.token, wish.password)


@routes.post("/confirm-email-change", scope="public", summary="Confirm a new address")
def confirm_email_change(request: Request, wish: LinkIn) -> AddressOut:
    """From now on the person logs in with this address; the former one is told. 410 `link.over`."""
    cookies.own_origin(request)
    return AddressOut(email=addresses.confirm_change(wish.token))


@routes.get("/invitations/{token}", scope="public", summary="What an invitation says")
def look_at_invitation(token: InvitationToken) -> InvitedOut:
    """For whoever holds the link of the mail. 410 `invitation.over`."""
    return InvitedOut.of(invitations.look(token))


@routes.post("/invitations/{token}/accept", scope="public", summary="Accept an invitation and log in")
def accept_invitation(
    request: Request, response: Response, token: InvitationToken, wish: AcceptIn
) -> TokensOut:
    """Answers like a log-in, second factor included: at 401 `login.second_factor` the invitation is accepted already.

    410 `invitation.over`; 401 `login.wrong` where the address has an account with another password.
    """
    cookies.own_origin(request)
    asked = invitations.accept(token, wish.newcomer())
    logged_in = login.login(asked.email, wish.password, tenant_name=str(asked.tenant_id))
    cookies.remember(response, logged_in.refresh_token)
    return TokensOut.of(logged_in, refresh_token=logged_in.refresh_token)


@pictures.get(
    "/{sha256}",
    scope="public",
    unlimited=True,
    summary="A person's picture",
    response_class=Response,
    responses={200: {"content": {avatars.CONTENT_TYPE: {}}, "description": "WebP, 256 × 256"}},
)
def read_avatar(sha256: PictureName) -> Response:
    """Named by its own hash, so it never changes and nobody finds it who has not seen it."""
    return Response(avatars.read(sha256), media_type=avatars.CONTENT_TYPE, headers=PICTURE_HEADERS)
