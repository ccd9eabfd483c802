"""Plays the person in the office, through the API that the web UI uses too."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from kontor.demo.once.http import ChangedMeanwhile, Office, StoryFailed, Street, wait_until

MARKETPLACE = "EBAY_DE"
RATES = {
    "USD": "0.92",
    "GBP": "1.17",
    "CHF": "1.05",
    "SAR": "0.245",
    "PLN": "0.23",
    "SEK": "0.088",
    "DKK": "0.134",
}
FALLBACK_RATE = "0.5"
DEFAULTS: dict[str, Any] = {
    "quantity": 5,
    "condition": "new",
    "currency": "EUR",
    "weight_unit": "g",
    "image_base_address": "https://pictures.example/",  # shops that export paths keep the pictures somewhere
}
NEUTRAL = (
    "markenlos",
    "nicht zutreffend",
    "ohne",
    "keine",
    "sonstige",
    "unbekannt",
    "siehe beschreibung",
    "unisex",
)
CHUNK = 200


class Merchant:
    """One merchant with one office and one eBay account."""

    def __init__(self, office: Office, street: Street) -> None:
        self.office, self._street = office, street
        self.connection_id = ""

    def import_file(self, path: Path) -> dict[str, Any]:
        """Uploads, takes what was recognised, fills in what the file lacks, and waits for the end."""
        with path.open("rb") as file:
            started = self.office.call(
                "POST", "/imports", files={"file": (path.name, file.read(), "text/csv")}
            )
        self.office.put(f"/imports/{started['id']}/mapping", {"defaults": DEFAULTS})
        self.office.post(f"/imports/{started['id']}/start", {"update_existing": True})

        def ended() -> Any:
            found = self.office.get(f"/imports/{started['id']}")
            return found if found["state"] in ("done", "failed", "cancelled") else None

        found: dict[str, Any] = wait_until("the import", ended, seconds=900)
        if found["state"] != "done":
            raise StoryFailed(f"the import ended as {found['state']}: {found.get('problem')}")
        return found

    def refusals(self, import_id: str) -> list[dict[str, Any]]:
        """Rows that were not taken, with field, code and reason."""
        return [
            {"row": row["row"], "field": row["field"], "code": row["code"], "message": row["message"]}
            for row in self.office.pages(f"/imports/{import_id}/refusals")
        ]

    def listings(self) -> dict[str, str]:
        """Listing ids by reference."""
        return {row["reference"]: row["id"] for row in self.office.pages("/listings")}

    def connect(self) -> None:
        """Presses Connect, agrees on the consent page, and mends what the account lacks."""
        begun = self.office.post("/connections/authorize", {"channel": "ebay", "marketplace": MARKETPLACE})
        back = self._street.call("POST", "/consents", authorize_url=begun["authorize_url"])["redirect_url"]
        home = self.office.visit(back).headers.get("location", "")
        connected = parse_qs(urlsplit(home).query).get("connected")
        if not connected:
            raise StoryFailed(f"the consent was not taken: {home}")
        self.connection_id = connected[0]
        wait_until("the account to be ready", self._is_ready, seconds=120)

    def reconnect_if_refused(self) -> None:
        """Signs in again where eBay has taken the consent back."""
        if self.connection()["state"] == "refused":
            body = {"channel": "ebay", "marketplace": MARKETPLACE, "connection_id": self.connection_id}
            begun = self.office.post("/connections/authorize", body)
            back = self._street.call("POST", "/consents", authorize_url=begun["authorize_url"])[
                "redirect_url"
            ]
            self.office.visit(back)

    def connection(self) -> dict[str, Any]:
        """The account as the channels page shows it."""
        return dict(self.office.get(f"/connections/{self.connection_id}"))

    def set_price_rule(self, currencies: Iterable[str]) -> dict[str, str]:
        """A rate for each currency of the catalogue; returns them."""
        rates = {code: RATES.get(code, FALLBACK_RATE) for code in currencies if code and code != "EUR"}
        if rates:
            rule = {"from": rates, "percent": "0", "round_to": "none"}
            self.office.patch(f"/connections/{self.connection_id}", {"price_rule": rule}, **{"If-Match": "*"})
        return rates

    def name_makers(self, brands: Iterable[str]) -> None:
        """Product safety data for each brand, and for goods without one."""
        for brand in sorted({*brands, "Markenlos"} - {""}):
            self.office.put(
                "/brands", {"name": brand, "manufacturer": _maker(brand), "responsible": _maker(brand)}
            )
        self.office.put(
            "/defaults", {"defaults": [{"scope": "tenant", "field": "brand", "value": "Markenlos"}]}
        )

    def preflight(self, listing_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        """What stands in the way, by listing; waits while categories are being looked up."""

        def known() -> dict[str, list[dict[str, Any]]] | None:
            found: dict[str, list[dict[str, Any]]] = {}
            for start in range(0, len(listing_ids), CHUNK):
                body = {
                    "listing_ids": listing_ids[start : start + CHUNK],
                    "connection_ids": [self.connection_id],
                }
                rows = self.office.post("/publications/preflight", body)["rows"]
                found |= {row["listing_id"]: row["problems"] for row in rows}
            self.reconnect_if_refused()
            pending = any(
                p["code"] == "publishing.category_pending" for problems in found.values() for p in problems
            )
            return None if pending else found

        result: dict[str, list[dict[str, Any]]] = wait_until("the categories", known, seconds=600, every=1.0)
        return result

    def answer_missing_aspects(self, found: dict[str, list[dict[str, Any]]]) -> int:
        """Sets a default where a category demands an attribute that goods may honestly leave open; how many."""
        missing = [p for problems in found.values() for p in problems if p["code"] == "ebay.aspect.missing"]
        asked = Counter(problem["params"]["aspect"] for problem in missing)
        offered = {problem["params"]["aspect"]: problem["params"].get("values") or [] for problem in missing}
        defaults = [
            {"scope": "tenant", "field": f"aspect:{aspect}", "value": _neutral(offered[aspect])}
            for aspect in asked
        ]
        if defaults:
            self.office.put("/defaults", {"defaults": defaults})
        return len(defaults)

    def describe(self, found: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
        """Writes a description where a product has none: its title, as a person in a hurry does. The texts by listing."""
        written: dict[str, str] = {}
        for listing_id, problems in found.items():
            if all(problem["code"] != "ebay.description_html.missing" for problem in problems):
                continue
            product = self.office.get(f"/listings/{listing_id}")
            written[listing_id] = f"<p>{html.escape(product['headline'], quote=False)}</p>"
            headers = {"If-Match": f'"{product["revision"]}"'}
            body = {"description": {product["language"]: written[listing_id]}}
            with suppress(ChangedMeanwhile):
                self.office.call("PATCH", f"/listings/{listing_id}", json=body, headers=headers)
        return written

    def publish(self, listing_ids: Sequence[str]) -> dict[str, Any]:
        """Wants them live; what preflight keeps back is in `blocked`."""
        body = {"listing_ids": list(listing_ids), "connection_ids": [self.connection_id]}
        return dict(self.office.post("/publications", body))

    def wait_for_jobs(self, job_ids: Iterable[str], seconds: float) -> None:
        """Until each has ended; signs in again where that is asked for meanwhile."""

        def ended() -> bool:
            self.reconnect_if_refused()
            return all(self.office.get(f"/jobs/{job_id}")["status"] == "done" for job_id in job_ids)

        wait_until("the publications", ended, seconds, every=0.5)

    def publications(self) -> dict[str, dict[str, Any]]:
        """What is where, by listing."""
        rows = self.office.pages("/publications", connection_id=self.connection_id)
        return {row["listing_id"]: row for row in rows}

    def skus(self, publication_id: str) -> dict[str, str]:
        """The merchant's SKUs and what they are called on eBay."""
        return dict(self.office.get(f"/publications/{publication_id}")["skus"])

    def add_product(self, reference: str, pictures: int) -> str:
        """Enters goods of the merchant's own, with so many pictures; the new listing's id."""
        body = {
            "reference": reference,
            "title": {"de": f"Geschirrtuch aus Leinen {reference}"},
            "description": {"de": "<p>Gewaschenes Leinen, 50 × 70 cm.</p>"},
            "brand": "Markenlos",
            "condition": "new",
            "variants": [{"sku": reference, "price": {"amount": "12.90", "currency": "EUR"}, "quantity": 20}],
            "pictures": [
                {"url": f"https://pictures.example/{reference.lower()}-{view}.jpg"}
                for view in range(pictures)
            ],
        }
        return str(self.office.post("/listings", body)["id"])

    def set_price(self, listing_id: str, amount: str) -> str:
        """Another price in EUR for the first variant; its SKU."""
        return self._change_first_variant(listing_id, price={"amount": amount, "currency": "EUR"})

    def restock(self, listing_id: str = "") -> None:
        """Puts twenty pieces of this listing, or of any that is on eBay, on the shelf."""
        shown = listing_id or next(key for key, row in self.publications().items() if row["external_id"])
        self._change_first_variant(shown, quantity=20)

    def _change_first_variant(self, listing_id: str, **change: Any) -> str:
        """Its SKU. Looks again where an order or a lost answer was faster."""
        while True:
            product = self.office.get(f"/listings/{listing_id}")
            variant = product["variants"][0]
            body = {"variants": [{"id": variant["id"], **change}]}
            headers = {"If-Match": f'"{product["revision"]}"'}
            with suppress(ChangedMeanwhile):
                self.office.call("PATCH", f"/listings/{listing_id}/variants", json=body, headers=headers)
                return str(variant["sku"])

    def orders(self) -> list[dict[str, Any]]:
        """The inbox."""
        return self.office.pages("/orders")

    def _is_ready(self) -> bool:
        found = self.connection()
        for item in found["missing"]:
            if item["creatable"]:
                self.office.post(f"/connections/{self.connection_id}/setup", {"code": item["code"]})
        if found["state"] == "refused":
            self.reconnect_if_refused()
        return found["state"] in ("callable", "expiring")


def _neutral(values: Sequence[str]) -> str:
    return next((value for value in values if value.casefold().startswith(NEUTRAL)), "Nicht zutreffend")


def _maker(brand: str) -> dict[str, str]:
    """An invented firm: the story's goods are played."""
    name = "".join(letter for letter in brand.lower() if letter.isascii() and letter.isalnum()) or "marke"
    return {
        "company_name": f"{brand} Vertrieb GmbH (Demo)",
        "address_line1": "Kaistraße 4",
        "postal_code": "23552",
        "city": "Lübeck",
        "country": "DE",
        "email": f"sicherheit@{name}.example",
        "phone": "+49 451 5550100",
    }
