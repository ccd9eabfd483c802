"""The plot: start, import, connect, fill in, publish, sell, ship, change, withdraw, compare, end."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kontor.demo.once import choice, truth
from kontor.demo.once.buyer import Buyers
from kontor.demo.once.chaos import Chaos
from kontor.demo.once.errands import Errands
from kontor.demo.once.http import Office, StoryFailed, Street, wait_until
from kontor.demo.once.merchant import DEFAULTS, Merchant
from kontor.demo.once.report import Report
from kontor.goods.reading import Defaults, ProductDraft
from kontor.supervisor import Supervisor

SECONDS_PER_LISTING = 6.0
MOST_DAYS = 12
PASSWORD = "only-for-this-run-4711"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Options:
    """What the run was asked for. `faults` is a seed, None for a quiet eBay."""

    file: Path
    report: Path
    items: int | None = None
    faults: int | None = None
    kill: bool = False


class Story:
    """One run from a fresh folder to a report. `say` gets a line for each part."""

    def __init__(self, options: Options, say: Callable[[str], None]) -> None:
        self._options, self._say = options, say
        self.report = Report()

    def run(self) -> Report:
        """Plays it. Whatever happens, everything started is ended, and the folder is gone.

        Raises StoryFailed, OSError for a file that is not there, TabularError and MappingIncomplete for one that can't be
        read as goods.
        """
        self._read = choice.read(self._options.file, Defaults(**DEFAULTS))
        with tempfile.TemporaryDirectory(prefix="kontor-once-", ignore_cleanup_errors=True) as folder:
            Path(folder).chmod(0o755)  # as root, the database's account passes through
            fast = {"KONTOR_POLL_SECONDS": "3", "KONTOR_JOB_LEASE_SECONDS": "5", "KONTOR_JOB_THREADS": "10"}
            with Supervisor(Path(folder) / "data", port=0, environment=fast, say=self._say) as tree:
                self.report.seconds.start = tree.start_seconds
                self._say(f"started after {tree.start_seconds:.1f} s at {tree.web_url}")
                self._play(tree)
        return self.report

    def _play(self, tree: Supervisor) -> None:
        self._street = Street(tree.sandbox_url)
        self._merchant = Merchant(Office(tree.web_url), self._street)
        self._merchant.office.register("jule.brandt@example.com", PASSWORD, "Brandt & Söhne")
        with self._chaos(tree):
            self._import()
            self._merchant.connect()
            self._say("connected to eBay")
            if self._options.faults is not None:
                self._street.call("POST", "/faults/plan", seed=self._options.faults)
            rates = self._fill_in()
            chosen = choice.spread(self._read.drafts, self._options.items)
            if chosen:
                self._publish(chosen)
            else:
                self._say("no listing of this file has both a price and a picture address")
        self._compare(chosen, rates, sold={})
        self._buyers = Buyers(self._street, self._options.faults or 0, self._merchant.restock)
        self._errands = Errands(self._merchant, self._street, self._buyers)
        if self.report.live:
            self._sell()
            self._ship()
            self._change_and_withdraw()
        else:
            self._say("nothing is live, so nobody can buy")
        self._meet_remaining_faults()
        self._count_orders()
        self.report.judge(blocked_listings=len({row["sku"] for row in self.report.blocked}))

    def _import(self) -> None:
        with self._timed("import_"):
            done = self._merchant.import_file(self._options.file)
        self.report.rows, self.report.imported = done["rows"], done["imported"]
        self.report.refused = self._merchant.refusals(done["id"])
        self._listing_ids = self._merchant.listings()
        self.report.listings = len(self._listing_ids)
        self._say(f"imported {done['imported']} of {done['rows']} rows as {len(self._listing_ids)} listings")

    def _fill_in(self) -> dict[str, str]:
        currencies = {variant.currency for draft in self._read.drafts for variant in draft.variants}
        self._merchant.name_makers({draft.brand for draft in self._read.drafts})
        return self._merchant.set_price_rule(currencies)

    def _publish(self, chosen: list[ProductDraft]) -> None:
        ids = [self._listing_ids[draft.sku] for draft in chosen if draft.sku in self._listing_ids]
        skus = {listing_id: sku for sku, listing_id in self._listing_ids.items()}
        self.report.wanted = len(ids)
        with self._timed("publish"):
            found = self._merchant.preflight(ids)
            described = self._merchant.describe(found)
            if self._merchant.answer_missing_aspects(found) or described:
                self._merchant.preflight(ids)
            self._described = {skus[listing_id]: text for listing_id, text in described.items()}
            asked = self._merchant.publish(ids)
            self._merchant.wait_for_jobs(asked["job_ids"], 120 + SECONDS_PER_LISTING * len(ids))
        self.report.blocked = [
            {"sku": skus[row["listing_id"]], "field": p["field"], "code": p["code"], "message": p["message"]}
            for row in asked["blocked"]
            for p in row["problems"]
        ]
        published = self._merchant.publications()
        late = [row for key, row in published.items() if key in set(ids) and row["state"] == "rejected"]
        for row in late:  # stopped by what came to light only with the pictures or at the channel
            self.report.blocked += [
                {
                    "sku": skus[row["listing_id"]],
                    "field": p["field"],
                    "code": p["code"],
                    "message": p["message"],
                }
                for p in row["problems"]
                if not p["code"].startswith("channel.")
            ]
        self._say(
            f"published: {dict(Counter(row['state'] for row in published.values()))}, {len(asked['blocked'])} blocked"
        )

    def _compare(self, chosen: list[ProductDraft], rates: dict[str, str], sold: dict[str, int]) -> None:
        published = self._merchant.publications()
        shown = truth.open_listings(self._street.seller())
        for draft in chosen:
            row = published.get(self._listing_ids.get(draft.sku, ""))
            if row is None or row["state"] == "rejected":
                continue
            meant = self._meant(draft, row)
            listing = next((shown[sku] for sku in meant.skus.values() if sku in shown), None)
            if listing is None:
                self.report.failures.append(
                    f"{draft.sku} is not on eBay ({row['state']}: {row['problems'][:1]})"
                )
                continue
            self.report.live += 1
            self.report.differences += truth.differences(meant, listing, rates, sold)
        self._say(f"live on eBay: {self.report.live}; differences: {len(self.report.differences)}")

    def _meant(self, draft: ProductDraft, row: dict[str, Any]) -> truth.Meant:
        pictures = self._merchant.office.get(f"/listings/{row['listing_id']}")["pictures"]
        different = {p["media"]["id"] for p in pictures if p["media"] and not p["variant_sku"]}
        reasons = {(d["sku"], d["field"]): d["reason"] for d in row["differences"]}
        draft = replace(draft, description_html=self._described.get(draft.sku, draft.description_html))
        return truth.Meant(draft, self._merchant.skus(row["id"]), reasons, min(len(different), 24))

    def _sell(self) -> None:
        begun = time.monotonic()
        first = self._buyers.go_shopping(fewest=1).placed[0]
        wait_until("the first order", lambda: first in self._numbers(), seconds=90)
        self.report.seconds.first_order = time.monotonic() - begun
        shopping = self._buyers.go_shopping()
        self._wait_for_orders()
        self._say(
            f"{len(shopping.placed)} orders placed and received, {shopping.sold_out} buyers came too late"
        )

    def _wait_for_orders(self) -> None:
        placed = set(self._buyers.shopping.placed)
        wait_until("all orders", lambda: placed <= self._numbers(), seconds=180, every=0.5)

    def _ship(self) -> None:
        ready = [row for row in self._merchant.orders() if row["state"] == "to_ship"][:3]
        for number, row in enumerate(ready):
            body = {"carrier": "DHL", "tracking": f"0034043416109404{number:04d}"}
            self._merchant.office.post(f"/orders/{row['id']}/ship", body)

        def told() -> bool:
            known = {row["order_id"]: len(row["fulfilments"]) for row in self._street.seller()["orders"]}
            return all(known[row["number"]] >= 1 for row in ready)

        wait_until("eBay to know the parcels", told, seconds=120)
        parcels = {row["order_id"]: len(row["fulfilments"]) for row in self._street.seller()["orders"]}
        if twice := [row["number"] for row in ready if parcels[row["number"]] != 1]:
            self.report.failures.append(f"told twice that these left: {twice}")

    def _change_and_withdraw(self) -> None:
        """A price by the bulk call; one listing off and on again, under a new id."""
        listing_id, row = wait_until("a proven listing", self._proven, seconds=120)
        self._merchant.restock(listing_id)  # what is sold out can't be published again
        before = row["external_id"]
        self._errands.change_price(listing_id, "7.77")
        asked = self._merchant.office.post(
            "/publications/withdraw",
            {"listing_ids": [listing_id], "connection_ids": [self._merchant.connection_id]},
        )
        self._merchant.wait_for_jobs(asked["job_ids"], 120)
        asked = self._merchant.publish([listing_id])
        self._merchant.wait_for_jobs(asked["job_ids"], 120)
        after = self._merchant.publications()[listing_id]
        if after["state"] not in ("live", "differs") or after["external_id"] == before:
            self.report.failures.append(
                f"withdrawn and published again it is {after['state']} as {after['external_id']}"
            )

    def _proven(self) -> tuple[str, dict[str, Any]] | None:
        rows = self._merchant.publications().items()
        return next(((key, row) for key, row in rows if row["state"] in ("live", "differs")), None)

    def _meet_remaining_faults(self) -> None:
        if self._options.faults is None:
            return

        def all_met() -> bool:
            self._merchant.reconnect_if_refused()
            faults = self._street.call("GET", "/faults")["faults"]
            self.report.faults_met = {row["name"]: row["met"] for row in faults}
            return all(row["met"] for row in faults)

        day = 0
        while not all_met() and day < MOST_DAYS:
            day += 1
            self._errands.day(day)
        if day:
            self._say(f"worked {day} more days, so that eBay's failures find their calls")
            self._wait_for_orders()
        try:
            wait_until("every fault", all_met, seconds=60, every=1.0)  # some only meet a poll
        except StoryFailed:
            unmet = [name for name, met in self.report.faults_met.items() if not met]
            self.report.failures.append(f"faults never met: {', '.join(unmet)}")

    def _count_orders(self) -> None:
        placed = self._buyers.shopping.placed
        received = Counter(row["number"] for row in self._merchant.orders())
        self.report.orders_placed = len(placed)
        self.report.orders_received = sum(1 for number in placed if number in received)
        self.report.orders_duplicated = sum(count - 1 for count in received.values())

    def _numbers(self) -> set[str]:
        self._merchant.reconnect_if_refused()
        return {row["number"] for row in self._merchant.orders()}

    @contextmanager
    def _chaos(self, tree: Supervisor) -> Iterator[None]:
        if not self._options.kill:
            yield
            return
        names = ("worker", "web", "database")
        pids = {name: lambda name=name: tree.processes[name].pid for name in names}
        chosen = self._options.items or len(self._read.drafts)
        with Chaos(pids, seed=self._options.faults or 0, window=10 + 0.05 * chosen) as chaos:
            yield
        self.report.killed = dict(chaos.killed)
        if missed := [name for name, count in chaos.killed.items() if not count]:
            self.report.failures.append(f"never killed: {', '.join(missed)}")

    @contextmanager
    def _timed(self, part: str) -> Iterator[None]:
        begun = time.monotonic()
        yield
        setattr(self.report.seconds, part, time.monotonic() - begun)
