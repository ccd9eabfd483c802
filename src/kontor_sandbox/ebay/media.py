"""Media API and the picture host: uploads are checked by content, kept as files, and expire while nothing shows them."""

from __future__ import annotations

import io
import re
import secrets
import sqlite3
import threading
from collections import defaultdict
from datetime import datetime, timedelta
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PIL import Image, UnidentifiedImageError

from kontor_sandbox import web
from kontor_sandbox.ebay.errors import refuse
from kontor_sandbox.ebay.operations import Call, Operations
from kontor_sandbox.exchange import Answer
from kontor_sandbox.store import Row, find
from kontor_sandbox.world import moment, stamp

if TYPE_CHECKING:
    from kontor_sandbox.world import World

OPERATIONS = Operations("commerce_media_v1_beta", "sell.inventory")
_BASE = "/commerce/media/v1_beta/image"
SETTINGS: dict[str, object] = {"picture_days": 30.0, "picture_posts_per_5_seconds": 50}

_POSTS_WINDOW = timedelta(seconds=5)
LARGEST_FILE = 12 * 1024 * 1024
SMALLEST_SIDE, LARGEST_SIDE = 500, 15_000
_FORMATS = {
    "JPEG": "jpg",
    "PNG": "png",
    "GIF": "gif",
    "BMP": "bmp",
    "TIFF": "tiff",
    "WEBP": "webp",
    "AVIF": "avif",
}
_MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "bmp": "image/bmp",
                "tiff": "image/tiff", "webp": "image/webp", "avif": "image/avif"}  # fmt: skip
_ADDRESS = re.compile(r"/_pictures/([A-Za-z0-9_-]{16})/")


class _Posts:
    """When each seller posted pictures lately; forgotten with the process, as any five seconds are."""

    def __init__(self) -> None:
        self._times: dict[str, list[datetime]] = defaultdict(list)
        self._lock = threading.Lock()

    def add(self, seller_id: str, most: int, now: datetime) -> bool:
        """Whether one more is allowed now. A reset turns the clock back: what lies ahead is forgotten."""
        with self._lock:
            times = [at for at in self._times[seller_id] if now - _POSTS_WINDOW < at <= now]
            is_allowed = len(times) < most
            self._times[seller_id] = [*times, now] if is_allowed else times
        return is_allowed


_posts = _Posts()


@OPERATIONS.add("POST", f"{_BASE}/create_image_from_file")
def create_from_file(call: Call) -> Answer:
    """201 with the picture's address in the body and the resource in Location; the field is called ``image``."""
    _pace(call)
    return _kept(call, _file_of(call))


@OPERATIONS.add("POST", f"{_BASE}/create_image_from_url")
def create_from_url(call: Call) -> Answer:
    """Fetches the picture from the (played) open web; only https addresses."""
    _pace(call)
    address = str((call.body or {}).get("imageUrl", ""))
    if not address.startswith("https://"):
        raise refuse(190204)
    found = web.fetch(call.world, address)
    if found.status != 200 or not found.media_type.startswith("image/"):
        raise refuse(190204)
    return _kept(call, found.content)


@OPERATIONS.add("GET", f"{_BASE}/{{image_id}}")
def get_image(call: Call) -> Answer:
    """One picture."""
    row = _find(call.db, call.path["image_id"])
    if row is None or row["seller_id"] != call.seller_id or _is_expired(row, call):
        raise refuse(190200)
    return Answer(200, _body(call, row))


def _pace(call: Call) -> None:
    if not _posts.add(call.seller_id, call.world.setting("picture_posts_per_5_seconds"), call.now):
        raise refuse(2001)


def _file_of(call: Call) -> bytes:
    media_type = call.request.headers.get("content-type", "")
    if not media_type.startswith("multipart/form-data"):
        raise refuse(190203)
    head = f"Content-Type: {media_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + call.request.body)
    for part in message.iter_parts() if message.is_multipart() else ():
        if part.get_param("name", header="content-disposition") == "image":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else b""
    raise refuse(190203)


def _kept(call: Call, content: bytes) -> Answer:
    if len(content) > LARGEST_FILE:
        raise refuse(190201)
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.verify()
            width, height, kind = image.width, image.height, image.format or ""
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise refuse(190203) from None
    if kind not in _FORMATS:
        raise refuse(190203)
    if max(width, height) > LARGEST_SIDE or max(width, height) < SMALLEST_SIDE:
        raise refuse(190202)
    image_id = secrets.token_urlsafe(12)
    file = f"{image_id}.{_FORMATS[kind]}"
    folder = call.world.data / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes(content)
    expires = stamp(call.now + timedelta(days=call.world.setting("picture_days")))
    call.db.execute(
        "INSERT INTO ebay_image VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
        (image_id, call.seller_id, file, width, height, stamp(call.now), expires),
    )
    row = _find(call.db, image_id)
    assert row is not None
    return Answer(201, _body(call, row), {"Location": call.url(f"{_BASE}/{image_id}")})


def _body(call: Call, row: Row) -> dict[str, object]:
    address = f"{call.world.public_url}/_pictures/{row['image_id']}"
    return {
        "imageUrl": f"{address}/s-l1600.jpg",
        "maxDimensionImageUrl": f"{address}/s-l{max(row['width'], row['height'])}.jpg",
        "expirationDate": row["expires_at"],
    }


def _find(db: sqlite3.Connection, image_id: str) -> Row | None:
    return find(db, "SELECT * FROM ebay_image WHERE image_id = ?", image_id)


def _is_expired(row: Row, call: Call) -> bool:
    return not row["attached"] and moment(row["expires_at"]) < call.now


def standing(call: Call, url: str) -> str:
    """``good``: ours and there, or somebody's https address; ``unknown``: not to be had; ``refused``: neither."""
    match = _ADDRESS.search(urlsplit(url).path)
    if match is not None:
        row = _find(call.db, match.group(1))
        is_good = row is not None and row["seller_id"] == call.seller_id and not _is_expired(row, call)
        return "good" if is_good else "unknown"
    if not url.startswith("https://"):
        return "refused"
    found = web.fetch(call.world, url)
    return "good" if found.status == 200 and found.media_type.startswith("image/") else "unknown"


def attach(db: sqlite3.Connection, urls: list[str]) -> None:
    """A listing shows these pictures: they do not expire any more."""
    for url in urls:
        if match := _ADDRESS.search(url):
            db.execute("UPDATE ebay_image SET attached = 1 WHERE image_id = ?", (match.group(1),))


def file_of(world: World, image_id: str) -> tuple[bytes, str] | None:
    """A kept picture and its media type, for anybody."""
    with world.store.transaction() as db:
        row = _find(db, image_id)
    if row is None or (not row["attached"] and moment(row["expires_at"]) < world.now()):
        return None
    path = world.data / "pictures" / row["file"]
    return path.read_bytes(), _MEDIA_TYPES[path.suffix[1:]]
