"""Pictures drawn by us, so that real product files have pictures without a network: the same for the same address."""

from __future__ import annotations

import hashlib
import io
import random
from functools import lru_cache

from PIL import Image, ImageDraw

SIDE = 1000
_SCENES = 48
_GROUNDS = ("#f3efe6", "#eef1f0", "#f5f0ee", "#eceef4", "#f2f2ec", "#efeae4")
_INKS = ("#23404f", "#7b3b2e", "#2f5d50", "#8a6a1f", "#51406b", "#34495e", "#a14f3c", "#3d6b8e")


@lru_cache(maxsize=512)
def picture(address: str, *, as_png: bool) -> bytes:
    """A drawn picture for an address, at least 800 pixels each way; no two addresses share one."""
    digest = hashlib.sha256(address.encode()).digest()
    image = _scene(digest[0] % _SCENES, as_png).copy()
    _sign(image, digest)
    file = io.BytesIO()
    if as_png:
        image.save(file, "PNG", compress_level=1)
    else:
        image.save(file, "JPEG", quality=82)
    return file.getvalue()


def _sign(image: Image.Image, digest: bytes) -> None:
    """A small weave in the corner that tells one address's picture from another's."""
    draw = ImageDraw.Draw(image)
    dark, light = (0, 1) if image.mode == "P" else ("#55585c", "#e9e6df")
    for place, byte in enumerate(digest[1:17]):
        for bit in range(8):
            left, top = SIDE - 170 + 8 * place, SIDE - 90 + 8 * bit
            draw.rectangle((left, top, left + 7, top + 7), fill=dark if byte >> bit & 1 else light)


@lru_cache(maxsize=2 * _SCENES)
def _scene(number: int, as_png: bool) -> Image.Image:
    chance = random.Random(number)  # noqa: S311 (the same picture each time)
    image = Image.new("RGB", (SIDE, SIDE), chance.choice(_GROUNDS))
    draw = ImageDraw.Draw(image)
    draw.ellipse((170, 760, 830, 880), fill=_shade(chance))
    for _ in range(chance.randint(3, 6)):
        _shape(draw, chance)
    return image.quantize(64) if as_png else image


def _shade(chance: random.Random) -> str:
    return chance.choice(("#e2ddd2", "#dde1df", "#e3ddda"))


def _shape(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    left, top = chance.randint(140, 480), chance.randint(140, 480)
    right, bottom = left + chance.randint(160, 380), top + chance.randint(160, 360)
    ink = chance.choice(_INKS)
    kind = chance.choice(("box", "round", "disc", "arch"))
    if kind == "box":
        draw.rectangle((left, top, right, bottom), fill=ink)
    elif kind == "round":
        draw.rounded_rectangle((left, top, right, bottom), radius=60, fill=ink)
    elif kind == "disc":
        draw.ellipse((left, top, right, bottom), fill=ink)
    else:
        draw.pieslice((left, top, right, bottom), 180, 360, fill=ink)
