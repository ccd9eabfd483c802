"""Fetching pictures from the addresses that people gave, some listings to a job.

What can't be had becomes a problem of the picture; an outage is tried again before it does. HTTP runs outside of any
transaction, and several pictures of a listing at a time: other people's servers are slow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kontor.catalog import changes, gallery, media, pictures
from kontor.catalog.models import ListingMedia, PictureState
from kontor.core.errors import Invalid, KontorError, Problem
from kontor.core.fetch import fetch
from kontor.core.guarded import FetchError
from kontor.core.tenancy import tenant
from kontor.jobs.registry import handler
from kontor.jobs.run import JobRun
from kontor.live import events

RETRIES: Final = 4
AT_A_TIME: Final = 4


class PicturesUnreachable(KontorError):
    """Some servers did not answer; the job is tried again."""

    code, status, title = "media.unreachable", 502, "Some pictures can't be reached at the moment"
    retry_after_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one address: a stored picture, a problem, or (`may_pass`) an outage."""

    media_id: UUID | None = None
    problem: Problem | None = None
    may_pass: bool = False


@handler(gallery.FETCH, retries=RETRIES, backoff_seconds=3)
def fetch_pictures(run: JobRun) -> None:
    """Fetches what the listings of the payload wait for. A second run finds only what is still waiting."""
    known: dict[str, Found] = {}  # variants' listings often share their pictures
    outages = 0
    listing_ids = [UUID(listing_id) for listing_id in run.payload["listing_ids"]]
    for done, listing_id in enumerate(listing_ids, start=1):
        outages += _fetch_listing(run, listing_id, known)
        run.progress(done=done)
    if outages:
        raise PicturesUnreachable(f"{outages} pictures can't be reached at the moment", count=outages)


def _fetch_listing(run: JobRun, listing_id: UUID, known: dict[str, Found]) -> int:
    """How many of the listing's pictures are to be tried again."""
    with tenant(run.tenant_id):
        waiting = ListingMedia.objects.filter(
            listing_id=listing_id, state=PictureState.WAITING, is_shown=True
        )
        urls = list(dict.fromkeys(waiting.order_by("position").values_list("source_url", flat=True)))
    if not urls:
        return 0
    new = [url for url in urls if url not in known]
    known |= _fetched(run.tenant_id, new)
    is_last_try = run.attempts > RETRIES
    settled = {url: known[url] for url in urls if is_last_try or not known[url].may_pass}
    _settle(run.tenant_id, listing_id, settled)
    return len(urls) - len(settled)


def _fetched(tenant_id: UUID, urls: Sequence[str]) -> dict[str, Found]:
    """Addresses fetched side by side, stored one by one: decoding is memory, and the database this thread's."""
    found: dict[str, Found] = {}
    with ThreadPoolExecutor(max_workers=AT_A_TIME, thread_name_prefix="pictures") as pool:
        for url, content in zip(urls, pool.map(_content, urls), strict=True):
            found[url] = content if isinstance(content, Found) else _stored(tenant_id, url, content)
    return found


def _content(url: str) -> bytes | Found:
    try:
        return fetch(url, max_bytes=pictures.MOST_BYTES, accept=("*/*",)).content
    except FetchError as error:
        return Found(problem=_problem(error, url), may_pass=error.may_pass)


def _stored(tenant_id: UUID, url: str, content: bytes) -> Found:
    try:
        return Found(media.store(tenant_id, content).id)
    except Invalid as error:  # the three refusals of `pictures`
        return Found(problem=_problem(error, url))


def _problem(error: KontorError, url: str) -> Problem:
    params = {key: value for key, value in error.params.items() if isinstance(value, str | int | float)}
    return Problem(error.code, error.detail, "image_urls", {**params, "url": url[:500]})


def _settle(tenant_id: UUID, listing_id: UUID, found: Mapping[str, Found]) -> None:
    """Writes what was found, unless the picture was taken off meanwhile; tells when nothing is waited for any more."""
    if not found:
        return
    with tenant(tenant_id):
        gallery.lock(listing_id)
        rows = ListingMedia.objects.filter(
            listing_id=listing_id, source_url__in=list(found), state=PictureState.WAITING
        )
        for row in rows:
            result = found[row.source_url]
            row.media_id = result.media_id
            row.state = PictureState.STORED if result.media_id else PictureState.FAILED
            row.problem = result.problem.as_dict() if result.problem else None
            row.save(update_fields=["media", "state", "problem"])
        summary = gallery.refresh_summary(listing_id)
        payload = {"what": ["pictures"], "waiting": summary.waiting, "failed": summary.failed}
        events.record("listing.changed", "listing", listing_id, payload=payload)
        if not summary.waiting:
            changes.tell([listing_id], frozenset({changes.CONTENT}))
