"""Connected means proven: a real call answered, and what is missing is said and can be made."""

from __future__ import annotations

import pytest
from tests.contract.http import Cut
from tests.contract.twin import Office, Twin

from kontor.channels.contract.capabilities import ChecksAccount
from kontor.channels.contract.errors import LoginNeeded, Unavailable

ROUNDS = 3


@pytest.fixture
def bare(twin: Twin) -> Office:
    """A connection whose account lacks what an account can lack."""
    office = twin.connect(bare=True)
    if not isinstance(office.connector, ChecksAccount):
        pytest.skip("this channel has no account to check")
    return office


def press_everything(office: Office) -> None:
    """What a person does: press each button until nothing is missing."""
    for _ in range(ROUNDS):
        report = office.connector.check_account()
        office.transport.settings = report.settings
        for item in report.missing:
            if item.creatable:
                office.connector.create_setup(item.code)


def test_the_account_is_named_by_a_real_call(bare: Office) -> None:
    report = bare.connector.check_account()
    assert report.account_id
    assert report.account_name
    assert any(each.status == 200 for each in bare.transport.exchanges)


def test_what_is_missing_is_said_and_made_at_a_press(bare: Office) -> None:
    before = bare.connector.check_account()
    assert before.missing
    assert all(item.message for item in before.missing)
    press_everything(bare)
    after = bare.connector.check_account()
    assert after.missing == ()
    assert after.settings
    assert all(after.settings.values())


def test_pressing_twice_makes_nothing_twice(twin: Twin, bare: Office) -> None:
    codes: list[str] = []
    for _ in range(ROUNDS):
        for item in bare.connector.check_account().missing:
            codes.append(item.code)
            bare.connector.create_setup(item.code)
    before = twin.records()
    for code in codes:
        bare.connector.create_setup(code)
    assert twin.records() == before


def test_a_lost_answer_at_any_press_makes_nothing_twice(twin: Twin, bare: Office) -> None:
    for _ in range(ROUNDS):
        for item in bare.connector.check_account().missing:
            bare.transport.cut = Cut(1)
            with pytest.raises(Unavailable):
                bare.connector.create_setup(item.code)
            bare.transport.cut = None
            bare.connector.create_setup(item.code)
    assert bare.connector.check_account().missing == ()
    counted = twin.records()
    bare.connector.check_account()
    assert twin.records() == counted


def test_a_choice_made_before_is_kept(bare: Office) -> None:
    press_everything(bare)
    chosen = bare.connector.check_account().settings
    bare.transport.settings = chosen
    assert bare.connector.check_account().settings == chosen


def test_without_consent_the_account_asks_for_a_sign_in(twin: Twin, bare: Office) -> None:
    twin.fault("token_revoked")
    with pytest.raises(LoginNeeded):
        bare.connector.check_account()
    twin.calm()
    twin.consent_again(bare)
    assert bare.connector.check_account().account_id
