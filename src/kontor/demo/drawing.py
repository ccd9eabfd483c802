"""A small drawing board: flat shapes with one light from the left, in units of a thousandth of the picture's side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from PIL import Image, ImageColor, ImageDraw, ImageFilter

Point = tuple[float, float]
Rgb = tuple[int, int, int]

SIDE: Final = 1000
_FINER: Final = 2  # drawn this much larger and scaled down: smooth edges
GROUND: Final = 830.0  # where things stand

WHITE: Final = (250, 249, 245)
BRASS: Final = (190, 150, 80)
IRON: Final = (74, 78, 84)
WOOD: Final = (196, 154, 108)
ROPE: Final = (206, 184, 142)
GREEN: Final = (96, 122, 98)


def rgb(colour: str) -> Rgb:
    """The numbers of "#a8492f"."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def mixed(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` of the other colour in this one."""
    red, green, blue = (
        round(own * (1 - share) + more * share) for own, more in zip(colour, other, strict=True)
    )
    return red, green, blue


def lighter(colour: Rgb, share: float = 0.22) -> Rgb:
    """Towards white."""
    return mixed(colour, (255, 255, 255), share)


def darker(colour: Rgb, share: float = 0.2) -> Rgb:
    """Towards a warm black."""
    return mixed(colour, (28, 22, 20), share)


def smooth(points: Sequence[Point], *, closed: bool, steps: int = 12) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    count = len(points)
    found: list[Point] = []
    for index in range(count if closed else count - 1):
        around = [index - 1, index, index + 1, index + 2]
        a, b, c, d = (
            points[place % count] if closed else points[min(max(place, 0), count - 1)] for place in around
        )
        for step in range(steps):
            t = step / steps
            x, y = (_spline(a[axis], b[axis], c[axis], d[axis], t) for axis in (0, 1))
            found.append((x, y))
    return found if closed else [*found, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


@dataclass(slots=True)
class Board:
    """One picture under way. `zoom` and `shift` place everything drawn: a scene shows things small, a detail large."""

    zoom: float = 1.0
    shift: Point = (0.0, 0.0)
    image: Image.Image = field(
        default_factory=lambda: Image.new("RGB", (SIDE * _FINER, SIDE * _FINER), "white")
    )

    def at(self, x: float, y: float) -> Point:
        """Pixels of a place."""
        scale = SIDE * _FINER / 1000
        return (x * self.zoom + self.shift[0]) * scale, (y * self.zoom + self.shift[1]) * scale

    def pixels(self, length: float) -> int:
        """Pixels of a length."""
        return max(1, round(length * self.zoom * SIDE * _FINER / 1000))

    def polygon(self, points: Iterable[Point], fill: Rgb) -> None:
        """A filled polygon."""
        ImageDraw.Draw(self.image).polygon([self.at(*point) for point in points], fill=fill)

    def blob(self, points: Sequence[Point], fill: Rgb) -> None:
        """A filled shape with a smooth edge through the points."""
        self.polygon(smooth(points, closed=True), fill)

    def line(self, points: Sequence[Point], fill: Rgb, width: float, *, bent: bool = True) -> None:
        """A stroke with round ends."""
        path = smooth(points, closed=False) if bent and len(points) > 2 else list(points)
        draw, thick = ImageDraw.Draw(self.image), self.pixels(width)
        placed = [self.at(*point) for point in path]
        draw.line(placed, fill=fill, width=thick, joint="curve")
        for x, y in (placed[0], placed[-1]):
            draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=fill)

    def ellipse(self, x: float, y: float, across: float, high: float, fill: Rgb) -> None:
        """Around a middle, with half its width and height."""
        ImageDraw.Draw(self.image).ellipse(
            (*self.at(x - across, y - high), *self.at(x + across, y + high)), fill=fill
        )

    def box(
        self, left: float, top: float, right: float, bottom: float, fill: Rgb, *, round_by: float = 0
    ) -> None:
        """A rectangle, with round corners."""
        ImageDraw.Draw(self.image).rounded_rectangle(
            (*self.at(left, top), *self.at(right, bottom)),
            radius=self.pixels(round_by) if round_by else 0,
            fill=fill,
        )

    def shadow(self, x: float, y: float, across: float, high: float, strength: float = 0.32) -> None:
        """A soft shadow on the ground; only the pixels that it may reach are touched."""
        (left, top), (right, bottom) = self.at(x - across, y - high), self.at(x + across, y + high)
        blur = (bottom - top) * 0.3 + 8
        frame = [
            round(side / 8) * 8
            for side in (left - 3 * blur, top - 3 * blur, right + 3 * blur, bottom + 3 * blur)
        ]
        size = (frame[2] - frame[0], frame[3] - frame[1])
        mask = Image.new("L", (size[0] // 8, size[1] // 8), 0)
        ends = [(side - frame[n % 2]) / 8 for n, side in enumerate((left, top, right, bottom))]
        ImageDraw.Draw(mask).ellipse(ends, fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(blur / 8)).resize(size, Image.Resampling.BILINEAR)
        self.image.paste(Image.new("RGB", size, (38, 30, 26)), (frame[0], frame[1]), mask)

    def inside(self, outline: Sequence[Point], paint: Callable[[], None]) -> None:
        """What `paint` draws, cut off at the outline."""
        before = self.image.copy()
        paint()
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon([self.at(*point) for point in outline], fill=255)
        before.paste(self.image, mask=mask)
        self.image = before

    def turned(self, middle: float, profile: Sequence[Point], fill: Rgb, *, shine: float = 0.2) -> None:
        """Something turned on a lathe or wheel: (height, half width) from top to bottom, lit from the left."""
        edge = smooth(profile, closed=False)

        def band(start: float, end: float) -> list[Point]:
            there = [(middle + half * start, y) for y, half in edge]
            return there + [(middle + half * end, y) for y, half in reversed(edge)]

        self.polygon(band(-1, 1), fill)
        self.polygon(band(0.45, 1), darker(fill, 0.1))
        self.polygon(band(0.78, 1), darker(fill, 0.2))
        self.polygon(band(-0.8, -0.62), lighter(fill, shine))

    def finished(self) -> Image.Image:
        """The picture at its own size."""
        return self.image.reduce(_FINER)
