"""What an agent gets: one object per property, shown once, its pictures sent once, and the truth about what is there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.channels.immoscout24.examples import content, listing, picture
from tests.channels.immoscout24.scripted import Portal, messages
from tests.contract.journal import Ledger, MemoryJournal

from kontor.channels.contract.errors import LoginNeeded, Rejected, Unavailable
from kontor.channels.contract.transport import Answer
from kontor.channels.contract.values import LiveState, PropertyOut, Published
from kontor.channels.immoscout24 import CHANNEL, fit_reference
from kontor.channels.immoscout24.connector import ImmoScout24
from kontor.channels.immoscout24.routes import OBJECTS, PUBLISH, ROUTES
from kontor.properties.choices import PictureGroup


def _published(portal: Portal, made: PropertyOut, ledger: Ledger | None = None) -> Published:
    outcome = ImmoScout24(portal).publish([made], MemoryJournal(ledger or Ledger()))[made.publication_id]
    assert isinstance(outcome, Published), outcome
    return outcome


def _next(made: PropertyOut, outcome: Published, **changes: object) -> PropertyOut:
    return replace(made, bound=outcome.bound, generation=made.generation + 1, **changes)  # type: ignore[arg-type]


def test_a_new_property_is_made_then_shown() -> None:
    portal = Portal()
    outcome = _published(portal, listing(pictures=(picture(),)))
    assert outcome.external_id == "314712920"
    assert outcome.address == "https://site.example/expose/314712920"
    assert portal.writes() == ["POST ", "POST /314712920/attachment", f"POST {PUBLISH}"]
    assert portal.params[0] == {"usenewenergysourceenev2014values": "true"}


def test_publishing_again_replaces_the_whole_and_sends_no_picture_twice() -> None:
    portal = Portal()
    made = listing(pictures=(picture("a"), picture("b")))
    first = _published(portal, made)
    portal.calls.clear()
    _published(portal, _next(made, first))
    assert portal.writes() == ["PUT /314712920", f"POST {PUBLISH}"]
    assert len(portal.uploads) == 2


def test_pictures_follow_order_title_and_removal() -> None:
    portal = Portal()
    a, b, c = picture("a"), picture("b"), picture("c", "Grundriss", PictureGroup.FLOOR_PLAN)
    made = listing(pictures=(a, b))
    first = _published(portal, made)
    changed = _next(made, first, pictures=(c, replace(a, title="Küche")))
    _published(portal, changed)
    assert [each["title"] for each in portal.pictures] == ["Grundriss", "Küche"]
    assert [each["externalCheckSum"] for each in portal.pictures] == [c.picture.sha256, a.picture.sha256]
    assert portal.pictures[0]["floorplan"] == "true"


def test_a_file_that_others_attached_stays() -> None:
    portal = Portal(
        object_id="1", body="<a/>", pictures=[{"id": "5", "title": "Logo", "titlePicture": "true"}]
    )
    _published(portal, listing(pictures=(picture(),), bound={"object_id": "1", "type": "apartmentBuy"}))
    assert "5" in {each["id"] for each in portal.pictures}


def test_an_object_with_our_number_is_adopted_and_brought_up_to_date() -> None:
    portal = Portal(
        object_id="77", body="<realestates:apartmentBuy xmlns:common='x'></realestates:apartmentBuy>"
    )
    portal.body = '<realestates:apartmentBuy xmlns:realestates="r" id="77"><title>old</title></realestates:apartmentBuy>'
    outcome = _published(portal, listing())
    assert outcome.external_id == "77"
    assert "PUT /77" in portal.writes()
    assert "old" not in portal.body


@pytest.mark.parametrize(
    "lost", [f"POST {OBJECTS}", f"POST {OBJECTS}/314712920/attachment", f"POST {PUBLISH}"]
)
def test_an_answer_that_was_lost_makes_nothing_twice(lost: str) -> None:
    portal, ledger, made = Portal(loses=lost), Ledger(), listing(pictures=(picture(),))
    with pytest.raises(Unavailable):
        ImmoScout24(portal).publish([made], MemoryJournal(ledger))
    outcome = _published(portal, made, ledger)
    assert outcome.external_id == "314712920"
    assert len(portal.pictures) == 1
    assert portal.published == {"10000"}
    assert portal.calls.count(f"POST {OBJECTS}") == 1


def test_taking_off_twice_is_off() -> None:
    portal, made = Portal(), listing()
    first = _published(portal, made)
    off = _next(made, first)
    for _ in range(2):
        outcome = ImmoScout24(portal).withdraw([off], MemoryJournal(Ledger()))[off.publication_id]
        assert isinstance(outcome, Published)
        assert outcome.bound["object_id"] == "314712920"
    assert portal.published == set()


def test_a_withdrawal_of_what_never_was_there_is_a_success() -> None:
    made = listing()
    outcome = ImmoScout24(Portal()).withdraw([made], MemoryJournal(Ledger()))[made.publication_id]
    assert isinstance(outcome, Published)


def test_what_is_read_back_equals_what_was_sent() -> None:
    portal, made = Portal(), listing(pictures=(picture("a"), picture("b")))
    made = _next(made, _published(portal, made))
    connector = ImmoScout24(portal)
    live = connector.read_back([made])[made.publication_id]
    assert live.state is LiveState.LIVE  # type: ignore[union-attr]
    assert live.values == connector.expected(made)  # type: ignore[union-attr]


def test_a_change_made_over_there_shows_under_our_field() -> None:
    portal, made = Portal(), listing()
    made = _next(made, _published(portal, made))
    portal.body = portal.body.replace("<value>99000</value>", "<value>89000.00</value>")
    connector = ImmoScout24(portal)
    live = connector.read_back([made])[made.publication_id]
    expected = connector.expected(made)
    assert {name for name in expected if expected[name] != live.values[name]} == {"prices.purchase_price"}  # type: ignore[union-attr]


def test_what_is_gone_or_off_is_told_apart() -> None:
    made = listing()
    connector, portal = ImmoScout24(Portal()), Portal()
    assert connector.read_back([made])[made.publication_id].state is LiveState.ABSENT  # type: ignore[union-attr]
    off = _next(made, _published(portal, made))
    portal.published.clear()
    assert ImmoScout24(portal).read_back([off])[off.publication_id].state is LiveState.ENDED  # type: ignore[union-attr]


def test_an_unready_property_is_refused_before_any_call() -> None:
    portal, made = Portal(), listing(content(texts={"de": {"title": ""}}))
    outcome = ImmoScout24(portal).publish([made], MemoryJournal(Ledger()))[made.publication_id]
    assert isinstance(outcome, Rejected)
    assert [each.field for each in outcome.problems] == ["texts.title"]
    assert portal.calls == []


def test_a_token_that_was_taken_back_asks_for_a_sign_in() -> None:
    body = messages("ERROR_COMMON_AUTHENTICATION_REQUIRED", "[ERROR MESSAGE: Invalid token]")
    answer = Answer(401, {}, body)
    assert isinstance(CHANNEL.error_from_answer(answer, f"POST {OBJECTS}"), LoginNeeded)
    assert not CHANNEL.is_expired_token(answer)


def test_every_route_is_declared_once() -> None:
    assert len(set(ROUTES)) == len(ROUTES)


def test_numbers_that_are_too_long_stay_apart() -> None:
    long = "A" * 60
    one = fit_reference(long, frozenset())
    two = fit_reference(long, frozenset({one}))
    assert len(one) == 50
    assert len(two) <= 50
    assert one != two
