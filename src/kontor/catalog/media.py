"""The picture store: each content once per tenant, as files beside the database, behind addresses that are signed.

Files are written before their row: a process killed between leaves a file that nobody names, never a row without files.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import hashlib
import hmac
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from kontor.catalog import pictures
from kontor.catalog.models import Media
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import NotFound
from kontor.core.identifiers import uuid7
from kontor.core.tenancy import current_tenant, tenant

API_PATH: Final = "/api/v1/media"
_SIGNATURE_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class MediaView:
    """A stored picture. `files` maps a rendition to its size and, once there is one, to its file's name and type."""

    id: UUID
    tenant_id: UUID
    sha256: str
    content_type: str
    width: int
    height: int
    byte_count: int
    files: Mapping[str, Mapping[str, Any]]

    def read(self, rendition: str) -> bytes:
        """The bytes of a rendition, which is made at its first use; never inside `tenant()`.

        Raises NotFound where the file is gone.
        """
        return _read(self.files[rendition]) if _is_made(self.files, rendition) else _made(self, rendition)

    def path(self, rendition: str) -> str:
        """The signed address of a rendition, good for an <img> without any header."""
        return signed_path(self.tenant_id, self.id, rendition)


def store(tenant_id: UUID, content: bytes) -> MediaView:
    """Keeps a picture, once per content; opens its own `tenant()` blocks and decodes outside of them.

    Raises the errors of `pictures`: NotAPicture, TooLargeDimensions, TooManyBytes.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if known := _wanted_again(tenant_id, sha256):
        return view(known)
    media_id = uuid7()
    cleaned = pictures.cleaned(content)
    original = _written(tenant_id, media_id, pictures.ORIGINAL, cleaned.original)
    width, height = cleaned.channel_size
    channel = original if cleaned.fits_channels else {"width": width, "height": height}
    row = Media(
        id=media_id, tenant_id=tenant_id, sha256=sha256, content_type=original["content_type"],
        width=original["width"], height=original["height"], bytes=original["bytes"], created_at=now(),
        files={pictures.ORIGINAL: original, pictures.CHANNEL: channel},
    )  # fmt: skip
    with tenant(tenant_id):
        Media.objects.bulk_create([row], ignore_conflicts=True)
        kept = Media.objects.get(sha256=sha256)
    if kept.id != media_id:  # another thread stored the same content meanwhile
        default_storage.delete(original["name"])
    return view(kept)


def get(media_id: UUID) -> MediaView:
    """A stored picture of this tenant. Raises NotFound."""
    row = Media.objects.filter(id=media_id).first()
    if row is None:
        raise NotFound
    return view(row)


def view(row: Media) -> MediaView:
    """The value of a row."""
    return MediaView(
        row.id, row.tenant_id, row.sha256, row.content_type, row.width, row.height, row.bytes, row.files
    )


def signed_path(tenant_id: UUID, media_id: UUID, rendition: str) -> str:
    """Path and signature of a rendition. It never changes, so what it answers may be cached for ever."""
    signature = base64.urlsafe_b64encode(tenant_id.bytes + _mac(tenant_id, media_id, rendition))
    return f"{API_PATH}/{media_id}/{rendition}?sig={signature.decode().rstrip('=')}"


def thumb_path(media_id: UUID | None) -> str | None:
    """The signed address of a picture of the open tenant in a list, None where there is no picture."""
    return thumb_paths(media_id)[0]


def thumb_paths(media_id: UUID | None) -> tuple[str | None, str | None]:
    """The same, and that of the smaller one; what lists ask for again and again is remembered."""
    if media_id is None:
        return None, None
    return _thumb_paths(settings().secret_key.get_secret_value(), current_tenant(), media_id)


@functools.lru_cache(maxsize=4096)
def _thumb_paths(_secret: str, tenant_id: UUID, media_id: UUID) -> tuple[str, str]:
    """`_secret` decides on the signature: with another one the old answer is worth nothing."""
    return (
        signed_path(tenant_id, media_id, pictures.THUMB),
        signed_path(tenant_id, media_id, pictures.SMALL_THUMB),
    )


def read_signed(media_id: UUID, rendition: str, signature: str) -> tuple[bytes, str]:
    """Bytes and media type behind a signed address; opens its own `tenant()`. Raises NotFound, whatever is wrong."""
    try:
        raw = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    except ValueError:
        raise NotFound from None
    if len(raw) != 16 + _SIGNATURE_BYTES:
        raise NotFound
    tenant_id = uuid.UUID(bytes=raw[:16])
    if not hmac.compare_digest(raw[16:], _mac(tenant_id, media_id, rendition)):
        raise NotFound
    with tenant(tenant_id):
        found = get(media_id)
    is_original = (
        _is_made(found.files, rendition) and found.files[rendition] == found.files[pictures.ORIGINAL]
    )
    return found.read(rendition), found.content_type if is_original else "image/jpeg"


def _wanted_again(tenant_id: UUID, sha256: str) -> Media | None:
    """The row of this content, as young as a new one: or else `unused` would take away just now what nobody used yet."""
    with tenant(tenant_id):
        known = Media.objects.select_for_update(no_key=True).filter(sha256=sha256).first()
        if known:
            known.created_at = now()
            known.save(update_fields=["created_at"])
        return known


def _mac(tenant_id: UUID, media_id: UUID, rendition: str) -> bytes:
    message = tenant_id.bytes + media_id.bytes + rendition.encode("utf-8", "replace")
    key = _key(settings().secret_key.get_secret_value())
    # Keyed BLAKE2, because a page of listings has fifty of these, and an HMAC costs eight times as much.
    return hashlib.blake2b(message, key=key, digest_size=_SIGNATURE_BYTES).digest()


@functools.cache
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"kontor.media" + secret.encode()).digest()


def _is_made(files: Mapping[str, Mapping[str, Any]], rendition: str) -> bool:
    return "name" in files.get(rendition, {})


def _made(found: MediaView, rendition: str) -> bytes:
    """Makes and keeps one. Two at once make it twice, and keep one."""
    if rendition not in pictures.EDGES:
        raise NotFound
    picture = pictures.smaller(_read(found.files[pictures.ORIGINAL]), rendition)
    entry = _written(found.tenant_id, found.id, rendition, picture)
    with tenant(found.tenant_id):
        row = Media.objects.select_for_update(no_key=True).filter(id=found.id).first()
        is_first = row is not None and not _is_made(row.files, rendition)
        if row and is_first:
            row.files[rendition] = entry
            row.save(update_fields=["files"])
    if not is_first:
        default_storage.delete(entry["name"])
    return picture.content


def _written(tenant_id: UUID, media_id: UUID, rendition: str, picture: pictures.Rendition) -> dict[str, Any]:
    ending = picture.content_type.removeprefix("image/").replace("jpeg", "jpg")
    wanted = f"{tenant_id}/{media_id.hex[-2:]}/{media_id}-{rendition}.{ending}"
    return {
        "name": default_storage.save(wanted, ContentFile(picture.content)),
        "content_type": picture.content_type,
        "width": picture.width, "height": picture.height, "bytes": len(picture.content),
    }  # fmt: skip


def _read(entry: Mapping[str, Any]) -> bytes:
    with contextlib.suppress(FileNotFoundError), default_storage.open(str(entry["name"])) as file:
        return bytes(file.read())
    raise NotFound
