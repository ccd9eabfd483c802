"""The pictures of listings: which, in which order, and whether we have them yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from kontor.catalog import mass_insert, media
from kontor.catalog.media import MediaView
from kontor.catalog.models import Listing, ListingMedia, PictureState
from kontor.core.errors import NotFound
from kontor.jobs import service as jobs
from kontor.jobs.models import Lane

FETCH: Final = "catalog.fetch_pictures"
LISTINGS_PER_JOB: Final = 20
LISTINGS_PER_URGENT_JOB: Final = 4  # so that several threads share a run of publications
MOST_PICTURES: Final = 24  # on the product itself; each variant may have its own besides


@dataclass(frozen=True, slots=True)
class PictureSpec:
    """A picture as a revision remembers it: by address, or by the id of a stored one."""

    url: str = ""
    media_id: UUID | None = None
    variant_sku: str = ""

    @property
    def content(self) -> tuple[str, str]:
        """What is shown, wherever it stands."""
        return (self.url, "") if self.url else ("", str(self.media_id))

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same picture of a listing: several variants may share one content."""
        return (*self.content, self.variant_sku)

    def as_json(self) -> dict[str, str]:
        """JSON for a snapshot; empty parts are left out."""
        parts = {"url": self.url, "media": str(self.media_id or ""), "sku": self.variant_sku}
        return {name: value for name, value in parts.items() if value}

    @classmethod
    def from_json(cls, row: Mapping[str, str]) -> PictureSpec:
        """Reads `as_json` back."""
        return cls(row.get("url", ""), UUID(row["media"]) if row.get("media") else None, row.get("sku", ""))


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture of a listing. Without `media` it is waiting to be fetched, or `problem` says why it can't be had."""

    id: UUID
    position: int
    state: str
    url: str
    variant_sku: str
    problem: Mapping[str, Any] | None
    media: MediaView | None

    @property
    def media_id(self) -> UUID | None:
        """The stored picture's id."""
        return self.media.id if self.media else None

    @property
    def sha256(self) -> str:
        """The stored content's identity, empty while there is none."""
        return self.media.sha256 if self.media else ""

    @property
    def width(self) -> int:
        """Pixels of the rendition for channels."""
        return int(self.media.files["channel_1600"]["width"]) if self.media else 0

    @property
    def height(self) -> int:
        """Pixels of the rendition for channels."""
        return int(self.media.files["channel_1600"]["height"]) if self.media else 0

    def read(self, rendition: str) -> bytes:
        """The bytes; needs no transaction. Raises NotFound where there are none."""
        if self.media is None:
            raise NotFound
        return self.media.read(rendition)

    @property
    def spec(self) -> PictureSpec:
        """How a revision remembers it."""
        return PictureSpec(self.url, None if self.url else self.media_id, self.variant_sku)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a listing's own row says of its pictures."""

    thumb_id: UUID | None
    waiting: int
    failed: int


def views(listing_ids: Sequence[UUID]) -> dict[UUID, tuple[PictureView, ...]]:
    """The shown pictures of each listing in order; one query."""
    found: dict[UUID, list[PictureView]] = {listing_id: [] for listing_id in listing_ids}
    rows = ListingMedia.objects.filter(listing_id__in=listing_ids, is_shown=True)
    for row in rows.select_related("media").order_by("listing_id", "position"):
        found[row.listing_id].append(
            PictureView(
                row.id, row.position, row.state, row.source_url, row.variant_sku, row.problem,
                media.view(row.media) if row.media else None,
            )
        )  # fmt: skip
    return {listing_id: tuple(pictures) for listing_id, pictures in found.items()}


def write(wanted: Mapping[UUID, Sequence[PictureSpec]], known: Iterable[UUID]) -> dict[UUID, Summary]:
    """Makes these the pictures of these listings; three statements however many. Queues nothing: see `fetch_waiting`.

    `known` are the listings that may have pictures already. A picture that stood there before keeps its row, its file
    and its state; one that goes is only hidden.
    """
    had = list(ListingMedia.objects.filter(listing_id__in=set(known) & set(wanted)))
    old = {(*_content(row), row.variant_sku): row for row in had}
    stored = {_content(row): row for row in had if row.state == PictureState.STORED}
    hidden = {row.id for row in old.values() if row.is_shown}
    rows: list[ListingMedia] = []
    summaries: dict[UUID, Summary] = {}
    for listing_id, specs in wanted.items():
        own = [
            _placed(
                old.get((listing_id, *spec.key)), stored.get((listing_id, *spec.content)), listing_id, n, spec
            )
            for n, spec in enumerate(specs)
        ]
        rows += own
        summaries[listing_id] = summary(own)
    hidden -= {row.id for row in rows}
    if hidden:
        ListingMedia.objects.filter(id__in=hidden).update(is_shown=False)
    mass_insert.insert(
        ListingMedia,
        [mass_insert.columns(row) for row in rows],
        update=["position", "state", "problem", "variant_sku", "is_shown"],
    )
    return summaries


