"""A small client of the portal for these tests; its signatures are Authlib's, not ours."""

from __future__ import annotations

import json
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx2
from authlib.oauth1 import ClientAuth

from kontor_sandbox.is24.fields import tables
from kontor_sandbox.is24.nodes import Node, parse

KEY, SECRET = "Kontor-SandboxKey", "kontor-sandbox-secret"
CALLBACK = "https://hub.example/callback?flow=7"
OAUTH = "/restapi/security/oauth"
OFFER = "/restapi/api/offer/v1.0"
ME = f"{OFFER}/user/me"
COMMON = "http://rest.immobilienscout24.de/schema/common/1.0"
OBJECTS = "http://rest.immobilienscout24.de/schema/offer/realestates/1.0"

FLAT = {
    "title": "Helle Wohnung am Hafen",
    "address": "<street>Elbchaussee</street><houseNumber>12</houseNumber><postcode>22763</postcode><city>Hamburg</city>",
    "showAddress": "true",
    "price": "<value>399000</value><currency>EUR</currency>",
    "livingSpace": "72.5",
    "numberOfRooms": "3",
    "courtage": "<hasCourtage>YES</hasCourtage><courtage>3,57 %</courtage>",
}


def document(kind: str = "apartmentBuy", elements: dict[str, str] | None = None) -> str:
    """An object as XML, its elements in the order in which they are given."""
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in (elements or FLAT).items())
    return f'<realestates:{kind} xmlns:realestates="{OBJECTS}">{inner}</realestates:{kind}>'


def placed(**added: str) -> dict[str, str]:
    """The flat with more elements, put where the schema wants them."""
    both = FLAT | added
    order = [entry.name for entry in tables().types["apartmentBuy"]]
    return {name: both[name] for name in order if name in both}


class Agent:
    """One estate agent's view of the portal."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx2.Client(base_url=url, timeout=20)
        self.token, self.token_secret = "", ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.http.close()

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = self.http.request(method, f"/_sandbox/is24/api{path}", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def signed(
        self, method: str, path: str, *, body: bytes = b"", headers: dict[str, str] | None = None, **more: Any
    ) -> httpx2.Response:
        """Send a signed request; ``more`` goes to the signer (key, secret, token, callback, verifier)."""
        signer = ClientAuth(
            more.get("key", KEY),
            more.get("secret", SECRET),
            token=more.get("token", self.token),
            token_secret=more.get("token_secret", self.token_secret),
            redirect_uri=more.get("callback"),
            verifier=more.get("verifier"),
        )
        address = f"{self.url}{path}"
        _, signature, _ = signer.sign(method, address, {}, b"")
        return self.http.request(method, address, content=body, headers=(headers or {}) | signature)

    def call(
        self, method: str, path: str, body: str | dict[str, Any] | None = None, **headers: str
    ) -> httpx2.Response:
        """Send XML (text) or JSON (a dict) below ``/offer/v1.0`` and get the same."""
        kind = "json" if isinstance(body, dict) else "xml"
        sent = {
            "content-type": f"application/{kind};charset=UTF-8",
            "accept": f"application/{kind}",
        } | headers
        raw = json.dumps(body).encode() if isinstance(body, dict) else (body or "").encode()
        return self.signed(method, OFFER + path, body=raw, headers=sent)

    def connect(self, account: str = "hafenblick-immobilien") -> None:
        """Walk the three legs."""
        first = self.signed("POST", f"{OAUTH}/request_token", token="", token_secret="", callback=CALLBACK)
        temporary = dict(parse_qsl(first.text))
        assert temporary["oauth_callback_confirmed"] == "true", first.text
        clicked = self.http.post(
            f"{OAUTH}/confirm_access",
            params={"oauth_token": temporary["oauth_token"]},
            data={"account": account, "decision": "agree"},
        )
        back = parse_qs(urlsplit(clicked.headers["location"]).query)
        assert back["flow"] == ["7"]
        final = self.signed(
            "POST",
            f"{OAUTH}/access_token",
            token=temporary["oauth_token"],
            token_secret=temporary["oauth_token_secret"],
            verifier=back["oauth_verifier"][0],
        )
        tokens = dict(parse_qsl(final.text))
        self.token, self.token_secret = tokens["oauth_token"], tokens["oauth_token_secret"]

    def insert(self, kind: str = "apartmentBuy", elements: dict[str, str] | None = None) -> str:
        """Insert an object and answer its id."""
        answer = self.call("POST", "/user/me/realestate", document(kind, elements))
        assert answer.status_code == 201, answer.text
        return message(answer)[2]

    def read(self, path: str) -> Node:
        """A resource as XML."""
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.text
        return parse(answer.content)

    def publish(self, identifier: str, channel: str = "10000") -> httpx2.Response:
        """Publish an object."""
        return self.call("POST", "/publish", publish_body(identifier, channel))


def publish_body(identifier: str, channel: str = "10000") -> str:
    return (
        f'<common:publishObject xmlns:common="{COMMON}"><realEstate id="{identifier}"/>'
        f'<publishChannel id="{channel}"/></common:publishObject>'
    )


def message(answer: httpx2.Response) -> tuple[str, str, str]:
    """Code, text and id of the message in an XML answer."""
    root = parse(answer.content)
    assert root.name == "common:messages"
    return root.value("message", "messageCode"), root.value("message", "message"), root.value("message", "id")
