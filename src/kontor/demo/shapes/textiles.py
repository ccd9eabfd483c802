"""Woven, knitted and sewn."""

from __future__ import annotations

from kontor.demo.drawing import BRASS, GROUND, ROPE, WOOD, Board, Point, Rgb, darker, lighter, smooth


def apron(board: Board, ink: Rgb) -> None:
    """On its hook: bib, skirt, two pockets, long bands."""
    board.ellipse(500, 128, 13, 13, WOOD)
    for side in (-1, 1):
        board.line([(500 + side * 95, 290), (500 + side * 70, 190), (500, 130)], darker(ink), 12)
        board.line(
            [(500 + side * 215, 455), (500 + side * 265, 560), (500 + side * 235, 690)], darker(ink), 12
        )
    body = [(395, 280), (605, 280), (640, 400), (718, 450), (735, 820), (265, 820), (282, 450), (360, 400)]
    board.polygon(body, ink)
    board.polygon([(605, 280), (640, 400), (718, 450), (735, 820), (650, 820), (600, 430)], darker(ink, 0.1))
    board.polygon([(395, 280), (605, 280), (607, 304), (393, 304)], lighter(ink, 0.14))
    for left in (325, 520):
        board.box(left, 560, left + 155, 720, lighter(ink, 0.09), round_by=10)
        board.box(left, 560, left + 155, 580, darker(ink, 0.14), round_by=6)


def towel(board: Board, ink: Rgb) -> None:
    """Two folded cloths with stripes."""
    board.shadow(500, GROUND, 270, 26)
    for number, (left, top) in enumerate(((250, 560), (290, 400))):
        cloth = lighter(ink, 0.82) if number else ink
        mark = ink if number else lighter(ink, 0.75)
        board.box(left, top, left + 460, top + 130 + number * 20, cloth, round_by=34)
        board.box(
            left, top + 96, left + 460, GROUND - (0 if not number else 150), darker(cloth, 0.07), round_by=34
        )
        for stripe in (60, 92, 124):
            board.box(left + stripe, top + 2, left + stripe + 14, GROUND - 6 - number * 150, mark)


def bag(board: Board, ink: Rgb) -> None:
    """A soft bag with a rolled top and a toggle."""
    board.shadow(500, GROUND, 230, 26)
    body: list[Point] = [(330, 400), (350, 380), (650, 380), (672, 400), (715, 620), (700, 800), (640, 832),
                         (360, 832), (298, 800), (286, 620)]  # fmt: skip
    board.blob(body, ink)
    board.blob([(600, 395), (668, 400), (712, 620), (698, 800), (640, 828), (606, 620)], darker(ink, 0.1))
    board.box(318, 318, 682, 402, darker(ink, 0.08), round_by=34)
    board.box(330, 330, 640, 350, lighter(ink, 0.2), round_by=10)
    board.line([(500, 402), (500, 470)], darker(ink, 0.35), 10)
    board.box(452, 462, 548, 490, WOOD, round_by=14)
    board.line([(420, 600), (450, 720)], darker(ink, 0.1), 8)
    board.line([(570, 560), (560, 700)], darker(ink, 0.14), 8)


def cushion(board: Board, ink: Rgb) -> None:
    """A plump square with woven stripes."""
    board.shadow(500, GROUND - 6, 300, 34)
    shape: list[Point] = [(215, 250), (500, 275), (785, 250), (765, 535), (785, 825), (500, 800), (215, 825),
                          (235, 535)]  # fmt: skip
    outline = smooth(shape, closed=True)
    board.blob(shape, ink)

    def stripes() -> None:
        for top, high in ((330, 26), (376, 10), (640, 10), (670, 26), (716, 10)):
            board.box(150, top, 850, top + high, lighter(ink, 0.62))
        board.blob([(640, 230), (820, 230), (820, 850), (650, 850), (700, 540)], darker(ink, 0.1))

    board.inside(outline, stripes)
    board.line([(245, 290), (300, 300)], lighter(ink, 0.4), 8)


def beanie(board: Board, ink: Rgb) -> None:
    """Knitted, with a turned-up brim."""
    board.shadow(500, GROUND, 260, 26)
    crown: list[Point] = [(285, 650), (300, 470), (380, 330), (500, 285), (620, 330), (700, 470), (715, 650)]
    outline = [*smooth(crown, closed=False), (715, 700), (285, 700)]
    board.polygon(outline, ink)

    def ribs() -> None:
        for step in range(-6, 7):
            board.line([(500, 285), (500 + step * 26, 450), (500 + step * 36, 700)], darker(ink, 0.12), 7)

    board.inside(outline, ribs)
    board.box(262, 640, 738, GROUND, lighter(ink, 0.08), round_by=46)
    for step in range(14):
        board.line([(296 + step * 31.5, 665), (296 + step * 31.5, 806)], darker(ink, 0.1), 8)


