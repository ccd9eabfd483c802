"""Thrown, turned, cast and beaten: pots, cups, candles, pans."""

from __future__ import annotations

from kontor.demo.drawing import BRASS, GREEN, GROUND, IRON, ROPE, WHITE, WOOD, Board, Rgb, darker, lighter

WAX = (222, 176, 84)


def mug(board: Board, ink: Rgb) -> None:
    """With a handle and an unglazed foot."""
    board.shadow(510, GROUND, 230, 28)
    board.line([(650, 490), (770, 500), (790, 620), (740, 710), (640, 720)], darker(ink, 0.14), 44)
    board.turned(480, [(380, 190), (560, 194), (740, 184), (820, 160)], ink)
    board.turned(480, [(774, 176), (800, 170), (GROUND, 152)], (206, 186, 158))
    board.ellipse(480, 382, 190, 34, lighter(ink, 0.25))
    board.ellipse(480, 388, 168, 26, darker(ink, 0.35))


def plate(board: Board, ink: Rgb) -> None:
    """Leaning against the wall, seen from the front, with a smaller one lying."""
    board.shadow(500, GROUND, 320, 30)
    board.ellipse(500, 500, 300, 300, darker(ink, 0.1))
    board.ellipse(494, 494, 296, 296, ink)
    board.ellipse(498, 500, 212, 212, darker(ink, 0.06))
    board.ellipse(494, 494, 206, 206, lighter(ink, 0.18))
    for across in (286, 280):
        board.ellipse(494, 494, across, across, mixed_ring(ink, across))
    board.ellipse(494, 494, 272, 272, ink)
    board.ellipse(498, 502, 206, 206, darker(ink, 0.08))
    board.ellipse(494, 494, 198, 198, lighter(ink, 0.14))
    board.turned(500, [(788, 300), (806, 292), (GROUND, 150)], darker(ink, 0.06))


def mixed_ring(ink: Rgb, across: float) -> Rgb:
    """The glaze's rim."""
    return (176, 140, 104) if across > 283 else lighter(ink, 0.2)


def bowl(board: Board, ink: Rgb) -> None:
    """Deep and wide."""
    board.shadow(500, GROUND, 260, 28)
    board.turned(500, [(520, 310), (620, 292), (720, 220), (796, 130), (GROUND, 118)], ink)
    board.ellipse(500, 520, 310, 62, lighter(ink, 0.22))
    board.ellipse(500, 528, 282, 48, darker(ink, 0.24))
    board.ellipse(450, 540, 180, 28, darker(ink, 0.14))


def vase(board: Board, ink: Rgb) -> None:
    """Slim, with grasses."""
    board.shadow(500, GROUND, 170, 24)
    for tip, bend in ((330, 420), (420, 470), (545, 520), (640, 560), (700, 610)):
        board.line([(500, 420), (bend, 290), (tip, 120 + abs(tip - 500) * 0.4)], GREEN, 7)
        board.line([(bend, 290), (tip, 120 + abs(tip - 500) * 0.4)], (196, 170, 118), 20)
    board.turned(500, [(380, 74), (420, 62), (480, 84), (600, 150), (720, 152), (GROUND, 96)], ink)
    board.ellipse(500, 382, 74, 16, darker(ink, 0.35))


def teapot(board: Board, ink: Rgb) -> None:
    """Round, with a lid."""
    board.shadow(500, GROUND, 270, 28)
    board.line([(300, 640), (210, 560), (196, 450), (150, 420)], darker(ink, 0.1), 54)
    board.line([(690, 500), (830, 480), (850, 620), (700, 720)], darker(ink, 0.18), 36)
    board.turned(500, [(420, 120), (480, 196), (620, 238), (760, 196), (GROUND, 130)], ink)
    board.turned(500, [(372, 40), (400, 104), (432, 132)], lighter(ink, 0.08))
    board.ellipse(500, 352, 34, 30, WOOD)


