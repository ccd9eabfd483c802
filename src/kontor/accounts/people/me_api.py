"""`/api/v1/me`: what is one's own. Any role may change it, so most of it has the scope `person`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response, UploadFile

from kontor.accounts.people import addresses, avatars, members, notices, profiles
from kontor.accounts.people.ground import own_membership, revision_of
from kontor.accounts.people.schemas import (
    AvatarOut,
    ChangeEmailIn,
    NoticeOut,
    NoticesOut,
    NotificationsEdit,
    NotificationsOut,
    PreferencesEdit,
    PreferencesOut,
    ProfileEdit,
    ProfileOut,
    ReadNoticesIn,
    UnreadOut,
)
from kontor.core.http.credentials import Signed
from kontor.core.http.etags import IfMatchGiven, etag
from kontor.core.http.paging import Paging, paginate
from kontor.core.http.routing import router
from kontor.core.http.uploads import stored

routes = router("/me", "Me")


@routes.get("/profile", scope="person", summary="My profile")
def get_profile(actor: Signed, response: Response) -> ProfileOut:
    """Who I am, as I and the others see it."""
    membership = own_membership(actor)
    response.headers["ETag"] = etag(revision_of(profiles.profile(membership.person)))
    return ProfileOut.of(membership)


@routes.patch("/profile", scope="person", summary="Change my profile")
def patch_profile(
    actor: Signed, response: Response, wish: ProfileEdit, if_match: IfMatchGiven = None
) -> ProfileOut:
    """Only what is sent changes. `If-Match` is heeded where it is sent."""
    profiles.edit_profile(actor, wish.named(), if_match)
    return get_profile(actor, response)


@routes.get("/preferences", scope="person", summary="My preferences")
def get_preferences(actor: Signed, response: Response) -> PreferencesOut:
    """How Kontor looks and speaks to me."""
    person = own_membership(actor).person
    response.headers["ETag"] = etag(revision_of(profiles.preferences(person)))
    return PreferencesOut.of(person)


@routes.patch("/preferences", scope="person", summary="Change my preferences")
def patch_preferences(
    actor: Signed, response: Response, wish: PreferencesEdit, if_match: IfMatchGiven = None
) -> PreferencesOut:
    """Only what is sent changes. 422 `time_zone.unknown`."""
    profiles.edit_preferences(actor, wish.named(), if_match)
    return get_preferences(actor, response)


@routes.get("/notifications", scope="person", summary="How I hear of what happens")
def get_notifications(actor: Signed, response: Response) -> NotificationsOut:
    """Per event in the app, by mail too, or not at all; and whether a daily summary comes."""
    person = own_membership(actor).person
    response.headers["ETag"] = etag(revision_of(profiles.notifications(person)))
    return NotificationsOut.of(person)


@routes.patch("/notifications", scope="person", summary="Change how I hear of what happens")
def patch_notifications(
    actor: Signed, response: Response, wish: NotificationsEdit, if_match: IfMatchGiven = None
) -> NotificationsOut:
    """Only the events that are sent change."""
    profiles.edit_notifications(actor, wish.named(), if_match)
    return get_notifications(actor, response)


@routes.post("/avatar", scope="person", upload=True, summary="Set my picture")
def set_avatar(actor: Signed, file: UploadFile) -> AvatarOut:
    """A JPEG, PNG, WebP or GIF up to 5 MB, judged by its content; its middle is kept as a square of 256 pixels.

    422 `media.not_a_picture`, `media.too_many_bytes`, `media.too_large_dimensions`.
    """
    person = own_membership(actor).person
    with stored(file) as path:
        avatars.store(person, path)
    return AvatarOut(avatar_url=avatars.path_of(person))


@routes.delete("/avatar", scope="person", status_code=204, summary="Take my picture away")
def remove_avatar(actor: Signed) -> None:
    """Initials stand for it then."""
    avatars.remove(own_membership(actor).person)


@routes.post(
    "/change-email", scope="person", transaction=False, status_code=202, summary="Move to another address"
)
def change_email(actor: Signed, wish: ChangeEmailIn) -> None:
    """The new address gets a link that confirms it, the present one is told. Until then nothing changes.

    422 `email.invalid`, `email.same`, `password.wrong`; 429 `mail.too_many`.
    """
    addresses.ask_change(actor, wish.email, wish.password)


@routes.get("/notices", scope="read", summary="What I was told")
def list_notices(
    actor: Signed,
    page: Paging,
    unread: Annotated[bool, Query(description="Only what waits to be read.")] = False,
) -> NoticesOut:
    """Newest first, of the present business; kept for 90 days."""
    me = own_membership(actor).person_id
    rows = notices.of(me).filter(read_at=None) if unread else notices.of(me)
    found = paginate(rows, page).page(NoticeOut.of)
    return NoticesOut(**dict(found), unread=notices.unread(me))


# `read`: what was told may be of the business, but that it was read changes nothing of it.
@routes.post("/notices/read", scope="read", summary="I have read these")
def read_notices(actor: Signed, wish: ReadNoticesIn) -> UnreadOut:
    """Marks those named, or all, as read."""
    me = own_membership(actor).person_id
    return UnreadOut(unread=notices.read(me, None if wish.all else wish.ids))


@routes.post("/leave", scope="person", status_code=204, summary="Leave this business")
def leave_business(actor: Signed) -> None:
    """My sessions here end; my account and other businesses stay. 409 `people.last_owner`."""
    members.leave(actor)
