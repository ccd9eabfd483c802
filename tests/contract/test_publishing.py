"""Publishing on every channel: once, whatever is lost on the way, and proven by reading back."""

from __future__ import annotations

from dataclasses import replace

import httpx2
import pytest
from tests.contract.http import Cut
from tests.contract.journal import Ledger, WorkerDied
from tests.contract.twin import Office, Twin, bound_by, ids

from kontor.channels.contract.errors import ChannelError, LoginNeeded, Rejected, Throttled, Unavailable
from kontor.channels.contract.values import GoodsOut, LiveState, Published

KINDS = ("single", "group")
MOST_WRITES = 15


def make(twin: Twin, office: Office, kind: str, name: str = "ONE") -> GoodsOut:
    return twin.single(office, name) if kind == "single" else twin.group(office, name)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_published_is_shown_and_reads_back_equal(twin: Twin, office: Office, kind: str) -> None:
    (listing,) = office.put_up(make(twin, office, kind))
    (shown,) = twin.shown().values()
    assert shown.title == listing.title
    assert shown.description == listing.description_html
    assert shown.picture_count == len(listing.pictures)
    assert set(shown.members) == {variant.sku for variant in listing.variants}
    assert office.differences(listing) == {}
    live = office.connector.read_back([listing])[listing.publication_id]
    assert (live.state, live.external_id) == (LiveState.LIVE, shown.listing_id)


@pytest.mark.parametrize("kind", KINDS)
def test_the_address_of_a_listing_leads_to_what_buyers_see(twin: Twin, office: Office, kind: str) -> None:
    (listing,) = office.put_up(make(twin, office, kind))
    published = office.publish(office.next_wish(listing))[listing.publication_id]
    live = office.connector.read_back([listing])[listing.publication_id]
    assert isinstance(published, Published)
    assert published.address == live.address
    page = httpx2.get(live.address, follow_redirects=True)
    assert page.status_code == 200
    assert listing.title in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_publishing_twice_is_one_listing(twin: Twin, office: Office, kind: str) -> None:
    (listing,) = office.put_up(make(twin, office, kind))
    before = twin.records()
    again = office.publish(office.next_wish(listing))
    assert ids(again.values()) == list(twin.shown())
    assert twin.records() == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_text_reaches_the_listing_and_nothing_else_moves(
    twin: Twin, office: Office, kind: str
) -> None:
    (listing,) = office.put_up(make(twin, office, kind))
    (changed,) = office.put_up(office.next_wish(listing, title="Ganz anders"))
    (shown,) = twin.shown().values()
    assert shown.title == "Ganz anders"
    assert office.differences(changed) == {}


def test_a_publish_that_forgot_its_binding_finds_everything_again(twin: Twin, office: Office) -> None:
    listing = twin.single(office, "ONE")
    office.put_up(listing)
    before = twin.records()
    office.put_up(office.next_wish(listing, bound={}))
    assert twin.records() == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_lost_answer_at_any_call_makes_nothing_twice(twin: Twin, office: Office, kind: str) -> None:
    lost = []
    for nth in range(1, MOST_WRITES):
        listing = make(twin, office, kind, f"CUT{nth}")
        office.ledger = Ledger()  # nothing is remembered from the round before, pictures neither
        office.transport.cut = Cut(nth)
        before = twin.records()
        try:
            outcomes = office.publish(listing)
        except Unavailable as error:
            assert error.maybe_applied  # noqa: PT017
            outcomes = office.publish(listing)
        if not office.transport.cut.happened:
            break
        lost.append(office.transport.cut.happened)
        office.transport.cut = None
        assert office.differences(bound_by(listing, outcomes)) == {}
        after = twin.records()
        assert after["live"] == before["live"] + 1, lost[-1]
        assert after["offers"] == before["offers"] + len(listing.variants), lost[-1]
    assert len(lost) >= 4
    assert any("publish" in call for call in lost)


