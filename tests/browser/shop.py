"""What the browser looks at: the demo's tree with its filled shop, and an office of its own for who wants to begin anew."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kontor.core import database, postgres
from kontor.demo.once.http import Office, Street, wait_until
from kontor.demo.once.merchant import Merchant
from kontor.supervisor import Supervisor

PUBLISHED: Final = 24
DATABASE: Final = ("DATABASE_URL", "DATABASE_OWNER_URL")
FILL: Final = """
import dataclasses, json, django
django.setup()
from kontor.demo import fill
print(json.dumps(dataclasses.asdict(fill())))
"""


@dataclass(frozen=True, slots=True)
class LogIn:
    """Whom the browser signs in."""

    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Town:
    """The running product: its tree, and who may into the demo's shop."""

    tree: Supervisor
    demo: LogIn


class SignedIn(Office):
    """Our API as somebody uses it who is there already."""

    def __init__(self, address: str, log_in: LogIn) -> None:
        super().__init__(address)
        self._credentials = {"email": log_in.email, "password": log_in.password}


@contextmanager
def running() -> Iterator[Town]:
    """The whole product over a new folder, with the demo's goods in it. Ends all of it, and the folder."""
    folder = Path(tempfile.mkdtemp(prefix="kontor-browser-"))
    folder.chmod(0o755)  # as root, the database's account passes through
    given = {name: os.environ.pop(name) for name in DATABASE if name in os.environ}
    try:
        with Supervisor(
            folder / "data",
            port=0,
            environment={
                "KONTOR_ENVIRONMENT": "demo",  # whose mails can be read
                "KONTOR_POLL_SECONDS": "3",
                "KONTOR_JOB_LEASE_SECONDS": "10",
                "WEBHOOK_NETWORKS": "127.0.0.0/8",  # where the tests listen
            },
            postgres_settings=postgres.TEST_SETTINGS,
            say=lambda _: None,
        ) as tree:
            os.environ |= given
            filled = subprocess.run(
                [sys.executable, "-c", FILL], env=tree.environment, check=True, stdout=subprocess.PIPE
            )
            yield Town(tree, LogIn(**json.loads(filled.stdout)))
    finally:
        os.environ |= given
        postgres.wait_until_stopped(database.home(folder / "data"))
        shutil.rmtree(folder)


def new_office(tree: Supervisor, company: str) -> LogIn:
    """A business that has nothing yet."""
    log_in = LogIn(f"jule-{uuid.uuid4().hex[:8]}@example.com", "Salz-und-Segel-4711")
    Office(tree.web_url).register(log_in.email, log_in.password, company)
    return log_in


class Shop:
    """The demo's shop with its eBay account, live listings, some with problems, and orders."""

    def __init__(self, town: Town) -> None:
        self.office = SignedIn(town.tree.web_url, town.demo)
        self.street = Street(town.tree.sandbox_url)
        self.merchant = Merchant(self.office, self.street)

    def open(self) -> None:
        """Connects, publishes what nothing stands in the way of, up to a number, and sells some of it."""
        self.merchant.connect()
        listings = [row["id"] for row in self.office.pages("/listings", sort="title")]
        found = self.merchant.preflight(listings)
        free = [each for each in listings if not _stops(found[each])][:PUBLISHED]
        self._publish(free)
        self._sell()

    def meet_trouble(self) -> None:
        """What a picture of real work shows too: eBay says no, something is taken off, something waits to be filled in."""
        free = [
            row["id"]
            for row in self.unpublished()
            if not _stops(self.merchant.preflight([row["id"]])[row["id"]])
        ]
        self.street.call("POST", "/settings", selling_limit_quantity=1)
        self._publish(free[:2])
        self.street.call("POST", "/settings", selling_limit_quantity=1_000_000)
        quiet = next(each for each, row in self.merchant.publications().items() if row["state"] == "live")
        body = {"listing_ids": [quiet], "connection_ids": [self.merchant.connection_id]}
        self.merchant.wait_for_jobs(self.office.post("/publications/withdraw", body)["job_ids"], seconds=60)
        for row in self.unpublished()[:3]:
            self._touch(row["id"])

    def buy(self, *skus: str, quantity: int = 1, paid: bool = True, buyer: str = "") -> str:
        """Somebody buys on eBay; the order's number there."""
        lines = [{"sku": sku, "quantity": quantity} for sku in skus]
        named = {"buyer": buyer} if buyer else {}
        return str(self.street.call("POST", "/purchases", lines=lines, paid=paid, **named)["order_id"])

    def for_sale(self) -> list[str]:
        """What eBay calls the goods that can be bought now, dearest stock first."""
        variations = [
            variation
            for listing in self.street.seller()["listings"]
            if listing["status"] == "ACTIVE"
            for variation in listing["variations"]
            if variation["quantity"] > 2
        ]
        return [row["sku"] for row in sorted(variations, key=lambda row: -row["quantity"])]

    def unpublished(self) -> list[dict[str, Any]]:
        """Listings that stand nowhere yet."""
        published = self.merchant.publications()
        return [row for row in self.office.pages("/listings", sort="title") if row["id"] not in published]

    def received(self, number: str) -> bool:
        """Whether the order is in the inbox."""
        return any(row["number"] == number for row in self.merchant.orders())

    def _publish(self, listing_ids: Sequence[str]) -> None:
        asked = self.merchant.publish(listing_ids)
        self.merchant.wait_for_jobs(asked["job_ids"], seconds=180)

    def _touch(self, listing_id: str) -> None:
        """Puts it at the head of the lists, which show the last change first."""
        product = self.office.get(f"/listings/{listing_id}")
        mark = {"If-Match": f'"{product["revision"]}"'}
        self.office.patch(f"/listings/{listing_id}", {"mpn": f"{product['mpn']}-A"}, **mark)

    def _sell(self) -> None:
        skus = self.for_sale()
        numbers = [self.buy(sku) for sku in skus[:4]]
        numbers += [self.buy(skus[4], skus[5], quantity=2), self.buy(skus[6], paid=False)]
        cancelled = self.buy(skus[7])
        self.street.call("POST", f"/orders/{cancelled}/cancel")
        wait_until("the orders", lambda: all(map(self.received, [*numbers, cancelled])), seconds=90)


def _stops(problems: Sequence[dict[str, Any]]) -> bool:
    return any(problem["severity"] != "warning" for problem in problems)
