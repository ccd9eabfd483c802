"""The documents beside the object: valid by the portal's schemas, and sent in the parts that were recorded."""

from __future__ import annotations

import re

from tests.channels.immoscout24.scripted import COMMON, Portal
from tests.channels.immoscout24.specification import complaints, exchanges

from kontor.channels.immoscout24.connector import ImmoScout24
from kontor.channels.immoscout24.wire.calls import (
    Picture,
    attachments_order,
    contact_body,
    picture_metadata,
    publication,
    upload,
)
from kontor.channels.immoscout24.wire.document import read

PICTURE = Picture("Wohnzimmer & Flur", "a" * 64, is_plan=False, is_title=True)


def test_each_document_validates() -> None:
    contact = {
        "email": "a@b.example",
        "salutation": "MALE",
        "lastname": "Meiser",
        "phoneNumber": "+49 30 12345",
    }
    for document in (
        picture_metadata(PICTURE),
        attachments_order(["1", "2"]),
        publication("314712920", "10000"),
        contact_body(contact),
    ):
        assert complaints(document) == []


def test_a_publication_names_what_the_recorded_ones_name() -> None:
    recorded = [each for each in exchanges() if each["method"] == "POST" and each["url"].endswith("/publish")]
    assert recorded
    for each in recorded:
        object_id = re.search(r'"@id":"(\d+)"', each["req_body"])
        assert object_id
        document = read(publication(object_id.group(1), "10000"))
        names = re.findall(r'"(?:common\.)?(\w+)":\{', each["req_body"])
        assert [document.name, *(path.partition(".")[0] for path in document.leaves)] == names


def test_an_upload_has_the_recorded_parts_in_their_order() -> None:
    recorded = [each for each in exchanges() if each["req_content_type"].startswith("multipart/")]
    assert recorded
    content_type, body = upload(picture_metadata(PICTURE), "front.jpg", "image/jpeg", b"\xff\xd8\r\n--\x00")
    boundary = content_type.partition("boundary=")[2]
    names = re.findall(rb'name="(\w+)"; filename=', body)
    for each in recorded:
        assert [name.decode() for name in names] == re.findall(r'name="(\w+)"; filename=', each["req_body"])
    assert body.count(f"--{boundary}".encode()) == 3
    assert b"\xff\xd8\r\n--\x00\r\n--" in body


def test_the_account_is_told_by_its_default_contact() -> None:
    class Account(Portal):
        def _answer(self, method: str, path: str, content: bytes) -> tuple[int, bytes]:
            if path.endswith("/contact"):
                rows = (
                    '<realtorContactDetails id="1"><lastname>B</lastname><defaultContact>false</defaultContact></realtorContactDetails>'
                    '<realtorContactDetails id="2"><firstname>Eva</firstname><lastname>Klein</lastname>'
                    "<defaultContact>true</defaultContact></realtorContactDetails>"
                )
                return 200, f"<c:list {COMMON} xmlns:c='c'>{rows}</c:list>".encode()
            return (
                200,
                f"<c:list {COMMON} xmlns:c='c'><publishChannel id='10001' title='Homepage'/></c:list>".encode(),
            )

    report = ImmoScout24(Account()).check_account()
    assert (report.account_id, report.account_name) == ("2", "Eva Klein")
    assert report.settings == {"contact_id": "2"}
    assert [each.code for each in report.missing] == ["publish_channel"]