def scarf(board: Board, ink: Rgb) -> None:
    """Folded once, with fringes."""
    board.shadow(510, GROUND, 270, 22)
    board.box(300, 200, 560, 760, darker(ink, 0.12), round_by=20)
    board.box(400, 170, 700, 740, ink, round_by=26)
    for top in (250, 290, 610, 650):
        board.box(400, top, 700, top + 16, lighter(ink, 0.5))
    for step in range(10):
        board.line([(414 + step * 30, 738), (412 + step * 30, 826)], darker(ink, 0.06), 12)
    for step in range(5):
        board.line([(314 + step * 22, 756), (312 + step * 22, 820)], darker(ink, 0.2), 11)


def blanket(board: Board, ink: Rgb) -> None:
    """A folded pile with herringbone and fringes."""
    board.shadow(500, GROUND, 320, 30)
    for number in range(4):
        top = 700 - number * 98
        shade = darker(ink, 0.04 * (3 - number))
        board.box(190 + number * 6, top, 810 - number * 6, top + 128, shade, round_by=52)
        for step in range(17):
            x = 240 + step * 32
            board.line([(x, top + 34), (x + 14, top + 54), (x, top + 74)], lighter(shade, 0.2), 6, bent=False)
    for step in range(16):
        board.line([(225 + step * 36, 822), (222 + step * 36, 862)], darker(ink, 0.1), 11)


def tote(board: Board, ink: Rgb) -> None:
    """Canvas with handles of rope."""
    board.shadow(500, GROUND, 280, 26)
    for spread, rope in ((0, darker(ROPE, 0.2)), (16, ROPE)):
        board.line([(370 - spread, 400), (385, 210), (500, 165), (615, 210), (630 + spread, 400)], rope, 20)
    body: list[Point] = [(245, 372), (755, 372), (722, GROUND), (278, GROUND)]
    board.polygon(body, ink)
    board.polygon([(640, 372), (755, 372), (722, GROUND), (640, GROUND)], darker(ink, 0.1))
    board.polygon([(263, 650), (737, 650), (722, GROUND), (278, GROUND)], darker(ink, 0.28))
    board.box(245, 372, 755, 398, lighter(ink, 0.18))
    for x in (362, 638):
        board.ellipse(x, 420, 20, 20, BRASS)
        board.ellipse(x, 420, 9, 9, darker(ink, 0.5))


def backpack(board: Board, ink: Rgb) -> None:
    """Rolled top, front pocket, leather base."""
    board.shadow(500, GROUND, 240, 26)
    board.line([(420, 250), (450, 165), (550, 165), (580, 250)], darker(ink, 0.4), 18)
    board.box(300, 300, 700, GROUND, ink, round_by=70)
    board.box(600, 320, 700, GROUND, darker(ink, 0.1), round_by=60)
    board.box(285, 228, 715, 340, darker(ink, 0.1), round_by=44)
    board.box(300, 240, 690, 262, lighter(ink, 0.18), round_by=12)
    board.box(300, 740, 700, GROUND, (122, 78, 48), round_by=50)
    board.box(355, 500, 645, 745, lighter(ink, 0.08), round_by=34)
    board.box(355, 500, 645, 560, darker(ink, 0.12), round_by=26)
    for x in (390, 600):
        board.box(x - 11, 310, x + 11, 600, (122, 78, 48), round_by=8)
        board.box(x - 20, 575, x + 20, 615, BRASS, round_by=6)


def potholder(board: Board, ink: Rgb) -> None:
    """A quilted pair with loops."""
    board.shadow(500, GROUND, 300, 24)
    for left, top, shade in ((300, 300, darker(ink, 0.16)), (380, 380, ink)):
        board.line([(left + 30, top + 30), (left - 50, top - 70), (left + 70, top - 40)], darker(shade), 12)
        board.box(left, top, left + 420, top + 440, shade, round_by=52)
        for step in range(1, 6):
            board.line([(left + step * 70, top + 16), (left + step * 70, top + 424)], lighter(shade, 0.16), 5)
            board.line([(left + 16, top + step * 73), (left + 404, top + step * 73)], lighter(shade, 0.16), 5)


def runner(board: Board, ink: Rgb) -> None:
    """Over the edge of a table."""
    board.box(90, 480, 910, 540, WOOD, round_by=12)
    board.box(90, 526, 910, 548, darker(WOOD, 0.2), round_by=10)
    board.box(350, 468, 650, 502, lighter(ink, 0.15), round_by=8)
    board.box(350, 484, 650, 810, ink)
    board.box(590, 484, 650, 810, darker(ink, 0.08))
    for top in (740, 764):
        for step in range(19):
            board.box(358 + step * 15, top, 366 + step * 15, top + 12, lighter(ink, 0.55))
    for side in (150, 820):
        board.box(side, 540, side + 34, GROUND, darker(WOOD, 0.12))


def socks(board: Board, ink: Rgb) -> None:
    """A pair, knitted."""
    board.shadow(540, GROUND, 270, 22)
    for left, shade in ((250, darker(ink, 0.14)), (360, ink)):
        board.blob(
            [(left, 250), (left + 170, 250), (left + 175, 520), (left + 230, 640), (left + 360, 720),
             (left + 370, 815), (left + 200, 828), (left + 40, 740), (left - 5, 560)],
            shade,
        )  # fmt: skip
        board.box(left - 10, 205, left + 182, 320, lighter(shade, 0.12), round_by=20)
        for step in range(8):
            board.line([(left + 8 + step * 22, 220), (left + 8 + step * 22, 304)], darker(shade, 0.12), 6)
        board.ellipse(left + 318, 772, 58, 48, lighter(shade, 0.35))
        board.ellipse(left + 36, 680, 46, 44, lighter(shade, 0.35))