@pytest.mark.parametrize("kind", KINDS)
def test_a_worker_that_dies_after_any_step_leaves_one_listing(twin: Twin, office: Office, kind: str) -> None:
    office.put_up(pattern := make(twin, office, kind, "PATTERN"))
    steps = list(
        dict.fromkeys(name.partition(":")[0] for name in office.ledger.names(pattern.publication_id))
    )
    assert len(steps) >= 3
    for number, step in enumerate(steps):
        listing = make(twin, office, kind, f"DIE{number}")
        with pytest.raises(WorkerDied):
            office.publish(listing, dies_after=step)
        before = twin.records()
        office.put_up(listing)
        assert twin.records()["live"] <= before["live"] + 1
    assert len(twin.shown()) == len(steps) + 1
    assert twin.records()["offers"] == (len(steps) + 1) * len(pattern.variants)


def test_the_good_ones_of_a_batch_go_on_beside_a_refused_one(twin: Twin, office: Office) -> None:
    good = [twin.single(office, f"GOOD{number}") for number in range(3)]
    bad = twin.refused(twin.single(office, "BAD"))
    outcomes = office.publish(*good, bad)
    assert [type(outcomes[each.publication_id]) for each in good] == [Published] * 3
    refusal = outcomes[bad.publication_id]
    assert isinstance(refusal, Rejected)
    assert not refusal.maybe_applied
    assert refusal.problems
    assert all(problem.code and problem.message for problem in refusal.problems)
    assert {sku for shown in twin.shown().values() for sku in shown.members} == {
        each.reference for each in good
    }


@pytest.mark.parametrize("kind", KINDS)
def test_after_a_no_and_its_mending_the_same_flow_succeeds(twin: Twin, office: Office, kind: str) -> None:
    mended = make(twin, office, kind)
    assert isinstance(office.publish(twin.refused(mended))[mended.publication_id], Rejected)
    assert twin.shown() == {}
    (listing,) = office.put_up(office.next_wish(mended))
    assert office.differences(listing) == {}
    assert len(twin.shown()) == 1


def test_a_full_batch_of_singles_and_groups_is_live(twin: Twin, office: Office) -> None:
    size = office.connector.batch_size
    batch = [
        twin.group(office, f"G{number}", ("S", "M", "L"))
        if number % 5 == 0
        else twin.single(office, f"S{number}")
        for number in range(size)
    ]
    listings = office.put_up(*batch)
    assert len(twin.shown()) == size
    assert office.differences(*listings) == {}


def test_one_row_that_fails_for_the_moment_is_done_by_the_next_run(twin: Twin, office: Office) -> None:
    batch = [twin.single(office, f"ROW{number}") for number in range(4)]
    twin.fault("partial_bulk")
    outcomes = office.publish(*batch)
    failed = [each for each in outcomes.values() if isinstance(each, ChannelError)]
    assert len(failed) == 1
    assert isinstance(failed[0], Unavailable)
    twin.calm()
    office.put_up(*batch)
    assert len(twin.shown()) == 4


def test_a_throttle_waits_and_loses_nothing(twin: Twin, office: Office) -> None:
    listing = twin.single(office, "ONE")
    twin.fault("throttled")
    with pytest.raises(Throttled) as caught:
        office.publish(listing)
    assert caught.value.resource
    assert not caught.value.maybe_applied
    twin.calm()
    office.put_up(listing)
    assert len(twin.shown()) == 1


def test_an_expired_token_is_renewed_once_and_nobody_notices(twin: Twin, office: Office) -> None:
    twin.fault("token_expired")
    office.put_up(twin.single(office, "ONE"))
    assert office.transport.tokens.renewals == 1


def test_consent_taken_back_asks_for_a_sign_in_and_goes_on_after_it(twin: Twin, office: Office) -> None:
    listing = twin.single(office, "ONE")
    twin.fault("token_revoked")
    with pytest.raises(LoginNeeded):
        office.publish(listing)
    twin.calm()
    twin.consent_again(office)
    office.put_up(listing)
    assert len(twin.shown()) == 1


