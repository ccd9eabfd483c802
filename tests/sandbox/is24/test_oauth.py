"""OAuth 1.0a: real signatures, three legs, tokens that live until they are taken back."""

from __future__ import annotations

import time
from urllib.parse import parse_qsl

import httpx2
import pytest
from tests.sandbox.is24.agent import CALLBACK, KEY, ME, OAUTH, SECRET, Agent, message

LIST = f"{ME}/realestate"


def refused(answer: httpx2.Response) -> str:
    assert answer.status_code == 401, answer.text
    code, text, _ = message(answer)
    assert code == "ERROR_COMMON_AUTHENTICATION_REQUIRED"
    return text


def test_three_legs_lead_to_a_token_that_works(agent: Agent) -> None:
    assert agent.signed("GET", LIST).status_code == 200


def test_a_token_does_not_grow_old(agent: Agent) -> None:
    agent.control("POST", "/clock", {"advance_seconds": 400 * 86_400})
    assert agent.signed("GET", LIST).status_code == 200
    agent.control("POST", "/settings", {"clock_offset_seconds": 0.0})


def test_query_parameters_are_signed_and_bodies_are_not(agent: Agent) -> None:
    assert agent.signed("GET", f"{LIST}?pagesize=5&pagenumber=1").status_code == 200
    body = b"<anything>else</anything>"
    answer = agent.signed("POST", LIST, body=body, headers={"content-type": "application/xml"})
    assert answer.status_code == 412


def test_a_wrong_secret_is_an_invalid_signature(agent: Agent) -> None:
    text = refused(agent.signed("GET", LIST, token_secret="guessed"))
    assert text.endswith("[ERROR MESSAGE: Invalid signature for signature method HMAC-SHA1]")
    refused(agent.signed("GET", LIST, secret="guessed"))


def test_an_application_alone_may_not_act_for_an_agent(agent: Agent) -> None:
    assert "Access token" in refused(agent.signed("GET", LIST, token="", token_secret=""))


def test_nothing_signed_nothing_shown(agent: Agent) -> None:
    refused(agent.http.get(LIST))
    refused(agent.http.get(LIST, headers={"authorization": "OAuth nonsense"}))


def test_a_nonce_counts_once(agent: Agent) -> None:
    sent = agent.signed("GET", LIST)
    again = agent.http.get(LIST, headers={"authorization": sent.request.headers["authorization"]})
    assert "Nonce already used" in refused(again)


def test_an_old_timestamp_is_refused(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "authlib.oauth1.rfc5849.client_auth.generate_timestamp", lambda: str(int(time.time()) - 3600)
    )
    answer = agent.signed("GET", LIST)
    assert (answer.status_code, message(answer)[0]) == (
        401,
        "ERROR_COMMON_AUTHENTICATION_OAUTH_NONCE_EXPIRED",
    )


@pytest.mark.parametrize("mistake", ["not encoded", "encoded twice"])
def test_the_token_is_encoded_exactly_once(agent: Agent, mistake: str) -> None:
    header = agent.signed("GET", LIST).request.headers["authorization"]
    plain = {"+": "%2B", "/": "%2F", "=": "%3D"}
    wrong = header
    for character, encoded in plain.items():
        wrong = wrong.replace(encoded, character if mistake == "not encoded" else encoded.replace("%", "%25"))
    assert wrong != header
    refused(agent.http.get(LIST, headers={"authorization": wrong}))


def test_a_token_that_is_taken_back_is_dead_for_that_agent_alone(agent: Agent) -> None:
    with Agent(agent.url) as other:
        other.connect("lindenhof-makler")
        assert agent.control("DELETE", "/consents", {"account": "hafenblick-immobilien"}) == {"revoked": 1}
        refused(agent.signed("GET", LIST))
        assert other.signed("GET", LIST).status_code == 200
    agent.connect()
    assert agent.signed("GET", LIST).status_code == 200


def temporary(agent: Agent) -> dict[str, str]:
    answer = agent.signed("POST", f"{OAUTH}/request_token", token="", token_secret="", callback=CALLBACK)
    return dict(parse_qsl(answer.text))


def test_the_page_asks_in_three_languages_and_declining_gives_nothing(stranger: Agent) -> None:
    token = temporary(stranger)
    address = f"{OAUTH}/confirm_access"
    for accepted, words in (("de", "Zugriff erlauben"), ("en", "Grant access"), ("fr", "Autoriser")):
        page = stranger.http.get(
            address, params={"oauth_token": token["oauth_token"]}, headers={"accept-language": accepted}
        )
        assert words in page.text
    clicked = stranger.http.post(
        address, params={"oauth_token": token["oauth_token"]}, data={"decision": "decline"}
    )
    assert clicked.headers["location"].startswith(f"{CALLBACK}&state=rejected")
    assert "oauth_verifier" not in clicked.headers["location"]
    assert stranger.http.get(address, params={"oauth_token": token["oauth_token"]}).status_code == 400


def test_the_verifier_must_be_the_one_that_was_shown(stranger: Agent) -> None:
    token = temporary(stranger)
    authorize = (
        f"{stranger.url}{OAUTH}/confirm_access?" + "oauth_token=" + token["oauth_token"].replace("+", "%2B")
    )
    stranger.control("POST", "/consents", {"authorize_url": authorize})
    answer = stranger.signed(
        "POST",
        f"{OAUTH}/access_token",
        token=token["oauth_token"],
        token_secret=token["oauth_token_secret"],
        verifier="00000000",
    )
    assert "Invalid verifier" in refused(answer)


def test_a_temporary_token_lives_half_an_hour(stranger: Agent) -> None:
    token = temporary(stranger)
    stranger.control("POST", "/clock", {"advance_seconds": 1801})
    page = stranger.http.get(f"{OAUTH}/confirm_access", params={"oauth_token": token["oauth_token"]})
    assert page.status_code == 400


def test_one_application_cannot_use_anothers_token(agent: Agent) -> None:
    agent.control("POST", "/apps", {"consumer_key": "OtherKey", "consumer_secret": "other"})
    refused(agent.signed("GET", LIST, key="OtherKey", secret="other"))
    assert agent.signed("GET", LIST, key=KEY, secret=SECRET).status_code == 200


def test_another_agents_objects_are_not_mine(agent: Agent) -> None:
    answer = agent.signed("GET", LIST.replace("/me/", "/lindenhof-makler/"))
    assert (answer.status_code, message(answer)[0]) == (403, "ERROR_COMMON_ACCESS_DENIED")
    assert agent.signed("GET", LIST.replace("/me/", "/hafenblick-immobilien/")).status_code == 200
