"""eBay as the bundled sandbox plays it."""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from PIL import Image
from tests.contract.http import PlainTransport, Tokens
from tests.contract.sandbox import Sandbox
from tests.contract.twin import Office, Shown

from kontor.channels.contract.transport import Answer
from kontor.channels.contract.values import (
    CategoryRules,
    Contact,
    GoodsOut,
    Picture,
    ProductSafety,
    VariantOut,
)
from kontor.channels.ebay import CHANNEL
from kontor.core.identifiers import uuid7
from kontor.core.money import Money

APPLICATION = ("Kontor-Sandbox-SBX", "SBX-kontor-sandbox-secret")
REDIRECT_NAME = "Kontor-KontorHub-SBX-demo"
SELLER = "werkhof-berlin"
MARKETPLACE = "EBAY_DE"
WAIT_SECONDS = 120
MUGS, SHIRTS = "182448", "252138"
MAKER = Contact(
    company_name="Töpferei Nord GmbH",
    address_line1="Hafenstraße 1",
    postal_code="24103",
    city="Kiel",
    country="DE",
    email="hallo@toepferei.example",
)


class EbayTwin:
    """The sandbox's seller `werkhof-berlin` on EBAY_DE."""

    channel = CHANNEL

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._rules: dict[str, CategoryRules] = {}

    def reset(self) -> None:
        self.sandbox.post("/reset")
        self.sandbox.post("/settings", {"picture_posts_per_5_seconds": 10_000})
        self._let_time_pass()

    def connect(self, *, bare: bool = False) -> Office:
        hosts = {
            name: self.sandbox.host(urlsplit(addresses["played"]).netloc)
            for name, addresses in CHANNEL.manifest.hosts.items()
        }
        consent = self._consent()
        tokens = Tokens(
            consent["access_token"],
            self._token(grant_type="client_credentials", scope=CHANNEL.manifest.auth.application_scopes[0])[
                "access_token"
            ],
            functools.partial(self._renew, consent["refresh_token"]),
        )
        transport = PlainTransport(CHANNEL, hosts, tokens, MARKETPLACE)
        office = Office(transport, CHANNEL.connector(transport))
        if not bare:
            self._complete(office)
        return office

    def consent_again(self, office: Office) -> None:
        consent = self._consent()
        office.transport.tokens.seller = consent["access_token"]
        office.transport.tokens.renew = functools.partial(self._renew, consent["refresh_token"])

    def single(self, office: Office, sku: str) -> GoodsOut:
        aspects = {"Marke": ("Töpferei Nord",), "Material": ("Keramik",)}
        return self._goods(office, sku, "Becher aus Steinzeug", MUGS, aspects, (_variant(sku),))

    def group(self, office: Office, reference: str, sizes: Sequence[str] = ("S", "M")) -> GoodsOut:
        aspects = {"Marke": ("Weberei Süd",), "Farbe": ("Blau",), "Abteilung": ("Herren",)}
        variants = tuple(_variant(f"{reference}{size}", {"Größe": size}) for size in sizes)
        listing = self._goods(office, reference, "Hemd aus Leinen", SHIRTS, aspects, variants)
        return replace(listing, option_names=("Größe",))

    def refused(self, listing: GoodsOut) -> GoodsOut:
        """A brand is required, which preflight can't know without the category's rules."""
        return replace(listing, aspects={}, brand="", rules=None)

    def shown(self) -> dict[str, Shown]:
        return {
            listing["listing_id"]: Shown(
                listing["listing_id"],
                listing["title"],
                listing["description"],
                listing["picture_count"],
                {each["sku"]: (each["price"], each["quantity"]) for each in listing["variations"]},
                listing,
            )
            for listing in self._truth()["listings"]
            if listing["status"] in {"ACTIVE", "OUT_OF_STOCK"}
        }

    def records(self) -> Mapping[str, int]:
        truth = self._truth()
        counted = ("items", "groups", "offers", "policies", "locations", "orders")
        return {name: len(truth[name]) for name in counted} | {"live": len(self.shown())}

    def fault(self, name: str, count: int = 1) -> None:
        self.sandbox.post("/faults", {"name": name, "times": count})

    def calm(self) -> None:
        self.sandbox.delete("/faults")
        self._let_time_pass()

    def _let_time_pass(self) -> None:
        """Throttles are over: the sandbox's clock is put forward."""
        self.sandbox.post("/clock", {"advance_seconds": WAIT_SECONDS})

    def buy(self, lines: Mapping[str, int], *, paid: bool = True) -> str:
        rows = [{"sku": sku, "quantity": quantity} for sku, quantity in lines.items()]
        answer = self.sandbox.post("/purchases", {"seller": SELLER, "lines": rows, "paid": paid})
        return str(answer["order_id"])

    def cancel(self, order_id: str) -> None:
        self.sandbox.post(f"/orders/{order_id}/cancel")

    def pay(self, order_id: str) -> None:
        self.sandbox.post(f"/orders/{order_id}/pay")

    def shipments(self, order_id: str) -> int:
        (order,) = (each for each in self._truth()["orders"] if each["order_id"] == order_id)
        return len(order["fulfilments"])

    def _truth(self) -> dict[str, Any]:
        truth: dict[str, Any] = self.sandbox.get("/truth")["ebay"]["sellers"][SELLER]
        return truth

    def _complete(self, office: Office) -> None:
        """Presses every button until nothing is missing."""
        for _ in range(3):
            report = office.connector.check_account()
            if not report.missing:
                break
            for item in report.missing:
                office.connector.create_setup(item.code)
        office.transport.settings = report.settings
        office.transport.exchanges.clear()

    def _goods(
        self,
        office: Office,
        reference: str,
        title: str,
        category_id: str,
        aspects: Mapping[str, tuple[str, ...]],
        variants: tuple[VariantOut, ...],
    ) -> GoodsOut:
        return GoodsOut(
            publication_id=uuid7(),
            generation=1,
            reference=reference,
            merchant_sku=f"m-{reference}",
            title=title,
            description_html="<p>Von <b>Hand</b> gemacht.</p>",
            locale="de-DE",
            marketplace=MARKETPLACE,
            condition="new",
            category_id=category_id,
            brand=aspects["Marke"][0],
            aspects=aspects,
            option_names=(),
            variants=variants,
            pictures=(picture("front"),),
            safety=ProductSafety(manufacturer=MAKER),
            settings=dict(office.transport.settings),
            rules=self._rules_of(office, category_id),
        )

    def _rules_of(self, office: Office, category_id: str) -> CategoryRules:
        if category_id not in self._rules:
            self._rules[category_id] = office.connector.category_rules(category_id)
            office.transport.exchanges.clear()
        return self._rules[category_id]

    def _consent(self) -> dict[str, Any]:
        """What a person does in the browser: agree, and come back with a code."""
        auth = CHANNEL.manifest.auth
        asked = {
            "client_id": APPLICATION[0],
            "redirect_uri": REDIRECT_NAME,
            "response_type": "code",
            "scope": " ".join(auth.scopes),
            "state": "s",
        }
        page = self.sandbox.host("auth.ebay.com") + auth.authorize_path
        agreed = httpx2.post(page, params=asked, data={"account": SELLER, "decision": "agree"})
        code = parse_qs(urlsplit(agreed.headers["location"]).query)["code"][0]
        return self._token(grant_type="authorization_code", code=code, redirect_uri=REDIRECT_NAME)

    def _renew(self, refresh_token: str) -> str:
        return str(self._token(grant_type="refresh_token", refresh_token=refresh_token)["access_token"])

    def _token(self, **form: str) -> dict[str, Any]:
        address = self.sandbox.host("api.ebay.com") + CHANNEL.manifest.auth.token_path
        response = httpx2.post(address, data=form, auth=httpx2.BasicAuth(*APPLICATION))
        if response.status_code != 200:
            headers = {name.lower(): value for name, value in response.headers.items()}
            answered = Answer(response.status_code, headers, response.content)
            raise CHANNEL.error_from_answer(answered, "POST token")
        answer: dict[str, Any] = response.json()
        return answer


def _variant(sku: str, options: Mapping[str, str] | None = None) -> VariantOut:
    return VariantOut(
        sku=sku,
        merchant_sku=f"m-{sku}",
        price=Money(1250, "EUR"),
        quantity=5,
        options=options or {},
        weight_g=400,
    )


@functools.cache
def picture(text: str) -> Picture:
    """A plain square whose colour follows from the text."""
    digest = hashlib.sha256(text.encode()).digest()
    buffer = io.BytesIO()
    Image.new("RGB", (640, 640), (digest[0], digest[1], digest[2])).save(buffer, "JPEG")
    content = buffer.getvalue()
    return Picture(hashlib.sha256(content).hexdigest(), "image/jpeg", 640, 640, lambda: content)


TWIN = EbayTwin
