"""A person's picture: judged by its content, cut square, written anew, and named by its own hash."""

from __future__ import annotations

import contextlib
import hashlib
import io
import struct
import zlib
from pathlib import Path
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps, UnidentifiedImageError

from kontor.accounts.models import Person
from kontor.core.errors import Invalid, NotFound

API_PATH: Final = "/api/v1/avatars"
MOST_BYTES: Final = 5 * 1024 * 1024
LONGEST_EDGE: Final = 8_000
EDGE: Final = 256
CONTENT_TYPE: Final = "image/webp"
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
# What Pillow raises for broken files, format by format; it has no common base of its own.
_BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError,
                  MemoryError, struct.error, zlib.error)  # fmt: skip


class NotAPicture(Invalid):
    """The bytes are no picture of a kind that we take, or a broken one."""

    code, title = "media.not_a_picture", "This file is not a picture that can be read"


class TooManyPixels(Invalid):
    """More pixels than a portrait needs."""

    code, title = "media.too_large_dimensions", "The picture has too many pixels"


class TooManyBytes(Invalid):
    """A file larger than MOST_BYTES."""

    code, title = "media.too_many_bytes", "The picture file is too large"


def path_of(person: Person) -> str | None:
    """The address of a person's picture, good for an <img>; None where initials stand for it."""
    return f"{API_PATH}/{person.avatar}" if person.avatar else None


def square(content: bytes) -> bytes:
    """The picture upright, its middle, EDGE × EDGE, as WebP without metadata. Raises NotAPicture, TooManyPixels."""
    try:
        picture: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
        if max(picture.size) > LONGEST_EDGE:
            raise TooManyPixels(limit_edge=LONGEST_EDGE)
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
        small = ImageOps.fit(upright, (EDGE, EDGE), Image.Resampling.LANCZOS)
    except Image.DecompressionBombError as error:
        raise TooManyPixels(limit_edge=LONGEST_EDGE) from error
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise NotAPicture from error
    out = io.BytesIO()
    small.info = {}  # Pillow carries comments, EXIF and XMP from format to format
    small.save(out, "WEBP", quality=85)
    return out.getvalue()


def store(person: Person, file: Path) -> None:
    """Gives the person this picture. Raises TooManyBytes, NotAPicture, TooManyPixels."""
    if file.stat().st_size > MOST_BYTES:
        raise TooManyBytes(bytes=file.stat().st_size, limit=MOST_BYTES)
    content = square(file.read_bytes())
    name = hashlib.sha256(content).hexdigest()
    if not default_storage.exists(_file(name)):
        default_storage.save(_file(name), ContentFile(content))
    _replace(person, name)


def remove(person: Person) -> None:
    """Takes the person's picture away; initials stand for it."""
    _replace(person, "")


def read(name: str) -> bytes:
    """The picture of this hash. Raises NotFound."""
    with contextlib.suppress(FileNotFoundError), default_storage.open(_file(name)) as file:
        return bytes(file.read())
    raise NotFound


def _replace(person: Person, name: str) -> None:
    former, person.avatar = person.avatar, name
    person.save(update_fields=["avatar"])
    if former and former != name and not Person.objects.filter(avatar=former).exists():
        default_storage.delete(_file(former))


def _file(name: str) -> str:
    return f"avatars/{name[:2]}/{name}.webp"
