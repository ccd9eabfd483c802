"""Pictures by their content: what a file really is, without what cameras wrote into it, in the sizes that are needed.

Pure: bytes in, bytes out. Dimensions are read from the header and judged before anything is decoded.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageOps, UnidentifiedImageError

from kontor.core.errors import Invalid

MOST_BYTES: Final = 25 * 1024 * 1024
LONGEST_EDGE: Final = 12_000
MOST_PIXELS: Final = 80_000_000
Image.init()  # else only Pillow's five commonest formats are known by name
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")

ORIGINAL, CHANNEL, THUMB, SMALL_THUMB = "original", "channel_1600", "thumb_320", "thumb_96"
EDGES: Final = {CHANNEL: 1600, THUMB: 320, SMALL_THUMB: 96}
_QUALITY: Final = {CHANNEL: 88, THUMB: 82, SMALL_THUMB: 82}
_ORIENTATION: Final = 0x0112
_KEPT_AS: Final = {"PNG": "PNG", "GIF": "PNG", "BMP": "PNG", "TIFF": "PNG", "WEBP": "WEBP"}  # else JPEG
# What Pillow raises for broken files, format by format; it has no common base of its own.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError,
           MemoryError, struct.error, zlib.error)  # fmt: skip


class NotAPicture(Invalid):
    """The bytes are no picture of a kind that we know, or a broken one."""

    code, title = "media.not_a_picture", "This file is not a picture that can be read"


class TooLargeDimensions(Invalid):
    """More pixels than any channel takes, or than a server should decode."""

    code, title = "media.too_large_dimensions", "The picture has too many pixels"


class TooManyBytes(Invalid):
    """A file larger than MOST_BYTES."""

    code, title = "media.too_many_bytes", "The picture file is too large"


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file made from a picture."""

    content: bytes
    content_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture as it is kept. Where it `fits_channels` it is their rendition too, else that has `channel_size`."""

    original: Rendition
    channel_size: tuple[int, int]
    fits_channels: bool


def cleaned(content: bytes) -> Cleaned:
    """A picture upright, without metadata (position, camera, comments), its first frame only.

    Raises NotAPicture, TooLargeDimensions, TooManyBytes.
    """
    picture, kind = _decoded(content)
    profile = _profile(picture)
    is_turned = picture.getexif().get(_ORIENTATION, 1) != 1
    upright = _eight_bits(ImageOps.exif_transpose(picture) if is_turned else picture)
    size = _size_within(upright.size, EDGES[CHANNEL])
    is_colour = upright.mode == "RGB"
    original = _original(upright, kind, profile)
    fits = original.content_type == "image/jpeg" and size == upright.size and is_colour
    return Cleaned(original, size, fits)


def smaller(original: bytes, name: str) -> Rendition:
    """One of EDGES made from what `cleaned` kept: a JPEG in colour, what is transparent turned white."""
    picture: Image.Image = Image.open(io.BytesIO(original))
    profile = _profile(picture)
    picture.draft(None, (2 * EDGES[name], 2 * EDGES[name]))  # a JPEG need not be decoded in full for a thumb
    return _jpeg(_within(_flat(picture), EDGES[name]), profile, quality=_QUALITY[name])


def _decoded(content: bytes) -> tuple[Image.Image, str]:
    if len(content) > MOST_BYTES:
        raise TooManyBytes(bytes=len(content), limit=MOST_BYTES)
    try:
        picture: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise TooLargeDimensions(limit_edge=LONGEST_EDGE, limit_pixels=MOST_PIXELS) from error
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise NotAPicture(_looks_like(content)) from error
    width, height = picture.size
    if max(width, height) > LONGEST_EDGE or width * height > MOST_PIXELS:
        raise TooLargeDimensions(
            f"The picture has {width} × {height} pixels; at most {LONGEST_EDGE} on an edge and "
            f"{MOST_PIXELS // 1_000_000} million in all are taken",
            width=width, height=height, limit_edge=LONGEST_EDGE, limit_pixels=MOST_PIXELS,
        )  # fmt: skip
    kind = "JPEG" if picture.format == "MPO" else str(picture.format)
    try:
        picture.load()
    except _BROKEN as error:
        raise NotAPicture("The picture file is incomplete or damaged") from error
    return picture, kind


def _looks_like(content: bytes) -> str:
    start = content[:512].lstrip().lower()
    if not content:
        return "The file is empty"
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<svg")):
        return "This is a web page or a drawing in text form, not a picture"
    return "This file is not a picture that can be read"


def _original(picture: Image.Image, kind: str, profile: bytes | None) -> Rendition:
    if kind not in _KEPT_AS:
        if picture.format == "JPEG":  # not turned: the same quantisation tables, as good as it came
            return _saved(picture, "JPEG", profile, quality="keep")
        return _jpeg(_flat(picture) if picture.mode not in ("L", "RGB") else picture, profile, quality=95)
    as_kind = _KEPT_AS[kind]
    if picture.mode not in ("1", "L", "LA", "P", "RGB", "RGBA"):
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    if as_kind == "WEBP":
        return _saved(
            picture.convert("RGBA") if picture.mode == "P" else picture, as_kind, profile, quality=92
        )
    return _saved(picture, as_kind, profile)


def _flat(picture: Image.Image) -> Image.Image:
    """RGB, what is transparent turned white: channels show black there otherwise."""
    if picture.mode in ("RGB", "L"):
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    if picture.has_transparency_data:
        solid = picture.convert("RGBA")
        ground = Image.new("RGB", solid.size, "white")
        ground.paste(solid, mask=solid.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I;16") or picture.mode == "I":
        return picture.point(lambda value: value / 256).convert("L")
    return picture


def _within(picture: Image.Image, edge: int) -> Image.Image:
    size = _size_within(picture.size, edge)
    return (
        picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    )


def _size_within(size: tuple[int, int], edge: int) -> tuple[int, int]:
    scale = min(1.0, edge / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _profile(picture: Image.Image) -> bytes | None:
    return picture.info.get("icc_profile") if picture.mode != "CMYK" else None


def _jpeg(picture: Image.Image, profile: bytes | None, *, quality: int) -> Rendition:
    return _saved(picture, "JPEG", profile, quality=quality, optimize=False)


def _saved(picture: Image.Image, kind: str, profile: bytes | None, **options: Any) -> Rendition:
    out = io.BytesIO()
    # `info` carries comments, EXIF and XMP from format to format; only a palette's transparency may pass.
    see_through = picture.info.get("transparency") if kind == "PNG" else None
    picture.info = {} if see_through is None else {"transparency": see_through}
    if profile and picture.mode in ("RGB", "L", "RGBA"):
        options["icc_profile"] = profile
    picture.save(out, kind, exif=b"", **options)
    return Rendition(out.getvalue(), f"image/{kind.lower()}", picture.width, picture.height)