def tin(board: Board, ink: Rgb) -> None:
    """A round tin with a wooden or painted lid and a label."""
    board.shadow(500, GROUND, 230, 26)
    board.turned(500, [(390, 200), (600, 200), (GROUND, 200)], ink)
    board.ellipse(500, 392, 200, 36, darker(ink, 0.2))
    board.turned(500, [(318, 206), (350, 210), (400, 210)], WOOD)
    board.ellipse(500, 322, 208, 38, lighter(WOOD, 0.2))
    board.ellipse(500, 304, 34, 20, darker(WOOD, 0.15))
    board.box(392, 520, 608, 680, WHITE, round_by=12)
    board.box(404, 532, 596, 668, darker(WHITE, 0.06), round_by=8)
    for top, half in ((566, 70), (598, 50), (630, 60)):
        board.box(500 - half, top, 500 + half, top + 10, darker(ink, 0.1), round_by=5)


def flower_pot(board: Board, ink: Rgb) -> None:
    """With a saucer and a plant."""
    board.shadow(500, GROUND, 240, 26)
    for side, high in ((-1, 0), (1, 40), (-1, 130), (1, 170), (-1, 250)):
        top = 180 + high * 0.8
        board.blob(
            [(500, 500), (500 + side * 120, top + 130), (500 + side * 200, top), (500 + side * 70, top + 60)],
            GREEN if side < 0 else lighter(GREEN, 0.14),
        )
    board.turned(500, [(480, 190), (540, 196), (552, 176), (700, 152), (796, 128)], ink)
    board.turned(500, [(790, 196), (810, 204), (GROUND, 176)], darker(ink, 0.08))
    board.ellipse(500, 482, 190, 24, (84, 62, 50))


def candle(board: Board, ink: Rgb) -> None:
    """Beeswax, burning."""
    board.shadow(500, GROUND, 200, 26)
    board.turned(500, [(360, 150), (600, 150), (GROUND, 150)], WAX, shine=0.35)
    board.ellipse(500, 362, 150, 30, lighter(WAX, 0.35))
    board.ellipse(500, 366, 92, 16, lighter(WAX, 0.55))
    _flame(board, 500, 350, 1.0)


def _flame(board: Board, x: float, y: float, size: float) -> None:
    board.line([(x, y + 10), (x, y - 26 * size)], (60, 48, 40), 7 * size)
    for scale, colour in ((1.0, (240, 186, 84)), (0.62, (252, 228, 160))):
        reach = size * scale
        board.blob(
            [(x, y - 20 * size - 130 * reach), (x + 36 * reach, y - 62 * size), (x, y - 20 * size),
             (x - 36 * reach, y - 62 * size)],
            colour,
        )  # fmt: skip


def lantern(board: Board, ink: Rgb) -> None:
    """A glass in rope and brass."""
    board.shadow(500, GROUND, 210, 26)
    board.line([(330, 420), (360, 210), (500, 160), (640, 210), (670, 420)], ROPE, 16)
    board.turned(500, [(400, 170), (600, 178), (GROUND, 160)], (214, 224, 224))
    board.turned(500, [(640, 60), (700, 62), (800, 60)], WAX)
    _flame(board, 500, 640, 0.8)
    board.turned(500, [(396, 178), (420, 180), (440, 178)], BRASS)
    for top in (716, 752, 788):
        board.turned(500, [(top, 174), (top + 16, 178), (top + 32, 172)], ROPE)
    board.line([(372, 470), (366, 690)], WHITE, 12)


def holders(board: Board, ink: Rgb) -> None:
    """Three of cast iron, in three heights."""
    board.shadow(500, GROUND, 330, 26)
    for x, top in ((300, 560), (500, 420), (700, 640)):
        board.turned(x, [(top - 230, 30), (top - 100, 30), (top, 30)], WHITE)
        _flame(board, x, top - 236, 0.62)
        board.turned(x, [(top, 44), (top + 26, 52), (top + 44, 26), (GROUND - 60, 30), (GROUND, 92)], IRON)


