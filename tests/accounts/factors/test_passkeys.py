"""Passkeys: made, used, and every way in which one is not right."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.accounts.browser import Browser
from tests.accounts.factors.authenticator import USER_PRESENT, Authenticator, raw, text
from tests.accounts.factors.conftest import App

from kontor.accounts.factors.models import Challenge, Passkey
from kontor.core.clock import now
from kontor.core.config import settings as configured


def added(browser: Browser, device: Authenticator, expect: int = 200) -> dict[str, Any]:
    """Registers the device for who is logged in."""
    begun = browser.post("/me/factors/passkeys/options")
    wish = {
        "challenge": begun["challenge"],
        "name": "Telefon",
        "credential": device.create(begun["options"]),
    }
    return browser.post("/me/factors/passkeys", wish, expect=expect)


def begun(browser: Browser) -> dict[str, Any]:
    """The first step of a log-in; the options for the device."""
    assert browser.login().status_code == 401
    browser.challenge = browser.said["params"]["challenge"]  # type: ignore[attr-defined]
    return dict(browser.said["params"]["passkey_options"])


@pytest.fixture
def phone(martina: Browser) -> Authenticator:
    """Martina's phone, registered."""
    device = Authenticator()
    assert len(added(martina, device)["recovery_codes"]) == 10
    return device


def test_a_passkey_is_made_and_opens_the_next_log_in(
    martina: Browser, phone: Authenticator, elsewhere: Browser
) -> None:
    (listed,) = martina.get("/me/factors")["items"]
    assert (listed["kind"], listed["name"], listed["used_at"]) == ("passkey", "Telefon", None)
    options = begun(elsewhere)
    assert elsewhere.said["params"]["methods"] == ["passkey", "recovery"]
    assert options["userVerification"] == "required"
    assert [row["id"] for row in options["allowCredentials"]] == [text(phone.credential_id)]
    assert elsewhere.second_step("passkey", credential=phone.get(options)).status_code == 200
    assert elsewhere.get("/me/sessions")["items"][0]["second_factor"] == "passkey"
    assert martina.get("/me/factors")["items"][0]["used_at"]
    assert Passkey.objects.get().sign_count == 1


def test_a_device_is_not_registered_twice(martina: Browser, phone: Authenticator) -> None:
    begun = martina.post("/me/factors/passkeys/options")
    assert [row["id"] for row in begun["options"]["excludeCredentials"]] == [text(phone.credential_id)]
    added(martina, phone, expect=409)
    assert martina.code == "passkey.known"


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost.evil.example:8000"},
        {"flags": USER_PRESENT},
        {"rp_id": "evil.example"},
    ],
    ids=["another site's page", "a name that looks like ours", "no look at its person", "another host"],
)
def test_what_is_not_right_neither_registers_nor_opens(
    martina: Browser, phone: Authenticator, elsewhere: Browser, wrong: dict[str, Any]
) -> None:
    added(martina, Authenticator(**wrong), expect=422)
    assert martina.problems == {("credential", "passkey.refused")}
    answer = replace(phone, **wrong).get(begun(elsewhere))
    assert elsewhere.second_step("passkey", credential=answer).status_code == 401
    assert elsewhere.code == "second_factor.wrong"


def test_a_copied_passkey_is_noticed_by_its_counter(phone: Authenticator, elsewhere: Browser) -> None:
    copy = replace(phone)
    assert elsewhere.second_step("passkey", credential=phone.get(begun(elsewhere))).status_code == 200
    assert elsewhere.second_step("passkey", credential=phone.get(begun(elsewhere))).status_code == 200
    assert elsewhere.second_step("passkey", credential=copy.get(begun(elsewhere))).status_code == 401
    assert elsewhere.second_step("passkey", credential=phone.get(begun(elsewhere))).status_code == 200


def test_an_answer_to_another_challenge_opens_nothing(phone: Authenticator, elsewhere: Browser) -> None:
    heard = phone.get(begun(elsewhere))
    begun(elsewhere)
    assert elsewhere.second_step("passkey", credential=heard).status_code == 401


def test_a_strangers_passkey_opens_nothing(
    phone: Authenticator, visit: Callable[..., Browser], elsewhere: Browser
) -> None:
    stranger, theirs = visit().register(email="ole@boje.example", company="Boje"), Authenticator()
    added(stranger, theirs)
    assert elsewhere.second_step("passkey", credential=theirs.get(begun(elsewhere))).status_code == 401
    forged = phone.get(begun(elsewhere))
    forged["response"]["signature"] = theirs.get(begun(elsewhere))["response"]["signature"]
    assert elsewhere.second_step("passkey", credential=forged).status_code == 401


