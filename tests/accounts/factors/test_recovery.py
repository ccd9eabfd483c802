"""Codes on paper, what the tenant demands, and taking factors away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.accounts.browser import PASSWORD, Browser
from tests.accounts.factors.authenticator import Authenticator
from tests.accounts.factors.conftest import App

from kontor.accounts.factors.models import RecoveryCode, Secret
from kontor.accounts.models import Session, Tenant
from kontor.core.clock import now
from kontor.core.http import credentials


def test_a_recovery_code_opens_once_however_it_is_typed(
    martina: Browser, app: App, elsewhere: Browser
) -> None:
    code = app.recovery_codes[3]  # type: ignore[attr-defined]
    for expected in (200, 401):
        elsewhere.login()
        answer = elsewhere.second_step("recovery", code=f" {code.lower().replace('-', ' ')} ")
        assert answer.status_code == expected
    assert martina.get("/me/factors")["recovery_codes_left"] == 9


def test_codes_are_kept_as_argon2_hashes(app: App) -> None:
    hashes = set(RecoveryCode.objects.values_list("hash", flat=True))
    assert len(hashes) == 10
    assert all(text.startswith("argon2$argon2id$") for text in hashes)
    proofs = [code.replace("-", "")[4:] for code in app.recovery_codes]  # type: ignore[attr-defined]
    assert not any(proof in text for proof in proofs for text in hashes)


def test_new_codes_void_the_old_ones(martina: Browser, app: App, elsewhere: Browser) -> None:
    new = martina.post("/me/factors/recovery-codes")["codes"]
    assert len(set(new)) == 10
    for code, expected in ((app.recovery_codes[0], 401), (new[0], 200)):  # type: ignore[attr-defined]
        elsewhere.login()
        assert elsewhere.second_step("recovery", code=code).status_code == expected


def test_without_a_factor_there_is_nothing_to_recover(martina: Browser) -> None:
    martina.post("/me/factors/recovery-codes", expect=409)
    assert martina.code == "factor.none"


def test_the_last_factor_takes_its_codes_along(martina: Browser, app: App, elsewhere: Browser) -> None:
    (factor,) = martina.get("/me/factors")["items"]
    martina.delete(f"/me/factors/{factor['id']}")
    assert martina.get("/me/factors")["recovery_codes_left"] == 0
    assert not RecoveryCode.objects.exists()
    assert not Secret.objects.exists()
    assert elsewhere.login().status_code == 200


def test_a_strangers_factor_is_not_found(app: App, visit: Callable[..., Browser]) -> None:
    stranger = visit().register(email="ole@boje.example", company="Boje")
    stranger.delete(f"/me/factors/{Secret.objects.get().id}", expect=404)
    assert Secret.objects.exists()


@pytest.fixture
def demanding(martina: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Martina's business demands a second factor from now on; what another process changed is seen at once."""
    monkeypatch.setattr(credentials, "ASKED_AFTER_SECONDS", 0.0)
    Tenant.objects.update(requires_second_factor=True)


@pytest.mark.usefixtures("demanding")
def test_where_the_business_demands_one_nothing_else_is_open_before(
    martina: Browser, elsewhere: Browser
) -> None:
    for visitor in (martina, elsewhere):
        assert visitor is martina or visitor.login().status_code == 200
        visitor.send("GET", "/listings")
        assert (visitor.said["status"], visitor.code) == (403, "second_factor.needed")
        assert visitor.get("/auth/me")["user"]["must_add_second_factor"] is True
        assert visitor.said["scopes"] == []
    assert elsewhere.get("/me/factors")["required"] is True
    app = App(elsewhere.post("/me/factors/totp")["secret"])
    elsewhere.post("/me/factors/totp/confirm", {"code": app.code()})
    assert elsewhere.refresh().status_code == 200
    assert elsewhere.said["user"]["must_add_second_factor"] is False
    assert elsewhere.get("/listings")["items"] == []
    martina.refresh()
    martina.send("GET", "/listings")
    assert martina.code == "second_factor.needed", "another session has not shown it"
    martina.post("/auth/prove", {"password": PASSWORD}, expect=403)
    martina.post(
        "/auth/prove/second-factor",
        {"challenge": martina.said["params"]["challenge"], "method": "totp", "code": app.code(1)},
        expect=204,
    )
    martina.refresh()
    assert martina.get("/listings")["items"] == []


def test_where_the_business_demands_one_the_last_stays(martina: Browser, app: App, demanding: None) -> None:
    martina.login()
    martina.second_step("totp", code=app.code())
    (factor,) = martina.get("/me/factors")["items"]
    martina.delete(f"/me/factors/{factor['id']}", expect=409)
    assert martina.code == "second_factor.required"
    begun, device = martina.post("/me/factors/passkeys/options"), Authenticator()
    wish = {"challenge": begun["challenge"], "credential": device.create(begun["options"])}
    martina.post("/me/factors/passkeys", wish)
    martina.delete(f"/me/factors/{factor['id']}")
    assert [row["kind"] for row in martina.get("/me/factors")["items"]] == ["passkey"]


def test_changing_how_one_logs_in_needs_a_fresh_proof(martina: Browser) -> None:
    Session.objects.update(proven_at=now() - timedelta(minutes=11))
    for method, path in (
        ("POST", "/me/factors/totp"),
        ("POST", "/me/factors/passkeys/options"),
        ("POST", "/me/factors/recovery-codes"),
        ("DELETE", "/me/factors/019b0000-0000-7000-8000-000000000000"),
    ):
        martina.send(method, path)
        assert (martina.said["status"], martina.code) == (403, "proof.needed"), path
    martina.post("/auth/prove", {"password": "nope"}, expect=422)
    assert martina.problems == {("password", "password.wrong")}
    martina.post("/auth/prove", {"password": PASSWORD}, expect=204)
    martina.post("/me/factors/totp")


def test_who_has_a_second_factor_proves_by_it_too(martina: Browser, app: App) -> None:
    Session.objects.update(proven_at=now() - timedelta(minutes=11))
    martina.post("/auth/prove", {"password": PASSWORD}, expect=403)
    assert martina.code == "proof.second_factor"
    step = {"challenge": martina.said["params"]["challenge"], "method": "totp"}
    martina.post("/me/factors/recovery-codes", expect=403)
    martina.post("/auth/prove/second-factor", {**step, "code": "000000"}, expect=403)
    assert (martina.code, martina.said["params"]["tries_left"]) == ("proof.wrong", 4)
    martina.post("/auth/prove/second-factor", {**step, "code": app.code()}, expect=204)
    martina.post("/me/factors/recovery-codes")
    martina.post("/auth/prove/second-factor", {**step, "code": app.code(1)}, expect=403)
    assert martina.code == "proof.over"


def test_a_proof_of_one_session_is_none_for_another(martina: Browser, app: App, elsewhere: Browser) -> None:
    elsewhere.login()
    elsewhere.second_step("totp", code=app.code())
    martina.post("/auth/prove", {"password": PASSWORD}, expect=403)
    step = {"challenge": martina.said["params"]["challenge"], "method": "totp", "code": app.code(1)}
    elsewhere.post("/auth/prove/second-factor", step, expect=403)
    assert elsewhere.code == "proof.over"
    elsewhere.token = ""
    elsewhere.send("POST", "/auth/login/second-factor", step)
    assert elsewhere.code == "challenge.over", "nor does it log in"
