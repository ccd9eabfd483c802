"""`/api/v1/people` and `/api/v1/tenant`: who is in the business, who is asked in, and the business itself."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from kontor.accounts.people import invitations, members, tenants
from kontor.accounts.people.schemas import (
    BusinessSettingsEdit,
    BusinessSettingsOut,
    HandOverIn,
    InvitationOut,
    InviteIn,
    PersonEdit,
    PersonRow,
)
from kontor.core.http.credentials import Signed
from kontor.core.http.etags import IfMatch, etag
from kontor.core.http.paging import Page, Paging, paginate
from kontor.core.http.routing import router

routes = router("/people", "People")
business = router("/tenant", "People")
Text = Annotated[str, Query(max_length=100, description="Words of name or address.")]
Active = Annotated[bool | None, Query(description="Only those who are active, or only those who are not.")]


@routes.get("", scope="read", summary="Who is here")
def list_people(actor: Signed, page: Paging, q: Text = "", active: Active = None) -> Page[PersonRow]:
    """People of the business in the order in which they came, deactivated ones too."""
    rows = members.find(text=q, active=active)
    return paginate(rows, page, order=("created_at", "id")).page(
        lambda member: PersonRow.of(member, actor.person_id)
    )


@routes.patch("/{person_id}", scope="admin", summary="Change a person's role, or put them out or in")
def patch_person(
    actor: Signed, response: Response, person_id: UUID, wish: PersonEdit, if_match: IfMatch = None
) -> PersonRow:
    """What is changed acts within seconds, on open sockets too; who is out is logged out.

    403 `people.owner_only`: only an owner makes owners or changes them. 409 `people.last_owner`.
    """
    member = members.change(actor, person_id, role=wish.role, is_active=wish.is_active, if_match=if_match)
    response.headers["ETag"] = etag(members.revision(member))
    return PersonRow.of(member, actor.person_id)


@routes.post(
    "/{person_id}/hand-over", scope="admin", transaction=False, summary="Make a person owner in my place"
)
def hand_over_ownership(actor: Signed, person_id: UUID, wish: HandOverIn) -> PersonRow:
    """For owners, with their own password; who hands over stays as administrator.

    403 `people.owner_only`; 409 `people.inactive`; 422 `password.wrong`.
    """
    return PersonRow.of(members.hand_over(actor, person_id, wish.password), actor.person_id)


@routes.get("/invitations", scope="admin", summary="Who is asked in")
def list_invitations(actor: Signed, page: Paging) -> Page[InvitationOut]:
    """Invitations that were neither accepted nor withdrawn, newest first."""
    return paginate(invitations.open_ones(), page).page(InvitationOut.of)


@routes.post(
    "/invitations", scope="admin", status_code=201, idempotent=True, summary="Ask somebody in by mail"
)
def invite_person(actor: Signed, wish: InviteIn) -> InvitationOut:
    """The link in the mail works for seven days, once.

    409 `invitation.already_member`, `invitation.already_open`; 403 `people.owner_only`; 422 `email.invalid`.
    """
    language = wish.language or tenants.present().language
    return InvitationOut.of(invitations.invite(actor, wish.email, wish.role, language))


@routes.post("/invitations/{invitation_id}/resend", scope="admin", summary="Send an invitation again")
def resend_invitation(actor: Signed, invitation_id: UUID) -> InvitationOut:
    """With a new link, for seven days more; the former link ends."""
    return InvitationOut.of(invitations.resend(actor, invitation_id))


@routes.delete(
    "/invitations/{invitation_id}", scope="admin", status_code=204, summary="Withdraw an invitation"
)
def revoke_invitation(actor: Signed, invitation_id: UUID) -> None:
    """Its link ends."""
    invitations.revoke(invitation_id)


@business.get("", scope="read", summary="The business")
def get_business(actor: Signed, response: Response) -> BusinessSettingsOut:
    """Name, country, language, and what it demands of its people."""
    found = tenants.present()
    response.headers["ETag"] = etag(tenants.revision(found))
    return BusinessSettingsOut.of(found)


@business.patch("", scope="admin", summary="Change the business")
def patch_business(
    actor: Signed, response: Response, wish: BusinessSettingsEdit, if_match: IfMatch = None
) -> BusinessSettingsOut:
    """Only what is sent changes. Who lacks a second factor that is demanded adds one before anything else."""
    found = tenants.edit(wish.named(), if_match)
    response.headers["ETag"] = etag(tenants.revision(found))
    return BusinessSettingsOut.of(found)
