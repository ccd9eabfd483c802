"""Pictures of the demo's goods, drawn by us: the same name gives the same picture, byte for byte.

A name is kind, colour and view: `schuerze-marine-szene`. Views are `studio` (the thing alone), `szene` (in a room) and
`detail` (near).
"""

from __future__ import annotations

import io
import zlib
from typing import Final

from kontor.core.errors import NotFound
from kontor.demo.drawing import GREEN, WHITE, WOOD, Board, Rgb, darker, lighter, mixed, rgb
from kontor.demo.shapes.textiles import TEXTILES
from kontor.demo.shapes.things import THINGS
from kontor.demo.shapes.vessels import VESSELS

KINDS: Final = {**TEXTILES, **VESSELS, **THINGS}
VIEWS: Final = ("studio", "szene", "detail")
COLOURS: Final = {
    "marine": "#2f4665", "sand": "#cdb68e", "seegras": "#7f8f6b", "ziegel": "#a8492f", "nebel": "#b7c0c2",
    "schiefer": "#565e67", "senf": "#c9992f", "natur": "#d8c6a4", "rose": "#d3a29a", "cognac": "#b06a35",
}  # fmt: skip
_WALLS: Final = ("#efe8dc", "#e4eae6", "#ece4e0", "#e5e9ee", "#eeeae0", "#e9e6ea")
_HANGING: Final = frozenset(
    {"schuerze", "haken", "regal", "rahmen", "poster", "haengelampe", "kalender", "handschuh", "loeffel"}
)


def draw(name: str) -> bytes:
    """The JPEG of a name. Raises NotFound for a kind, colour or view that nobody drew."""
    kind, _, rest = name.partition("-")
    colour, _, view = rest.partition("-")
    if kind not in KINDS or colour not in COLOURS or view not in VIEWS:
        raise NotFound(f"There is no picture called {name}")
    ink, wall = rgb(COLOURS[colour]), _wall(kind, rgb(COLOURS[colour]))
    board = Board()
    if view == "szene":
        _room(board, wall, zlib.crc32(kind.encode()), has_art=kind not in _HANGING)
        board.zoom, board.shift = (0.7, (200, 40)) if kind in _HANGING else (0.72, (215, 190))
    else:
        _studio(board, wall, stands=kind not in _HANGING)
        if view == "detail":
            board.zoom, board.shift = 1.9, (-470, -560)
    KINDS[kind](board, ink)
    out = io.BytesIO()
    board.finished().save(out, "JPEG", quality=88)
    return out.getvalue()


def _wall(kind: str, ink: Rgb) -> Rgb:
    """A pale wall that the thing stands out from."""
    chosen = rgb(_WALLS[zlib.crc32(kind.encode()) % len(_WALLS)])
    return mixed(chosen, ink, 0.05)


def _studio(board: Board, wall: Rgb, *, stands: bool) -> None:
    """A wall and, for what stands, a floor that the wall runs out into."""
    for step in range(40):
        board.box(0, step * 25, 1000, step * 25 + 26, mixed(lighter(wall, 0.3), wall, step / 40))
    if stands:
        for step in range(12):
            board.box(0, 690 + step * 3, 1000, 1000, mixed(wall, darker(wall, 0.07), step / 12))


def _room(board: Board, wall: Rgb, chance: int, *, has_art: bool) -> None:
    """A wall with the light of a window, a table, and something beside the thing."""
    board.box(0, 0, 1000, 1000, wall)
    for left in (90, 250):
        board.polygon([(left, 0), (left + 130, 0), (left + 330, 560), (left + 200, 560)], lighter(wall, 0.35))
    board.box(0, 760, 1000, 1000, WOOD)
    board.box(0, 760, 1000, 776, lighter(WOOD, 0.2))
    for step in range(5):
        board.line([(0, 820 + step * 44), (1000, 816 + step * 46)], darker(WOOD, 0.07), 3)
    (_plant if chance % 2 else _books)(board)
    if has_art and chance % 3 == 0:
        board.box(690, 110, 900, 380, darker(WOOD, 0.1), round_by=4)
        board.box(706, 126, 884, 364, WHITE)
        board.ellipse(795, 220, 52, 52, (214, 150, 84))
        board.box(706, 262, 884, 364, (92, 128, 146))


def _plant(board: Board) -> None:
    board.shadow(150, 792, 100, 16)
    for tip, top in ((40, 380), (110, 300), (190, 320), (260, 420)):
        board.blob([(150, 640), ((150 + tip) / 2 - 24, 500), (tip, top), ((150 + tip) / 2 + 26, 530)], GREEN)
    board.turned(150, [(620, 84), (700, 76), (796, 56)], (203, 179, 138))


def _books(board: Board) -> None:
    board.shadow(160, 792, 130, 14)
    for number, colour in enumerate(((43, 63, 92), (168, 73, 47), (127, 143, 107))):
        board.box(
            50 + number * 10, 752 - number * 40, 270 - number * 14, 790 - number * 40, colour, round_by=6
        )
        board.box(
            70 + number * 10, 760 - number * 40, 80 + number * 10, 782 - number * 40, lighter(colour, 0.5)
        )
    board.turned(160, [(590, 44), (630, 48), (672, 40)], WHITE)
