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
    """A stored picture. `files` maps a rendition to its name, type and size."""

    id: UUID
    tenant_id: UUID
    sha256: str
    content_type: str
    width: int
    height: int
    byte_count: int
    files: Mapping[str, Mapping[str, Any]]

    def read(self, rendition: str) -> bytes:
        """The bytes of a rendition; needs no transaction. Raises NotFound where the file is gone."""
        return _read(self.files, rendition)

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
    files = _written(tenant_id, media_id, pictures.renditions(content))
    original = files[pictures.ORIGINAL]
    row = Media(
        id=media_id, tenant_id=tenant_id, sha256=sha256, content_type=original["content_type"],
        width=original["width"], height=original["height"], bytes=original["bytes"], files=files, created_at=now(),
    )  # fmt: skip
    with tenant(tenant_id):
        Media.objects.bulk_create([row], ignore_conflicts=True)
        kept = Media.objects.get(sha256=sha256)
    if kept.id != media_id:  # another thread stored the same content meanwhile
        for name in {entry["name"] for entry in files.values()}:
            default_storage.delete(name)
    return view(kept)


def get(media_id: UUID) -> MediaView:
    """A stored picture of this tenant. Raises NotFound."""
    row = Media.objects.filter(id=media_id).first()
    if row is None:
        raise NotFound
    return view(row)


def read_rendition(media_id: UUID, rendition: str) -> bytes:
    """The bytes of a rendition, inside `tenant()`; outside of it use `MediaView.read`. Raises NotFound."""
    return get(media_id).read(rendition)


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
    return found.read(rendition), str(found.files[rendition]["content_type"])


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


def _written(
    tenant_id: UUID, media_id: UUID, made: Mapping[str, pictures.Rendition]
) -> dict[str, dict[str, Any]]:
    """Writes each distinct file once; `channel_1600` is often the original."""
    names: dict[int, str] = {}
    files: dict[str, dict[str, Any]] = {}
    for rendition, picture in made.items():
        if id(picture) not in names:
            ending = picture.content_type.removeprefix("image/").replace("jpeg", "jpg")
            wanted = f"{tenant_id}/{media_id.hex[-2:]}/{media_id}-{rendition}.{ending}"
            names[id(picture)] = default_storage.save(wanted, ContentFile(picture.content))
        files[rendition] = {
            "name": names[id(picture)], "content_type": picture.content_type,
            "width": picture.width, "height": picture.height, "bytes": len(picture.content),
        }  # fmt: skip
    return files


def _read(files: Mapping[str, Mapping[str, Any]], rendition: str) -> bytes:
    if rendition not in files:
        raise NotFound
    with contextlib.suppress(FileNotFoundError), default_storage.open(str(files[rendition]["name"])) as file:
        return bytes(file.read())
    raise NotFound