def summary(rows: Iterable[ListingMedia]) -> Summary:
    """What the listing's own row should say of these, its shown pictures in order."""
    shown = list(rows)
    stored = [row for row in shown if row.state == PictureState.STORED]
    first = next((row for row in stored if not row.variant_sku), stored[0] if stored else None)
    return Summary(
        first.media_id if first else None,
        sum(row.state == PictureState.WAITING for row in shown),
        sum(row.state == PictureState.FAILED for row in shown),
    )


def fetch_waiting(listing_ids: Sequence[UUID]) -> None:
    """Queues the fetching of whatever these listings still wait for, some listings to a job."""
    for start in range(0, len(listing_ids), LISTINGS_PER_JOB):
        some = [str(listing_id) for listing_id in listing_ids[start : start + LISTINGS_PER_JOB]]
        # One listing's is somebody's wish to look at; those of an import are hundreds, and plumbing.
        key, label = (f"{FETCH}:{some[0]}", "pictures") if len(listing_ids) == 1 else ("", "")
        jobs.add(FETCH, {"listing_ids": some}, key=key, lane=Lane.BULK, label=label, total=len(some))


def fetch_first(listing_ids: Sequence[UUID]) -> None:
    """Fetches what these listings wait for before all others: somebody wants to sell them now.

    The jobs that were queued before find nothing left to do for them.
    """
    for start in range(0, len(listing_ids), LISTINGS_PER_URGENT_JOB):
        some = [str(listing_id) for listing_id in listing_ids[start : start + LISTINGS_PER_URGENT_JOB]]
        jobs.add(FETCH, {"listing_ids": some}, lane=Lane.NORMAL, total=len(some))


def retry_failed(listing_id: UUID) -> int:
    """Asks again for every picture of a listing that could not be had; how many those are."""
    lock(listing_id)
    failed = ListingMedia.objects.filter(
        listing_id=listing_id, is_shown=True, state=PictureState.FAILED
    ).exclude(source_url="")
    count = failed.update(state=PictureState.WAITING, problem=None)
    if count:
        refresh_summary(listing_id)
        fetch_waiting([listing_id])
    return count


def lock(listing_id: UUID) -> None:
    """Every writer of pictures locks the listing first: so none waits for another in a circle, or undoes its work."""
    Listing.objects.select_for_update().filter(id=listing_id).values_list("id").first()


def refresh_summary(listing_id: UUID) -> Summary:
    """Brings the listing's own row up to date with its pictures."""
    rows = ListingMedia.objects.filter(listing_id=listing_id, is_shown=True).order_by("position")
    found = summary(rows)
    Listing.objects.filter(id=listing_id).update(
        thumb_id=found.thumb_id, pictures_waiting=found.waiting, pictures_failed=found.failed
    )
    return found


def _content(row: ListingMedia) -> tuple[UUID, str, str]:
    return (row.listing_id, row.source_url, "" if row.source_url else str(row.media_id))


def _placed(
    row: ListingMedia | None, twin: ListingMedia | None, listing_id: UUID, position: int, spec: PictureSpec
) -> ListingMedia:
    """`twin` shows the same elsewhere in the listing and is here already: it need not be fetched again."""
    if row is None:
        media_id = spec.media_id or (twin.media_id if twin else None)
        state = PictureState.STORED if media_id else PictureState.WAITING
        row = ListingMedia(listing_id=listing_id, source_url=spec.url, media_id=media_id, state=state)
    elif not row.is_shown and row.state == PictureState.FAILED:
        row.state, row.problem = PictureState.WAITING, None  # it came back: worth another try
    row.position, row.variant_sku, row.is_shown = position, spec.variant_sku, True
    return row
