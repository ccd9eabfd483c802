"""Every refusal is one of the eight, with the field that it is about."""

from __future__ import annotations

import json

import pytest
from tests.channels.immoscout24.scripted import messages
from tests.channels.immoscout24.specification import exchanges

from kontor.channels.contract.errors import AlreadyThere, ChannelError, Gone, Rejected, Throttled, Unavailable
from kontor.channels.contract.transport import Answer
from kontor.channels.immoscout24.errors import error_from_answer
from kontor.channels.immoscout24.wire.calls import created_id, messages_of, phone_number, report_of

CALL = "POST /restapi/api/offer/v1.0/user/me/realestate"
JSON = {"content-type": "application/json;charset=UTF-8"}


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (404, "ERROR_RESOURCE_NOT_FOUND", Gone),
        (404, "ERROR_COMMON_RESOURCE_NOT_FOUND", Gone),
        (409, "ERROR_COMMON_REQUEST_CONFLICT", AlreadyThere),
        (429, "", Throttled),
        (503, "", Unavailable),
        (412, "ERROR_RESOURCE_VALIDATION", Rejected),
    ],
)
def test_status_and_code_say_what_it_means(status: int, code: str, kind: type[ChannelError]) -> None:
    assert isinstance(error_from_answer(Answer(status, {}, messages(code, "x") if code else b""), CALL), kind)


@pytest.mark.parametrize(
    ("inner", "field", "code"),
    [
        ("field 'address' is required", "address.street", "immoscout24.refused"),
        (
            "energyCertificateInformation.energyEfficiencyClass : B : EV_EFFICIENCY_CLASS_NOT_VALID_FOR_THIS_CERTIFICATE",
            "energy.energy_class",
            "immoscout24.energy.class_not_valid",
        ),
        ("EnergySourceEnev2014 value [HEAT_SUPPLY] is not allowed.", "building.carriers", "immoscout24.energy.carrier_not_valid"),
    ],
)  # fmt: skip
def test_the_one_problem_named_is_shown_at_our_field(inner: str, field: str, code: str) -> None:
    text = f"Error while validating input for the resource. [MESSAGE: {inner}]"
    error = error_from_answer(Answer(412, {}, messages("ERROR_RESOURCE_VALIDATION", text)), CALL)
    assert [(each.field, each.code) for each in error.problems] == [(field, code)]


def test_a_number_that_is_taken_is_there_already_though_it_is_a_412() -> None:
    text = "Error. [MESSAGE: RealEstate already exists for external id.]"
    assert isinstance(
        error_from_answer(Answer(412, {}, messages("ERROR_RESOURCE_VALIDATION", text)), CALL), AlreadyThere
    )


def test_a_lost_write_may_have_been_applied_and_a_read_not() -> None:
    assert error_from_answer(Answer(502, {}, b""), CALL).maybe_applied
    assert not error_from_answer(Answer(502, {}, b""), "GET /x").maybe_applied


def test_flat_bodies_and_numbers_as_ids_are_read() -> None:
    flat = json.dumps(
        {"messageCode": "ERROR_COMMON_URL_PARAMETER_VALIDATION_FAILED", "message": "m"}
    ).encode()
    assert messages_of(Answer(412, JSON, flat))[0].code == "ERROR_COMMON_URL_PARAMETER_VALIDATION_FAILED"


def test_every_recorded_answer_of_a_creation_tells_its_id() -> None:
    created = [each for each in exchanges() if each["status"] == 201]
    assert created
    for each in created:
        headers = {name.lower(): value for name, value in each["resp_headers"].items()}
        answer = Answer(201, headers, each["resp_body"].encode())
        assert created_id(answer) == headers["location"].rpartition("/")[2]


def test_a_report_is_read_by_day() -> None:
    body = b'{"realEstateId":"S3","dailyReports":[{"date":"2019-06-10","displaysResultList":166,"exposeHits":7,"onShortList":2,"emailContacts":1}]}'
    (day,) = report_of(Answer(200, JSON, body))
    assert (day.day.isoformat(), day.results, day.views, day.shortlisted, day.contacts) == (
        "2019-06-10",
        166,
        7,
        2,
        1,
    )


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("+49 30 123-45", "+49 30 12345"),
        ("030 / 12345", "+49 30 12345"),
        ("+49 (0)30 12345", "+49 30 12345"),
        ("12345", ""),
    ],
)
def test_phone_numbers_are_written_as_the_portal_wants_them(number: str, written: str) -> None:
    assert phone_number(number) == written