def gloves(board: Board, ink: Rgb) -> None:
    """A pair with long cuffs."""
    for middle, side, shade in ((360, 1, darker(ink, 0.12)), (640, -1, ink)):
        for finger, top in zip((-84, -30, 26, 80), (330, 262, 270, 342), strict=True):
            board.line([(middle + finger * 0.9, 520), (middle + finger, top)], shade, 50)
        board.line([(middle - side * 70, 600), (middle - side * 150, 470)], shade, 48)
        board.box(middle - 112, 450, middle + 112, 680, shade, round_by=60)
        board.box(middle - 96, 640, middle + 96, GROUND, lighter(shade, 0.1), round_by=22)
        for step in range(7):
            board.line(
                [(middle - 78 + step * 26, 660), (middle - 78 + step * 26, 812)], darker(shade, 0.12), 7
            )


def bottle(board: Board, ink: Rgb) -> None:
    """A hot-water bottle in a knitted cover."""
    board.shadow(500, GROUND, 220, 24)
    board.turned(500, [(210, 46), (240, 50), (262, 34), (330, 40)], (176, 78, 66))
    board.blob(
        [(430, 330), (570, 330), (680, 400), (708, 620), (690, 800), (600, 834), (400, 834), (310, 800),
         (292, 620), (320, 400)],
        ink,
    )  # fmt: skip
    for column in range(5):
        x = 372 + column * 64
        for row in range(8):
            y = 430 + row * 48
            board.line([(x - 18, y), (x, y + 22), (x + 18, y)], lighter(ink, 0.22), 9)
    board.box(424, 300, 576, 372, darker(ink, 0.1), round_by=26)


def travel_bag(board: Board, ink: Rgb) -> None:
    """A weekender with a leather base."""
    board.shadow(500, GROUND, 370, 28)
    for offset, leather in ((24, (96, 60, 38)), (0, (132, 84, 52))):
        board.line(
            [(350 + offset, 480), (380, 300), (500, 262), (620, 300), (650 - offset, 480)], leather, 20
        )
    board.box(150, 420, 850, GROUND, ink, round_by=110)
    board.box(150, 690, 850, GROUND, (122, 78, 48), round_by=84)
    board.box(170, 690, 830, 720, (138, 90, 56))
    board.box(150, 440, 330, 690, darker(ink, 0.08), round_by=80)
    board.box(230, 424, 770, 444, lighter(ink, 0.24), round_by=8)
    for x in (340, 640):
        board.box(x, 470, x + 22, 700, (132, 84, 52))
        board.ellipse(x + 11, 500, 15, 15, BRASS)


def wash_bag(board: Board, ink: Rgb) -> None:
    """Waxed cotton with a zip."""
    board.shadow(500, GROUND, 310, 24)
    board.box(200, 440, 800, GROUND, ink, round_by=80)
    board.box(200, 700, 800, GROUND, darker(ink, 0.18), round_by=70)
    board.box(225, 430, 775, 470, darker(ink, 0.34), round_by=18)
    for step in range(26):
        board.box(238 + step * 20, 442, 248 + step * 20, 458, BRASS)
    board.line([(770, 452), (828, 500)], BRASS, 14)
    board.line([(200, 560), (150, 640), (205, 720)], (122, 78, 48), 18)
    board.box(380, 560, 620, 640, lighter(ink, 0.1), round_by=8)


def key_ring(board: Board, ink: Rgb) -> None:
    """A knot of sailor's rope."""
    board.shadow(500, GROUND - 30, 170, 26)
    for x in (500,):
        board.ellipse(x, 250, 92, 92, (150, 154, 158))
        board.ellipse(x, 250, 72, 72, (238, 234, 226))
    for path, shade in (
        ([(500, 330), (400, 420), (420, 560), (560, 600), (640, 500), (560, 420), (440, 470)], ink),
        ([(440, 470), (420, 620), (520, 700), (600, 640), (560, 540), (470, 560)], darker(ink, 0.12)),
        ([(560, 610), (590, 700), (570, 800)], ink),
    ):
        board.line(path, darker(shade, 0.3), 66)
        board.line(path, shade, 56)
        board.line(path, lighter(shade, 0.25), 10)
    board.box(540, 770, 604, 822, BRASS, round_by=10)


TEXTILES = {
    "schuerze": apron, "tuch": towel, "beutel": bag, "kissen": cushion, "muetze": beanie, "schal": scarf,
    "decke": blanket, "tasche": tote, "rucksack": backpack, "topflappen": potholder, "laeufer": runner,
    "socken": socks, "handschuh": gloves, "flasche": bottle, "reisetasche": travel_bag, "kulturtasche": wash_bag,
    "knoten": key_ring,
}  # fmt: skip
