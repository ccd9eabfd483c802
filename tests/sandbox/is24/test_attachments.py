"""Pictures, documents and links: their order, the one title picture, and what tells an unchanged picture."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

import httpx2
import pytest
from tests.sandbox.is24.agent import COMMON, OFFER, Agent, message

from kontor_sandbox.is24.nodes import parse

BOUNDARY = "kontor-boundary"
ORDER = "http://rest.immobilienscout24.de/schema/attachmentsorder/1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def about(kind: str, **elements: str) -> str:
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in elements.items())
    return (
        f'<common:attachment xmlns:common="{COMMON}" xmlns:xsi="{XSI}" xsi:type="common:{kind}">{inner}'
        "</common:attachment>"
    )


def picture(*, takes_title: bool = False, **elements: str) -> str:
    ends = {"floorplan": "false", "titlePicture": "true" if takes_title else "false"}
    return about("Picture", **elements, **ends)


class Album:
    """The attachments of one new object."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self.identifier = agent.insert()
        self.path = f"/user/me/realestate/{self.identifier}/attachment"

    def upload(
        self,
        metadata: str,
        content: bytes = b"\xff\xd8picture",
        name: str = "bad.jpg",
        kind: str = "image/jpeg",
    ) -> httpx2.Response:
        disposition = (
            f'form-data; name="attachment"; filename="{name}"' if name else 'form-data; name="attachment"'
        )
        body = (
            (
                f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\nContent-Type: {kind}\r\n"
                "Content-Transfer-Encoding: binary\r\n\r\n"
            ).encode()
            + content
            + (
                f'\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="metadata"; filename="body.xml"\r\n'
                f"Content-Type: application/xml\r\nContent-Transfer-Encoding: binary\r\n\r\n{metadata}\r\n--{BOUNDARY}--\r\n"
            ).encode()
        )
        headers = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
        return self.agent.signed("POST", OFFER + self.path, body=body, headers=headers)

    def added(self, metadata: str, content: bytes = b"\xff\xd8picture", **more: str) -> str:
        answer = self.upload(metadata, content, **more)
        assert answer.status_code == 201, answer.text
        return message(answer)[2]

    def titles(self) -> list[str]:
        return [row.value("title") for row in self.agent.read(self.path).children]

    def title_pictures(self) -> list[str]:
        found = self.agent.read(self.path).children
        return [row.attributes["id"] for row in found if row.value("titlePicture") == "true"]


@pytest.fixture
def album(agent: Agent) -> Album:
    return Album(agent)


def test_a_picture_is_kept_byte_by_byte(album: Album) -> None:
    content = bytes(range(256)) * 40 + b"\r\n"
    identifier = album.added(picture(title="Bad"), content)
    shown = album.agent.read(f"{album.path}/{identifier}")
    assert shown.attributes["xsi:type"] == "common:Picture"
    assert shown.value("checkSum") == hashlib.md5(content, usedforsecurity=False).hexdigest()
    urls = shown.child("urls")
    assert urls is not None
    address = urlsplit(urls.children[0].attributes["href"])
    assert album.agent.http.get(address.path).content == content


def test_what_has_no_title_gets_the_files_name(album: Album) -> None:
    album.added(picture(), name="Küche.jpg")
    album.added(about("PDFDocument", floorplan="true"), b"%PDF-1.7", name="plan.pdf", kind="application/pdf")
    album.agent.call("POST", album.path, about("Link", url="https://example.org/tour"))
    assert album.titles() == ["Küche", "plan", "Link"]


def test_there_is_always_exactly_one_title_picture(album: Album) -> None:
    assert album.title_pictures() == []
    first = album.added(picture())
    second, third = album.added(picture()), album.added(picture())
    assert album.title_pictures() == [first]
    album.agent.call("PUT", f"{album.path}/{third}", picture(takes_title=True))
    assert album.title_pictures() == [third]
    album.agent.call("PUT", f"{album.path}/{third}", picture())
    assert album.title_pictures() == [third]
    album.agent.call("DELETE", f"{album.path}/{third}")
    assert album.title_pictures() == [first]
    album.added(picture(takes_title=True))
    assert album.title_pictures() not in ([first], [second])


def test_the_order_can_be_read_and_written(album: Album) -> None:
    one, two, three = (album.added(picture(title=name)) for name in ("A", "B", "C"))
    album.agent.call("POST", album.path, about("Link", title="L", url="https://example.org/tour"))
    wanted = "".join(f"<attachmentId>{identifier}</attachmentId>" for identifier in (three, one))
    body = f'<o:attachmentsorder xmlns:o="{ORDER}">{wanted}</o:attachmentsorder>'
    answer = album.agent.call("PUT", f"{album.path}/attachmentsorder", body)
    assert (answer.status_code, message(answer)[0]) == (200, "MESSAGE_RESOURCE_UPDATED")
    found = album.agent.read(f"{album.path}/attachmentsorder")
    assert [child.text for child in found.children] == [three, one, two]
    assert album.titles() == ["C", "A", "B", "L"]
    assert album.title_pictures() == [three]
    foreign = body.replace(one, "4711")
    assert album.agent.call("PUT", f"{album.path}/attachmentsorder", foreign).status_code == 412


def test_the_senders_checksum_comes_back_until_a_put_leaves_it_out(album: Album) -> None:
    identifier = album.added(picture(title="Bad", externalId="p-1", externalCheckSum="abc123"))
    path = f"{album.path}/{identifier}"
    assert album.agent.read(path).value("externalCheckSum") == "abc123"
    assert len(album.agent.read(f"{album.path}?externalId=p-1").children) == 1
    assert album.agent.read(f"{album.path}?externalId=p-2").children == []
    assert album.agent.call("PUT", path, picture(title="Bad")).status_code == 200
    shown = album.agent.read(path)
    assert (shown.value("externalCheckSum"), shown.value("externalId")) == ("", "")


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        (about("Picture", title="Bad"), "The content of element 'common:attachment' is not complete."),
        (
            about("Picture", floorplan="false", title="Bad", titlePicture="false"),
            "starting with element 'title'",
        ),
        (picture(title="x" * 31), "maxLength '30'"),
    ],
)
def test_what_is_said_must_be_schema_valid(album: Album, metadata: str, words: str) -> None:
    answer = album.upload(metadata)
    assert (answer.status_code, message(answer)[0]) == (412, "ERROR_COMMON_SCHEMA_VALIDATION_FAILED")
    assert words in message(answer)[1]


def test_a_file_needs_a_name_and_a_known_kind(album: Album) -> None:
    answer = album.upload(picture(), name="")
    assert answer.status_code == 412
    assert "the name of the attachment file must be specified." in message(answer)[1]
    assert album.upload(picture(), name="a.exe", kind="application/x-msdownload").status_code == 415
    assert album.upload(about("PDFDocument", floorplan="false")).status_code == 412


def test_an_objects_attachments_go_with_it(album: Album) -> None:
    album.added(picture())
    album.agent.call("DELETE", f"/user/me/realestate/{album.identifier}")
    answer = album.agent.call("GET", album.path)
    assert (answer.status_code, message(answer)[0]) == (404, "ERROR_RESOURCE_NOT_FOUND")


def test_in_json_an_empty_list_is_an_empty_array(album: Album) -> None:
    empty = album.agent.call("GET", album.path, accept="application/json")
    assert empty.json() == {"common.attachments": []}
    album.added(picture(title="Bad"))
    ((listed,),) = album.agent.call("GET", album.path, accept="application/json").json().values()
    assert listed["attachment"]["titlePicture"] == "true"
    assert parse(album.agent.call("GET", album.path).content).name == "common:attachments"
