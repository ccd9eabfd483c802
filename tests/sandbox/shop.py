"""A small eBay client for these tests: it knows addresses and headers, and nothing else."""

from __future__ import annotations

import base64
import socket
from typing import Any, Self
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import httpx2

CLIENT_ID = "Kontor-Sandbox-SBX"
SECRET = "SBX-kontor-sandbox-secret"
RU_NAME = "Kontor-KontorHub-SBX-demo"
SCOPE = "https://api.ebay.com/oauth/api_scope"
SCOPES = " ".join(
    [
        SCOPE,
        *(
            f"{SCOPE}/{name}"
            for name in (
                "sell.inventory",
                "sell.account",
                "sell.fulfillment",
                "commerce.identity.readonly",
                "commerce.notification.subscription",
            )
        ),
    ]
)
INVENTORY = "/sell/inventory/v1"
MAKER = {
    "companyName": "Werkhof GmbH",
    "addressLine1": "Oranienstraße 183",
    "city": "Berlin",
    "postalCode": "10999",
    "country": "DE",
    "email": "hersteller@werkhof.example",
}


class Shop:
    """One seller's view of the sandbox."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx2.Client(base_url=url, timeout=20)
        self.http.headers.pop("accept-language", None)
        self.access_token = ""
        self.refresh_token = ""
        self.policies: dict[str, str] = {}
        self.location = "lager-1"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.http.close()

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = self.http.request(method, f"/_sandbox/api{path}", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def register(self) -> None:
        self.control("POST", "/apps", {"accepted_url": "http://127.0.0.1:1/callback"})

    def authorize_url(self, **changes: str) -> str:
        asked = {
            "client_id": CLIENT_ID,
            "redirect_uri": RU_NAME,
            "response_type": "code",
            "scope": SCOPES,
            "state": "s-1",
        } | changes
        return f"/oauth2/authorize?{urlencode(asked, quote_via=quote)}"

    def consent(self, account: str = "werkhof-berlin", **changes: str) -> dict[str, str]:
        """Click through the page; answers what the browser brings back, decoded once."""
        answer = self.http.post(self.authorize_url(**changes), data={"decision": "agree", "account": account})
        assert answer.status_code == 302, answer.text
        return {
            name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()
        }

    def token(self, *, secret: str = SECRET, **form: str) -> httpx2.Response:
        basic = base64.b64encode(f"{CLIENT_ID}:{secret}".encode()).decode()
        headers = {"authorization": f"Basic {basic}"}
        return self.http.post("/identity/v1/oauth2/token", data=form, headers=headers)

    def connect(self, account: str = "werkhof-berlin") -> None:
        back = self.consent(account)
        answer = self.token(grant_type="authorization_code", code=back["code"], redirect_uri=RU_NAME)
        assert answer.status_code == 200, answer.text
        self.access_token = answer.json()["access_token"]
        self.refresh_token = answer.json()["refresh_token"]

    def application_token(self, scope: str = SCOPE) -> str:
        answer = self.token(grant_type="client_credentials", scope=scope)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        language: str | None = "de-DE",
        token: str | None = None,
        headers: dict[str, str] | None = None,
        **query: Any,
    ) -> httpx2.Response:
        sent = {"authorization": f"Bearer {token or self.access_token}"}
        if language is not None:
            sent["content-language"] = language
        options: dict[str, Any] = {} if body is None else {"json": body}
        request = self.http.build_request(
            method, path, headers=sent | (headers or {}), params=query or None, **options
        )
        if "accept-language" not in (headers or {}):
            request.headers.pop("accept-language", None)
        return self.http.send(request)

    def raw(self, method: str, target: str) -> bytes:
        """The status line of a request that no HTTP library would send; with the token and nothing else."""
        address = urlsplit(self.url)
        head = f"{method} {target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.access_token}\r\n"
        with socket.create_connection((str(address.hostname), int(address.port or 0))) as plain:
            plain.sendall(f"{head}Connection: close\r\n\r\n".encode())
            return plain.recv(4096).split(b"\r\n")[0]

    def good(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = self.call(method, path, body, **more)
        assert answer.status_code < 300, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def set_up(self, marketplace: str = "EBAY_DE") -> None:
        self.good("POST", "/sell/account/v1/program/opt_in", {"programType": "SELLING_POLICY_MANAGEMENT"})
        common = {
            "marketplaceId": marketplace,
            "categoryTypes": [{"name": "ALL_EXCLUDING_MOTORS_VEHICLES"}],
        }
        shipping = {
            "optionType": "DOMESTIC",
            "costType": "FLAT_RATE",
            "shippingServices": [
                {"shippingServiceCode": "DE_DHLPaket", "shippingCost": {"value": "4.90", "currency": "EUR"}}
            ],
        }
        bodies: dict[str, dict[str, Any]] = {
            "fulfillment": {
                "name": "Versand",
                "handlingTime": {"value": 1, "unit": "DAY"},
                "shippingOptions": [shipping],
            },
            "payment": {"name": "Zahlung"},
            "return": {
                "name": "Rücknahme",
                "returnsAccepted": True,
                "returnPeriod": {"value": 30, "unit": "DAY"},
                "returnShippingCostPayer": "BUYER",
            },
        }
        for kind, body in bodies.items():
            made = self.good("POST", f"/sell/account/v1/{kind}_policy/", common | body)
            self.policies[f"{kind}PolicyId"] = made[f"{kind}PolicyId"]
        address = {"postalCode": "10999", "country": "DE"}
        self.good("POST", f"{INVENTORY}/location/{self.location}", {"location": {"address": address}})

    def category(self, text: str, tree: str = "77") -> str:
        found = self.good(
            "GET", f"/commerce/taxonomy/v1/category_tree/{tree}/get_category_suggestions", q=text
        )
        return str(found["categorySuggestions"][0]["category"]["categoryId"])

    def item(self, **changes: Any) -> dict[str, Any]:
        """A shelf that can be published."""
        product = {
            "title": "Bücherregal aus Eiche",
            "description": "<p>Ein Regal für Bücher.</p>",
            "aspects": {"Marke": ["Werkhof"], "Produktart": ["Bücherregal"], "Farbe": ["Braun"]},
            "imageUrls": ["https://bilder.example/regal.jpg"],
        } | changes.pop("product", {})
        quantity = changes.pop("quantity", 5)
        return {
            "condition": "NEW",
            "product": product,
            "availability": {"shipToLocationAvailability": {"quantity": quantity}},
        } | changes

    def offer(self, sku: str, **changes: Any) -> dict[str, Any]:
        return {
            "sku": sku,
            "marketplaceId": "EBAY_DE",
            "format": "FIXED_PRICE",
            "categoryId": self.category("Bücherregal"),
            "includeCatalogProductDetails": False,
            "listingPolicies": dict(self.policies),
            "merchantLocationKey": self.location,
            "pricingSummary": {"price": {"value": "129.00", "currency": "EUR"}},
            "regulatory": {"manufacturer": dict(MAKER)},
        } | changes

    def changed_offer(self, sku: str, **changes: Any) -> dict[str, Any]:
        """An offer as it is replaced: without what cannot change."""
        fixed = ("sku", "marketplaceId", "format")
        return {name: value for name, value in self.offer(sku, **changes).items() if name not in fixed}

    def put_item(self, sku: str, **changes: Any) -> httpx2.Response:
        return self.call("PUT", f"{INVENTORY}/inventory_item/{sku}", self.item(**changes))

    def list_item(self, sku: str, *, offer: dict[str, Any] | None = None, **item: Any) -> tuple[str, str]:
        """Item, offer, publish; answers offer id and listing id."""
        assert self.put_item(sku, **item).status_code in (200, 201, 204)
        offer_id = self.good("POST", f"{INVENTORY}/offer", self.offer(sku, **(offer or {})))["offerId"]
        listing = self.good("POST", f"{INVENTORY}/offer/{offer_id}/publish", {})
        return str(offer_id), str(listing["listingId"])

    def truth(self, account: str = "werkhof-berlin") -> Any:
        return self.control("GET", "/truth")["ebay"]["sellers"][account]

    def listing(self, listing_id: str) -> Any:
        return next(row for row in self.truth()["listings"] if row["listing_id"] == listing_id)


def error_ids(answer: httpx2.Response) -> list[int]:
    return [row["errorId"] for row in answer.json()["errors"]]