@pytest.mark.parametrize("fault", ["html_error", "server_error_once", "concurrent_access"])
def test_an_outage_asks_nobody_for_anything_and_passes(twin: Twin, office: Office, fault: str) -> None:
    listing = twin.single(office, "ONE")
    twin.fault(fault)
    outcomes: list[object] = []
    try:
        outcomes = list(office.publish(listing).values())
    except Unavailable as error:
        outcomes = [error]
    assert isinstance(outcomes[0], Unavailable)
    twin.calm()
    (bound,) = office.put_up(listing)
    assert office.differences(bound) == {}
    assert len(twin.shown()) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_fields_and_values_that_nobody_knows_are_tolerated(twin: Twin, office: Office, kind: str) -> None:
    twin.fault("schema_drift", 50)
    (listing,) = office.put_up(make(twin, office, kind))
    assert office.differences(listing) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_withdrawing_ends_it_and_withdrawing_again_is_a_success(
    twin: Twin, office: Office, kind: str
) -> None:
    (listing,) = office.put_up(make(twin, office, kind))
    off = bound_by(listing, office.withdraw(office.next_wish(listing)))
    assert twin.shown() == {}
    assert office.connector.read_back([off])[off.publication_id].state is LiveState.ENDED
    again = office.withdraw(office.next_wish(off))
    assert not isinstance(again[off.publication_id], ChannelError)


@pytest.mark.parametrize("kind", KINDS)
def test_withdrawing_finds_what_an_unfinished_publish_left_behind(
    twin: Twin, office: Office, kind: str
) -> None:
    listing = make(twin, office, kind)
    with pytest.raises(WorkerDied):
        office.publish(listing, dies_after="publish")
    assert len(twin.shown()) == 1
    office.withdraw(office.next_wish(listing))
    assert twin.shown() == {}


@pytest.mark.parametrize("kind", KINDS)
def test_publishing_again_is_live_under_the_id_that_the_channel_gives(
    twin: Twin, office: Office, kind: str
) -> None:
    (first,) = office.put_up(make(twin, office, kind))
    off = bound_by(first, office.withdraw(office.next_wish(first)))
    (second,) = office.put_up(office.next_wish(off))
    live = office.connector.read_back([second])[second.publication_id]
    assert [live.external_id] == list(twin.shown())
    assert office.differences(second) == {}


def test_a_variant_that_is_added_or_taken_away_follows(twin: Twin, office: Office) -> None:
    (listing,) = office.put_up(twin.group(office, "SHIRT", ("S", "M")))
    wider = twin.group(office, "SHIRT", ("M", "L"))
    (changed,) = office.put_up(office.next_wish(listing, variants=wider.variants))
    (shown,) = twin.shown().values()
    assert set(shown.members) == {"SHIRTM", "SHIRTL"}
    assert office.differences(changed) == {}


@pytest.mark.parametrize("back", [False, True])
def test_a_single_article_becomes_a_group_and_back(twin: Twin, office: Office, back: bool) -> None:
    group = twin.group(office, "SHIRT", ("S", "M"))
    plain = replace(group, option_names=(), variants=(replace(group.variants[0], options={}),))
    plain = replace(plain, aspects={**group.aspects, "Größe": ("S",)})
    first, second = (group, plain) if back else (plain, group)
    (listing,) = office.put_up(first)
    changes = {name: getattr(second, name) for name in ("option_names", "variants", "aspects")}
    (changed,) = office.put_up(office.next_wish(listing, **changes))
    (shown,) = twin.shown().values()
    assert set(shown.members) == {variant.sku for variant in second.variants}
    assert office.differences(changed) == {}


def test_nothing_there_reads_back_as_absent(twin: Twin, office: Office) -> None:
    listing = twin.single(office, "NEVER")
    assert office.connector.read_back([listing])[listing.publication_id].state is LiveState.ABSENT