def tea_lights(board: Board, ink: Rgb) -> None:
    """In cups of glass."""
    board.shadow(500, GROUND, 350, 26)
    for x, y in ((310, 750), (500, 750), (690, 750), (400, GROUND), (600, GROUND)):
        board.turned(x, [(y - 130, 86), (y - 60, 84), (y, 74)], (218, 226, 224))
        board.turned(x, [(y - 96, 76), (y - 50, 74), (y - 12, 66)], WAX)
        board.ellipse(x, y - 98, 76, 15, lighter(WAX, 0.35))
        _flame(board, x, y - 100, 0.5)


def watering_can(board: Board, ink: Rgb) -> None:
    """Copper with a long spout."""
    board.shadow(520, GROUND, 270, 26)
    board.line([(440, 740), (260, 560), (130, 330)], darker(ink, 0.08), 34)
    board.line([(100, 350), (170, 306)], darker(ink, 0.2), 30)
    board.line([(560, 470), (620, 320), (800, 350), (820, 560), (730, 720)], darker(ink, 0.14), 24)
    board.turned(570, [(480, 150), (560, 172), (700, 190), (GROUND, 176)], ink, shine=0.45)
    board.ellipse(570, 482, 150, 26, darker(ink, 0.35))


def saucepan(board: Board, ink: Rgb) -> None:
    """Copper with an iron handle."""
    board.shadow(440, GROUND, 280, 28)
    board.line([(640, 560), (900, 500)], IRON, 32)
    board.ellipse(890, 502, 22, 22, IRON)
    board.ellipse(890, 502, 9, 9, WHITE)
    board.turned(430, [(520, 250), (660, 250), (GROUND, 240)], ink, shine=0.45)
    board.ellipse(430, 522, 250, 50, lighter(ink, 0.4))
    board.ellipse(430, 528, 230, 40, (186, 184, 180))
    for x in (606, 640):
        board.ellipse(x, 570, 9, 9, BRASS)


def pepper_mill(board: Board, ink: Rgb) -> None:
    """Turned beech."""
    board.shadow(500, GROUND, 150, 24)
    board.turned(500, [(400, 86), (470, 74), (560, 54), (660, 78), (760, 110), (GROUND, 116)], ink)
    board.turned(500, [(262, 40), (300, 78), (350, 84), (396, 62)], lighter(ink, 0.08))
    board.turned(500, [(390, 80), (404, 84), (416, 80)], BRASS)
    board.ellipse(500, 250, 26, 22, BRASS)


def cake_tin(board: Board, ink: Rgb) -> None:
    """A ring with flutes."""
    board.shadow(500, GROUND, 330, 28)
    board.turned(500, [(470, 330), (600, 316), (740, 280), (GROUND, 236)], ink, shine=0.5)
    for step in range(-4, 5):
        board.line(
            [(500 + step * 76, 490), (500 + step * 66, 660), (500 + step * 54, 816)], darker(ink, 0.14), 10
        )
    board.ellipse(500, 472, 330, 74, lighter(ink, 0.4))
    board.ellipse(500, 480, 304, 60, darker(ink, 0.3))
    board.ellipse(500, 484, 106, 26, lighter(ink, 0.25))
    board.ellipse(500, 486, 70, 15, darker(ink, 0.5))


VESSELS = {
    "becher": mug, "teller": plate, "schale": bowl, "vase": vase, "kanne": teapot, "dose": tin, "topf": flower_pot,
    "kerze": candle, "windlicht": lantern, "kerzenhalter": holders, "teelicht": tea_lights,
    "giesskanne": watering_can, "kasserolle": saucepan, "muehle": pepper_mill, "backform": cake_tin,
}  # fmt: skip
