"""A transport that answers like one account there would, from memory: what was asked is kept in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kontor.channels.contract.errors import Unavailable
from kontor.channels.contract.transport import Answer, File
from kontor.channels.immoscout24 import CHANNEL
from kontor.channels.immoscout24.routes import OBJECTS, PUBLISH

COMMON = 'xmlns:common="http://rest.immobilienscout24.de/schema/common/1.0"'
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def messages(code: str, text: str, found: str = "") -> bytes:
    """The portal's envelope."""
    named = f"<id>{found}</id>" if found else ""
    return (
        f"<common:messages {COMMON}><message><messageCode>{code}</messageCode><message>{text}</message>{named}"
        "</message></common:messages>"
    ).encode()


@dataclass
class Portal:
    """One object at most; `loses` names a call ("POST path") whose answer does not arrive, once."""

    marketplace: str = "IS24_DE"
    settings: Mapping[str, str] = field(default_factory=dict)
    object_id: str = ""
    body: str = ""
    pictures: list[dict[str, str]] = field(default_factory=list)
    published: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    params: list[dict[str, str]] = field(default_factory=list)
    uploads: list[bytes] = field(default_factory=list)
    loses: str = ""

    def address(self, host: str) -> str:
        return f"https://{host}.example"

    def side_by_side(self, asks: Sequence[Callable[[], Any]]) -> list[Any]:
        return [ask() for ask in asks]

    def request(
        self,
        method: str,
        path: str,
        *,
        host: str = "api",
        resource: str = "",
        params: Mapping[str, str] | None = None,
        json: Any = None,
        content: bytes = b"",
        file: File | None = None,
        headers: Mapping[str, str] | None = None,
        as_application: bool = False,
    ) -> Answer:
        call = f"{method} {path}"
        self.calls.append(call)
        self.params.append(dict(params or {}))
        status, body = self._answer(method, path, content)
        if self.loses == call:
            self.loses = ""
            raise Unavailable("the answer was lost", maybe_applied=True)
        answer = Answer(status, {"content-type": "application/xml"}, body)
        if status < 300:
            return answer
        raise CHANNEL.error_from_answer(answer, call)

    def writes(self) -> list[str]:
        """What was asked to change, the ids taken off."""
        return [each.replace(OBJECTS, "") for each in self.calls if not each.startswith("GET")]

    def _answer(self, method: str, path: str, content: bytes) -> tuple[int, bytes]:
        if path.startswith(PUBLISH):
            return self._publication(method, path, content)
        if "/attachment" in path:
            return self._attachment(method, path, content)
        if method == "POST":
            if self.object_id:
                text = "Error while validating. [MESSAGE: RealEstate already exists for external id.]"
                return 412, messages("ERROR_RESOURCE_VALIDATION", text)
            self.object_id, self.body = "314712920", content.decode()
            return 201, messages("MESSAGE_RESOURCE_CREATED", "created", self.object_id)
        if not self.object_id:
            return 404, messages("ERROR_RESOURCE_NOT_FOUND", "Resource was not found.")
        if method == "PUT":
            self.body = content.decode()
            return 200, messages("MESSAGE_RESOURCE_UPDATED", "updated")
        state = "ACTIVE" if "10000" in self.published else "INACTIVE"
        shown = re.sub(r"(xmlns:common=\S+?)>", rf'\1 id="{self.object_id}">', self.body, count=1)
        shown = shown.replace("<showAddress>", f"<realEstateState>{state}</realEstateState><showAddress>")
        return 200, shown.encode()

    def _publication(self, method: str, path: str, content: bytes) -> tuple[int, bytes]:
        if method == "POST":
            channel = re.findall(r'id="(\d+)"', content.decode())[1]
            if channel in self.published:
                return 409, messages("ERROR_COMMON_REQUEST_CONFLICT", "Publish object already exists")
            self.published.add(channel)
            return 201, messages("MESSAGE_RESOURCE_CREATED", "created", f"{self.object_id}_{channel}")
        channel = path.rpartition("_")[2]
        if channel not in self.published:
            return 404, messages("ERROR_COMMON_RESOURCE_NOT_FOUND", "not found")
        self.published.discard(channel)
        return 200, messages("MESSAGE_RESOURCE_DELETED", "deleted")

    def _attachment(self, method: str, path: str, content: bytes) -> tuple[int, bytes]:
        last = path.rpartition("/")[2]
        text = content.decode("utf-8", "replace")
        if method == "GET":
            rows = "".join(
                f'<attachment xsi:type="common:Picture" id="{each["id"]}">'
                + "".join(f"<{name}>{value}</{name}>" for name, value in each.items() if name != "id")
                + "</attachment>"
                for each in self.pictures
            )
            return 200, f"<common:attachments {COMMON} {XSI}>{rows}</common:attachments>".encode()
        if last == "attachmentsorder":
            order = re.findall(r"<attachmentId>(\d+)<", text)
            self.pictures.sort(key=lambda each: order.index(each["id"]))
            return 200, messages("MESSAGE_RESOURCE_UPDATED", "updated")
        if method == "DELETE":
            self.pictures = [each for each in self.pictures if each["id"] != last]
            return 200, messages("MESSAGE_RESOURCE_DELETED", "deleted")
        names = ("title", "externalId", "externalCheckSum", "floorplan", "titlePicture")
        told = {
            name: found.group(1) for name in names if (found := re.search(f"<{name}>(.*?)</{name}>", text))
        }
        if method == "POST":
            self.uploads.append(content)
            made = str(672642901 + len(self.uploads))
            told["titlePicture"] = "false" if self.pictures else "true"
            self.pictures.append({"id": made, **told})
            return 201, messages("MESSAGE_RESOURCE_CREATED", "created", made)
        for each in self.pictures:
            if each["id"] == last:
                each.update(told)
            elif told.get("titlePicture") == "true":
                each["titlePicture"] = "false"
        return 200, messages("MESSAGE_RESOURCE_UPDATED", "updated")
