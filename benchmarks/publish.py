"""Publishing 200 articles on a played eBay, against the very same calls sent bare.

Two sandboxes with the same account, latency and limits. Kontor publishes on the first. Then a bare client (plain
httpx2, as many threads as Kontor has pushes) sends to the second what the first one recorded: the same calls in the
same order, each as soon as those it builds on were answered. What the difference is made of is ours.
"""

from __future__ import annotations

import io
import random
import statistics
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from PIL import Image

from benchmarks import figures, house
from benchmarks.replay import Replay
from benchmarks.sandbox import Sandbox, running
from kontor.demo.once.http import Office, Street
from kontor.demo.once.merchant import Merchant

ARTICLES, QUICK_ARTICLES = 200, 40
LATENCY_MILLISECONDS: Final = 100  # of each call to eBay; its own are between 100 and 400
SIDE_PIXELS: Final = 600


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds of both for the same articles."""

    ours: float
    bare: float
    calls: int


def run(*, is_quick: bool) -> None:
    """Connects once; each round publishes articles of its own."""
    count, times = (QUICK_ARTICLES, 1) if is_quick else (ARTICLES, 2)
    figures.title(
        "publish", f"{count} articles with a picture each, {LATENCY_MILLISECONDS} ms per call of eBay"
    )
    with house.folder() as folder, ExitStack() as stack:
        eBay = stack.enter_context(running(folder / "ebay"))
        gateway = f"{eBay.url}/_web"
        tree = stack.enter_context(
            house.tree(folder / "data", KONTOR_SANDBOX_URL=eBay.url, KONTOR_FETCH_GATEWAY=gateway)
        )
        merchant = Merchant(Office(tree.web_url), Street(eBay.url))
        merchant.office.register("rike.boje@example.com", "only-for-this-run-4711", "Boje Handel")
        tenant_id = UUID(merchant.office.get("/auth/me")["tenant"]["id"])
        merchant.connect()
        eBay.copy_to(folder / "twin")
        twin = stack.enter_context(running(folder / "twin"))
        token = twin.consent()
        rounds = []
        for number in range(times):
            listing_ids = _articles(tenant_id, number, count)
            _make_ready(merchant, listing_ids)
            rounds.append(_round(merchant, tenant_id, listing_ids, eBay, twin, token))
    _print(rounds)


def _print(rounds: list[Round]) -> None:
    figures.rounds("Kontor, asked until all were seen", [each.ours for each in rounds], "s")
    figures.rounds("the same calls, bare", [each.bare for each in rounds], "s")
    figures.ratio("ratio", [(each.ours, each.bare) for each in rounds], at_most=1.3)
    figures.line("calls", f"{statistics.median(each.calls for each in rounds):.0f}")


def _round(
    merchant: Merchant, tenant_id: UUID, listing_ids: list[UUID], eBay: Sandbox, twin: Sandbox, token: str
) -> Round:
    from kontor.publishing.models import SHARDS

    for sandbox in (eBay, twin):
        sandbox.call("POST", "/settings", latency_ms=LATENCY_MILLISECONDS)
    last = eBay.last_request()
    begun = datetime.now().astimezone()
    asked = merchant.publish([str(key) for key in listing_ids])
    if asked["blocked"]:
        raise RuntimeError(f"preflight blocks: {asked['blocked'][0]}")
    merchant.wait_for_jobs(asked["job_ids"], 300)
    ours = (_proved(tenant_id, listing_ids) - begun).total_seconds()
    calls = eBay.requests_after(last)
    bare = Replay(twin, token, calls, _pictures_of(tenant_id)).run(threads=SHARDS)
    eBay.call("POST", "/settings", latency_ms=0)
    return Round(ours, bare, len(calls))


def _proved(tenant_id: UUID, listing_ids: list[UUID]) -> datetime:
    """When the last of them was seen live."""
    from kontor.core.tenancy import tenant
    from kontor.publishing.models import Publication, State

    with tenant(tenant_id):
        rows = list(Publication.objects.filter(listing_id__in=listing_ids))
    moments = [row.proved_at for row in rows if row.state == State.LIVE and row.proved_at]
    if len(moments) != len(listing_ids):
        others = [
            (row.state, row.problems[:1], row.differences[:1]) for row in rows if row.state != State.LIVE
        ]
        raise RuntimeError(f"{len(moments)} of {len(listing_ids)} are live; another is {others[:1]}")
    return max(moments)


def _articles(tenant_id: UUID, number: int, count: int) -> list[UUID]:
    """Articles that are ready to be sold, each with a picture of its own."""
    from kontor.catalog import media
    from kontor.core.money import Money
    from kontor.core.tenancy import tenant
    from kontor.goods import service as goods
    from kontor.goods.values import PictureInput, ProductInput, VariantInput

    def article(index: int) -> ProductInput:
        name = f"TS-{number}-{index}"
        picture = media.store(tenant_id, _picture(number, index)).id
        return ProductInput(
            reference=name,
            title={"de": f"T-Shirt Hafen {number}-{index} Herren"},
            description={"de": "<p>Gewebt in Flandern, genäht in Lübeck.</p>"},
            brand="Hafenleinen",
            condition="new",
            category_hint="Herren > T-Shirts",
            aspects={"Größe": ("L",), "Farbe": ("Blau",), "Abteilung": ("Herren",), "Stil": ("T-Shirt",)},
            variants=(VariantInput(name, price=Money(1990, "EUR"), quantity=5),),
            pictures=(PictureInput(media_id=picture),),
        )

    drafts = [article(index) for index in range(count)]
    with tenant(tenant_id):
        made = goods.upsert_many(drafts, goods.StockCause("import", f"benchmark-{number}", ""))
    return [each.listing_id for each in made if each.listing_id]


def _picture(number: int, index: int) -> bytes:
    """One like no other: what was uploaded once is not uploaded again."""
    tile = Image.frombytes("L", (30, 30), random.Random(f"{number}-{index}").randbytes(900))  # noqa: S311
    buffer = io.BytesIO()
    tile.resize((SIDE_PIXELS, SIDE_PIXELS)).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


def _make_ready(merchant: Merchant, listing_ids: list[UUID]) -> None:
    """What a person does before: makers' data, categories looked up, what preflight asks for answered."""
    keys = [str(key) for key in listing_ids]
    merchant.name_makers({"Hafenleinen"})
    merchant.answer_missing_aspects(merchant.preflight(keys))
    merchant.preflight(keys)


def _pictures_of(tenant_id: UUID) -> list[bytes]:
    """What Kontor uploaded."""
    from kontor.catalog import media
    from kontor.catalog.models import Media
    from kontor.core.tenancy import tenant

    with tenant(tenant_id):
        return [media.view(row).read("channel_1600") for row in Media.objects.all()]
