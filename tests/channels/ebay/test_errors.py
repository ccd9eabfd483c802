"""Every "no" of eBay's becomes one of the eight, by id and status, whatever language it is told in."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.channels.contract.errors import (
    AlreadyThere,
    ChannelError,
    Gone,
    LoginNeeded,
    Rejected,
    SetupNeeded,
    Throttled,
    Unavailable,
    Unreadable,
)
from kontor.channels.contract.transport import Answer
from kontor.channels.ebay.error_table import MEANINGS
from kontor.channels.ebay.errors import error_from_answer
from kontor.core.clock import now

POST = "POST /sell/inventory/v1/offer"
GET = "GET /sell/fulfillment/v1/order"


def answer(status: int, body: Any, **headers: str) -> Answer:
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


def errors(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"errors": list(rows)}


def row(error_id: int, **more: Any) -> dict[str, Any]:
    parameters = [{"name": name, "value": value} for name, value in more.pop("parameters", {}).items()]
    return {
        "errorId": error_id,
        "domain": "API_INVENTORY",
        "category": "REQUEST",
        "parameters": parameters,
    } | more


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, errors(row(1001, domain="OAuth")), LoginNeeded),
        (403, errors(row(1100, domain="ACCESS")), LoginNeeded),
        (400, {"error": "invalid_grant", "error_description": "…"}, LoginNeeded),
        (401, {"error": "invalid_client"}, LoginNeeded),
        (429, errors(row(2001, domain="ACCESS")), Throttled),
        (429, b"<html>slow down</html>", Throttled),
        (500, errors(row(25001, category="APPLICATION")), Unavailable),
        (500, errors(row(25025, category="APPLICATION")), Unavailable),
        (503, b"<html>maintenance</html>", Unavailable),
        (400, errors(row(999_999, category="APPLICATION")), Unavailable),
        (400, errors(row(25002)), Rejected),
        (400, errors(row(25002, parameters={"offerId": "77"})), AlreadyThere),
        (400, errors(row(25007)), SetupNeeded),
        (400, errors(row(25713)), Gone),
        (404, errors(row(25710)), Gone),
        (404, b"", Gone),
        (409, errors(row(25803)), AlreadyThere),
        (400, errors(row(123_456)), Rejected),
        (400, [row(25002)], Rejected),
        (411, b"<html>length required</html>", Unreadable),
        (400, b"{not json", Unreadable),
        (400, {"errors": "none"}, Unreadable),
    ],
)
def test_an_answer_is_classified(status: int, body: Any, kind: type[ChannelError]) -> None:
    assert type(error_from_answer(answer(status, body), POST)) is kind


def test_the_offer_that_exists_is_named_by_its_parameter_and_not_by_the_text() -> None:
    body = errors(row(25002, message="Angebotsentität existiert bereits.", parameters={"offerId": "8000123"}))
    error = error_from_answer(answer(400, body), POST)
    assert isinstance(error, AlreadyThere)
    assert error.external_id == "8000123"


def test_all_refusals_of_one_answer_are_told_at_once_with_the_merchants_fields() -> None:
    body = errors(
        row(25029, parameters={"fieldName": "Marke"}),
        row(25003, parameters={"sku": "A1"}, longMessage="Der Preis …"),
        row(25111),
        row(25007),
    )
    error = error_from_answer(answer(400, body), POST)
    assert isinstance(error, Rejected)
    assert [(problem.code, problem.field, problem.fix) for problem in error.problems] == [
        ("ebay.aspect.missing", "aspect:Marke", "default:aspect:Marke"),
        ("ebay.price.refused", "price", ""),
        ("ebay.safety.manufacturer.company_name", "brand", "brand:safety"),
        ("ebay.policies.fulfillment", "", "connection:setup"),
    ]
    assert error.problems[1].params == {
        "channel_code": "25003",
        "channel_message": "Der Preis …",
        "sku": "A1",
    }


@pytest.mark.parametrize("error_id", [25110, 25111, 25115, 25118])
def test_product_safety_refusals_lead_to_the_brand(error_id: int) -> None:
    error = error_from_answer(answer(400, errors(row(error_id))), POST)
    assert error.problems[0].fix == "brand:safety"


def test_a_throttle_with_a_time_waits_until_then_and_one_without_leaves_it_to_the_transport() -> None:
    told = error_from_answer(answer(429, errors(row(2001)), retry_after="120"), GET)
    silent = error_from_answer(answer(429, errors(row(2001))), GET)
    assert isinstance(told, Throttled)
    assert isinstance(silent, Throttled)
    assert 100 < (told.until - now()).total_seconds() <= 120
    assert silent.until <= now()
    assert told.resource == "fulfillment"


@pytest.mark.parametrize(
    ("call", "error_id", "lost"),
    [(POST, 25001, True), (GET, 25001, False), (POST, 25025, False), (POST, 25002, False)],
)
def test_only_an_outage_of_a_write_may_have_been_applied(call: str, error_id: int, lost: bool) -> None:
    status = 500 if error_id in {25001, 25025} else 400
    assert error_from_answer(answer(status, errors(row(error_id))), call).maybe_applied is lost


def test_a_missing_signature_is_said_in_plain_words() -> None:
    error = error_from_answer(answer(400, errors(row(215120))), POST)
    assert isinstance(error, Rejected)
    assert error.problems[0].code == "ebay.signature.missing"


def test_every_known_meaning_has_words_and_a_code() -> None:
    for meaning in MEANINGS.values():
        assert meaning.code
        assert meaning.message


@given(
    status=st.integers(300, 599),
    body=st.one_of(
        st.binary(max_size=60),
        st.recursive(
            st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
            lambda deeper: (
                st.lists(deeper, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["errors", "errorId", "error", "parameters", "category"]),
                    deeper,
                    max_size=4,
                )
            ),
            max_leaves=8,
        ).map(lambda document: orjson.dumps(document, option=orjson.OPT_PASSTHROUGH_SUBCLASS)),
    ),
)
def test_no_answer_whatever_breaks_the_reading(status: int, body: bytes) -> None:
    assert isinstance(error_from_answer(answer(status, body), POST), ChannelError)