def test_a_registration_is_bound_to_its_session_and_time(
    martina: Browser, visit: Callable[..., Browser]
) -> None:
    other, device = visit().register(email="ole@boje.example", company="Boje"), Authenticator()
    begun = martina.post("/me/factors/passkeys/options")
    wish = {"challenge": begun["challenge"], "name": "", "credential": device.create(begun["options"])}
    other.post("/me/factors/passkeys", wish, expect=409)
    assert other.code == "factor.not_begun"
    Challenge.objects.update(expires_at=now() - timedelta(seconds=1))
    martina.post("/me/factors/passkeys", wish, expect=409)
    Challenge.objects.update(expires_at=now() + timedelta(minutes=1))
    martina.post("/me/factors/passkeys", wish)
    martina.post("/me/factors/passkeys", wish, expect=409)


def test_app_and_passkey_side_by_side(martina: Browser, app: App, elsewhere: Browser) -> None:
    device = Authenticator()
    assert added(martina, device)["recovery_codes"] is None, "they came with the first factor"
    options = begun(elsewhere)
    assert elsewhere.said["params"]["methods"] == ["passkey", "totp", "recovery"]
    assert elsewhere.second_step("passkey", credential=device.get(options)).status_code == 200


@pytest.mark.parametrize(
    ("address", "host", "origin"),
    [
        ("https://kontor.thomsen.example", "kontor.thomsen.example", "https://kontor.thomsen.example"),
        ("http://127.0.0.1:9000", "localhost", "http://localhost:9000"),
        ("https://192.0.2.1", None, ""),
    ],
)
def test_passkeys_are_bound_to_the_name_people_use(
    martina: Browser, monkeypatch: pytest.MonkeyPatch, address: str, host: str | None, origin: str
) -> None:
    monkeypatch.setenv("PUBLIC_URL", address)
    configured.cache_clear()
    try:
        assert martina.get("/me/factors")["passkey_host"] == host
        if host is None:
            martina.post("/me/factors/passkeys/options", expect=409)
            assert martina.code == "passkey.impossible"
        else:
            added(martina, Authenticator(origin=origin))
    finally:
        monkeypatch.undo()
        configured.cache_clear()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
FIELDS = [
    "id",
    "rawId",
    "type",
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "transports",
]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(name=st.sampled_from(FIELDS), value=JSON | st.binary(max_size=60).map(text), cut=st.integers(0, 200))
def test_whatever_a_device_says_is_answered_by_a_refusal(
    martina: Browser, phone: Authenticator, name: str, value: Any, cut: int
) -> None:
    """Each field replaced by anything, and the binary ones cut short and bent."""
    begun = martina.post("/me/factors/passkeys/options")
    made = Authenticator().create(begun["options"])
    challenge = {"challenge": "x" * 8}
    for credential in (made, phone.get(challenge)):
        place = credential["response"] if name in credential["response"] else credential
        if isinstance(place.get(name), str) and cut % 2:
            bent = bytearray(raw(place[name]))
            bent[cut % len(bent)] ^= 1 + cut
            place[name] = text(bytes(bent[: cut or None]))
        else:
            place[name] = value
        sent = json.loads(json.dumps(credential))
        wish = {"challenge": begun["challenge"], "name": "x", "credential": sent}
        assert martina.send("POST", "/me/factors/passkeys", wish).status_code in (200, 409, 422)
        prove = {"challenge": "x", "method": "passkey", "credential": sent}
        assert martina.send("POST", "/auth/prove/second-factor", prove).status_code == 403


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(name=st.sampled_from(FIELDS), value=JSON | st.binary(max_size=60).map(text), cut=st.integers(0, 200))
def test_whatever_answers_a_challenge_is_judged(
    phone: Authenticator, name: str, value: Any, cut: int
) -> None:
    from kontor.accounts.factors import passkeys
    from kontor.accounts.models import Person

    person = Person.objects.get()
    challenge = Challenge(person=person, passkey_challenge=b"c" * 32)
    credential = phone.get({"challenge": text(b"c" * 32)})
    place = credential["response"] if name in credential["response"] else credential
    if isinstance(place.get(name), str) and cut % 2:
        bent = bytearray(raw(place[name]))
        bent[cut % len(bent)] ^= 1 + cut % 255
        place[name] = text(bytes(bent))
    else:
        place[name] = value
    assert passkeys.check(person, challenge, credential, "") in (True, False)
