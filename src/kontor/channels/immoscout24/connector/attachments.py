"""Pictures: what is there unchanged stays, what changed in its words is told, and only new files are sent."""

from __future__ import annotations

from functools import partial
from typing import Final

from kontor.channels.contract.errors import Gone
from kontor.channels.contract.journal import SAFE, Journal, Json
from kontor.channels.contract.values import PropertyOut, PropertyPicture
from kontor.channels.immoscout24.connector.calls import Calls
from kontor.channels.immoscout24.limits import PICTURE_TITLE_LENGTH
from kontor.channels.immoscout24.routes import OBJECTS
from kontor.channels.immoscout24.wire.calls import (
    Picture,
    attachments_order,
    created_id,
    picture_metadata,
    upload,
)
from kontor.properties.choices import PictureGroup

_ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png"}


def wanted(listing: PropertyOut) -> tuple[tuple[Picture, PropertyPicture], ...]:
    """Each file once, in order, as the portal should describe it; the first is the title picture."""
    found: dict[str, tuple[Picture, PropertyPicture]] = {}
    for each in listing.pictures:
        checksum = each.picture.sha256
        if checksum not in found:
            described = Picture(
                title=each.title[:PICTURE_TITLE_LENGTH].rstrip(),
                checksum=checksum,
                is_plan=each.group is PictureGroup.FLOOR_PLAN,
                is_title=not found,
            )
            found[checksum] = described, each
    return tuple(found.values())


class Attaching(Calls):
    """Brings an object's pictures in line. Files that others attached there, without a checksum of ours, stay."""

    def _attach(self, listing: PropertyOut, object_id: str, run: Journal) -> None:
        there = self._pictures(object_id)
        known = {each.checksum: each for each in there if each.checksum}
        goal = wanted(listing)
        kept = {described.checksum for described, _ in goal}
        for each in there:
            if each.checksum and (each.checksum not in kept or known[each.checksum] is not each):
                detach = partial(self._detach, object_id, each.id)
                run.step(listing.publication_id, f"detach:{each.id}", detach, again=SAFE)
        ids: list[str] = []
        for described, picture in goal:
            now = known.get(described.checksum)
            if now is None:
                step = run.step(
                    listing.publication_id,
                    f"attach:{described.checksum}",
                    partial(self._upload, object_id, described, picture),
                    again=partial(self._uploaded, object_id, described.checksum),
                )
                ids.append(str(step["id"]))
                continue
            ids.append(now.id)
            if _differs(now, described):
                describe = partial(self._describe, object_id, now.id, described)
                run.step(listing.publication_id, f"describe:{now.id}", describe, again=SAFE)
        if len(ids) > 1 and ids != [each.id for each in there if each.id in ids]:
            others = [each.id for each in there if not each.checksum]
            arrange = partial(self._arrange, object_id, [*ids, *others])
            run.step(listing.publication_id, "arrange", arrange, again=SAFE)

    def _upload(self, object_id: str, described: Picture, picture: PropertyPicture) -> Json:
        kind = picture.picture.content_type
        name = f"{described.checksum[:16]}.{_ENDINGS.get(kind, 'jpg')}"
        content_type, body = upload(picture_metadata(described), name, kind, picture.picture.read())
        path = f"{OBJECTS}/{object_id}/attachment"
        return {"id": created_id(self._tell("POST", path, body, content_type=content_type))}

    def _uploaded(self, object_id: str, checksum: str) -> Json | None:
        """Whether the lost answer of an upload was a yes."""
        found = next((each.id for each in self._pictures(object_id) if each.checksum == checksum), "")
        return {"id": found} if found else None

    def _describe(self, object_id: str, attachment_id: str, described: Picture) -> Json:
        self._tell("PUT", f"{OBJECTS}/{object_id}/attachment/{attachment_id}", picture_metadata(described))
        return {}

    def _detach(self, object_id: str, attachment_id: str) -> Json:
        return {"was_there": self._remove(f"{OBJECTS}/{object_id}/attachment/{attachment_id}")}

    def _arrange(self, object_id: str, ids: list[str]) -> Json:
        try:
            path = f"{OBJECTS}/{object_id}/attachment/attachmentsorder"
            self._tell("PUT", path, attachments_order(ids))
        except Gone:
            return {"gone": True}
        return {}


def _differs(now: Picture, described: Picture) -> bool:
    """`titlePicture=false` is ignored there, so only becoming the title picture is a change.

    Without a title the portal shows a name of its own making, which is no change either.
    """
    return (
        (bool(described.title) and now.title != described.title)
        or now.is_plan != described.is_plan
        or (described.is_title and not now.is_title)
    )
