"""Of wood, leather, paper and metal."""

from __future__ import annotations

from kontor.demo.drawing import BRASS, GREEN, GROUND, IRON, WHITE, WOOD, Board, Rgb, darker, lighter

BLADE = (188, 194, 198)
SEA = (92, 128, 146)


def cutting_board(board: Board, ink: Rgb) -> None:
    """Oak, leaning, with a groove."""
    board.shadow(500, GROUND, 250, 24)
    board.box(290, 200, 710, GROUND, darker(WOOD, 0.16), round_by=40)
    board.box(278, 200, 698, GROUND - 6, WOOD, round_by=40)
    for step, width in enumerate((7, 4, 9, 5, 6, 4, 8)):
        x = 312 + step * 56
        board.line([(x, 224), (x + 10, 420), (x - 6, 640), (x + 4, 806)], darker(WOOD, 0.09), width)
    board.ellipse(488, 268, 34, 34, darker(WOOD, 0.3))
    board.ellipse(484, 272, 28, 28, (236, 230, 220))
    for left, top, right, bottom in ((310, 330, 318, 790), (658, 330, 666, 790), (310, 786, 666, 794)):
        board.box(left, top, right, bottom, darker(WOOD, 0.22), round_by=4)


def spoons(board: Board, ink: Rgb) -> None:
    """Three of cherry wood."""
    cherry = (176, 110, 74)
    for x, shade in ((340, cherry), (500, lighter(cherry, 0.12)), (660, darker(cherry, 0.1))):
        board.line([(x, 400), (x, 820)], shade, 34)
        board.ellipse(x, 300, 74, 118, shade)
        board.ellipse(x + 6, 306, 52, 90, darker(shade, 0.14))
    for dx, dy in ((-20, -40), (20, -40), (-20, 20), (20, 20), (0, -10)):
        board.ellipse(666 + dx, 306 + dy, 9, 13, (236, 230, 220))


def stool(board: Board, ink: Rgb) -> None:
    """Three legs, round seat."""
    board.shadow(500, GROUND, 260, 28)
    for top, foot, shade in ((430, 300, 0.1), (570, 700, 0.16), (500, 510, 0.26)):
        board.line([(top, 470), (foot, GROUND - 14)], darker(WOOD, shade), 40, bent=False)
    board.line([(360, 690), (650, 690)], darker(WOOD, 0.22), 22)
    board.turned(500, [(420, 236), (444, 246), (486, 230)], WOOD)
    board.ellipse(500, 420, 240, 44, lighter(WOOD, 0.2))
    for across in (180, 120, 60):
        board.ellipse(500, 420, across, across * 0.18, lighter(WOOD, 0.14 if across % 120 else 0.24))


def hooks(board: Board, ink: Rgb) -> None:
    """Five turned pegs on a rail, one in use."""
    board.box(140, 360, 860, 450, WOOD, round_by=14)
    board.box(140, 430, 860, 452, darker(WOOD, 0.16), round_by=10)
    board.line(
        [(700, 420), (660, 520), (640, 700), (720, 800), (800, 700), (760, 520), (705, 424)],
        (168, 73, 47),
        70,
    )
    for x in (220, 360, 500, 640, 780):
        board.ellipse(x + 8, 424, 34, 34, darker(WOOD, 0.34))
        board.ellipse(x, 410, 34, 34, lighter(WOOD, 0.16))
        board.ellipse(x - 6, 404, 14, 14, lighter(WOOD, 0.36))


def shelf(board: Board, ink: Rgb) -> None:
    """Two boards with a rail, and things on them."""
    for x in (230, 740):
        board.box(x, 220, x + 32, 800, darker(WOOD, 0.14), round_by=8)
    for top in (470, 740):
        board.box(170, top, 830, top + 34, WOOD, round_by=6)
        board.box(170, top + 24, 830, top + 38, darker(WOOD, 0.2), round_by=6)
        board.line([(190, top - 52), (810, top - 52)], BRASS, 10)
    for left, high, colour in (
        (290, 130, (43, 63, 92)),
        (330, 150, (168, 73, 47)),
        (378, 120, (201, 153, 47)),
    ):
        board.box(left, 470 - high, left + 34, 470, colour, round_by=4)
    board.turned(640, [(380, 60), (420, 66), (468, 52)], (185, 192, 194))
    board.turned(360, [(610, 70), (680, 84), (738, 60)], (127, 143, 107))
    board.turned(620, [(650, 90), (690, 86), (738, 52)], (203, 179, 138))


def ship(board: Board, ink: Rgb) -> None:
    """A small tugboat of beech."""
    board.shadow(500, GROUND, 330, 26)
    board.blob(
        [(150, 600), (220, 620), (780, 620), (880, 560), (830, 760), (720, 826), (280, 826), (180, 740)], ink
    )
    board.box(196, 700, 822, 724, lighter(ink, 0.7))
    board.box(330, 450, 640, 625, WHITE, round_by=18)
    for x in (400, 490, 580):
        board.ellipse(x, 530, 30, 30, SEA)
    board.box(310, 420, 662, 456, WOOD, round_by=12)
    board.box(410, 240, 500, 424, (43, 63, 92), round_by=10)
    board.box(410, 290, 500, 326, lighter((201, 153, 47), 0.1))
    board.line([(720, 560), (720, 330)], WOOD, 16)
    board.polygon([(726, 334), (810, 362), (726, 392)], (201, 153, 47))


def frame(board: Board, ink: Rgb) -> None:
    """Oak round a print of the bay."""
    board.box(252, 160, 764, 820, darker(WOOD, 0.3), round_by=6)
    board.box(240, 150, 752, 808, WOOD, round_by=6)
    board.box(276, 186, 716, 772, WHITE)
    _bay(board, 330, 250, 662, 708, (43, 63, 92))


def _bay(board: Board, left: float, top: float, right: float, bottom: float, ink: Rgb) -> None:
    wide, high = right - left, bottom - top
    board.box(left, top, right, bottom, lighter(ink, 0.78))
    board.ellipse(left + wide * 0.68, top + high * 0.26, wide * 0.12, wide * 0.12, (214, 150, 84))
    board.box(left, top + high * 0.55, right, bottom, lighter(ink, 0.36))
    board.box(left, top + high * 0.72, right, bottom, ink)
    board.polygon(
        [(left + wide * 0.3, top + high * 0.62), (left + wide * 0.3, top + high * 0.2),
         (left + wide * 0.58, top + high * 0.62)],
        WHITE,
    )  # fmt: skip
    board.polygon(
        [(left + wide * 0.2, top + high * 0.64), (left + wide * 0.62, top + high * 0.64),
         (left + wide * 0.54, top + high * 0.71), (left + wide * 0.27, top + high * 0.71)],
        darker(ink, 0.2),
    )  # fmt: skip


def poster(board: Board, ink: Rgb) -> None:
    """Pinned to the wall."""
    board.box(262, 130, 754, 836, (206, 200, 190))
    board.box(250, 120, 742, 826, WHITE)
    if ink[0] > ink[2]:
        _lighthouse(board, ink)
    else:
        _bay(board, 290, 160, 702, 720, ink)
    board.box(360, 756, 632, 772, darker(WHITE, 0.5), round_by=6)
    board.box(430, 786, 562, 796, darker(WHITE, 0.3), round_by=5)
    for x in (300, 692):
        board.ellipse(x, 138, 9, 9, BRASS)


def _lighthouse(board: Board, ink: Rgb) -> None:
    board.box(290, 160, 702, 720, (231, 219, 196))
    board.polygon([(500, 290), (702, 210), (702, 330)], (246, 232, 180))
    board.polygon([(290, 620), (702, 570), (702, 720), (290, 720)], (92, 128, 146))
    board.polygon([(452, 330), (548, 330), (574, 640), (426, 640)], WHITE)
    for top in (380, 480, 580):
        grow = (top - 330) * 0.08
        board.polygon(
            [(452 - grow, top), (548 + grow, top), (552 + grow, top + 50), (448 - grow, top + 50)], ink
        )
    board.box(456, 270, 544, 334, darker(ink, 0.3), round_by=6)
    board.polygon([(444, 272), (556, 272), (500, 226)], darker(ink, 0.2))


def table_lamp(board: Board, ink: Rgb) -> None:
    """Turned foot, linen shade."""
    board.shadow(500, GROUND, 200, 26)
    board.turned(500, [(460, 20), (560, 46), (640, 26), (740, 70), (800, 130), (GROUND, 150)], WOOD)
    shade = [(370, 180), (630, 180), (730, 470), (270, 470)]
    board.polygon(shade, lighter(ink, 0.4))
    board.polygon([(560, 180), (630, 180), (730, 470), (620, 470)], lighter(ink, 0.16))
    board.polygon([(400, 180), (450, 180), (400, 470), (330, 470)], lighter(ink, 0.62))
    board.polygon([(276, 452), (724, 452), (730, 470), (270, 470)], darker(ink, 0.08))


def pendant_lamp(board: Board, ink: Rgb) -> None:
    """Enamelled steel on a long cable."""
    board.line([(500, -400), (500, 330)], IRON, 8)
    board.turned(500, [(316, 26), (350, 36), (372, 40)], BRASS)
    board.turned(500, [(370, 60), (420, 150), (520, 240), (640, 290)], ink, shine=0.4)
    board.ellipse(500, 640, 290, 40, lighter(ink, 0.6))
    board.ellipse(500, 644, 250, 30, (252, 240, 208))
    board.ellipse(500, 650, 60, 38, (255, 250, 232))


def belt(board: Board, ink: Rgb) -> None:
    """Rolled, with a brass buckle."""
    board.shadow(500, GROUND - 6, 290, 24)
    for across, shade in ((240, 0.2), (204, 0.08), (160, 0.24), (124, 0.1), (84, 0.3)):
        board.ellipse(480, 560, across, across * 0.98, darker(ink, shade))
    board.ellipse(480, 560, 48, 46, (236, 230, 220))
    board.box(476, 760, 850, 830, ink, round_by=14)
    board.box(476, 768, 850, 776, lighter(ink, 0.2), round_by=4)
    for x in (560, 610, 660):
        board.ellipse(x, 796, 8, 8, darker(ink, 0.6))
    board.box(770, 738, 900, 850, BRASS, round_by=20)
    board.box(796, 764, 874, 824, (236, 230, 220), round_by=10)
    board.line([(790, 794), (884, 794)], darker(BRASS, 0.1), 12)


def wallet(board: Board, ink: Rgb) -> None:
    """Leather with cards."""
    board.shadow(500, GROUND, 300, 24)
    for step, colour in enumerate(((92, 128, 146), (201, 153, 47), (127, 143, 107))):
        board.box(290 + step * 24, 360 + step * 40, 700 + step * 10, 640, colour, round_by=22)
    board.box(230, 480, 770, GROUND, darker(ink, 0.14), round_by=36)
    board.box(222, 496, 760, GROUND - 8, ink, round_by=36)
    for step in range(24):
        board.box(250 + step * 20.5, 514, 262 + step * 20.5, 519, lighter(ink, 0.4), round_by=2)
    board.ellipse(700, 660, 22, 22, BRASS)


def notebook(board: Board, ink: Rgb) -> None:
    """Linen cover, ribbon, elastic."""
    board.shadow(500, GROUND, 250, 24)
    board.box(304, 196, 730, GROUND, (232, 224, 206), round_by=10)
    for step in range(4):
        board.box(716, 210 + step * 4, 724, 820, darker((232, 224, 206), 0.1))
    board.box(284, 184, 706, GROUND - 6, ink, round_by=14)
    board.box(284, 184, 344, GROUND - 6, darker(ink, 0.22), round_by=14)
    board.box(640, 184, 656, GROUND - 6, darker(ink, 0.4))
    board.box(420, 300, 580, 390, WHITE, round_by=8)
    for top, half in ((328, 54), (352, 36)):
        board.box(500 - half, top, 500 + half, top + 9, darker(WHITE, 0.4), round_by=4)
    board.line([(400, 820), (396, 880), (410, 910)], (168, 73, 47), 12)


def calendar(board: Board, ink: Rgb) -> None:
    """A linocut above the days."""
    board.box(232, 140, 776, 836, (208, 202, 192))
    board.box(224, 130, 768, 826, WHITE)
    for step in range(20):
        board.ellipse(250 + step * 25.8, 134, 6, 10, IRON)
    _bay(board, 254, 170, 738, 520, ink)
    for row in range(5):
        for column in range(7):
            colour = (168, 73, 47) if column == 6 else darker(WHITE, 0.45)
            board.box(
                268 + column * 68, 566 + row * 50, 298 + column * 68, 578 + row * 50, colour, round_by=5
            )


def letters(board: Board, ink: Rgb) -> None:
    """Paper and lined envelopes."""
    board.shadow(520, GROUND, 330, 24)
    board.box(250, 240, 640, 780, (214, 206, 190), round_by=6)
    board.box(240, 230, 630, 770, WHITE, round_by=6)
    for row in range(7):
        board.box(290, 320 + row * 44, 580 - (row % 3) * 50, 326 + row * 44, darker(WHITE, 0.24), round_by=3)
    board.box(380, 520, 850, GROUND, (239, 230, 210), round_by=10)
    board.polygon([(380, 526), (850, 526), (615, 700)], (43, 63, 92))
    board.polygon([(392, 520), (838, 520), (615, 676)], (226, 214, 190))
    board.ellipse(615, 670, 42, 42, (168, 73, 47))
    board.ellipse(615, 670, 26, 26, darker((168, 73, 47), 0.16))


def pen(board: Board, ink: Rgb) -> None:
    """A fountain pen on a sheet."""
    board.box(170, 330, 830, 800, WHITE, round_by=8)
    board.line([(230, 660), (300, 600), (340, 680), (410, 610), (470, 670), (540, 640)], (43, 63, 92), 9)
    board.line([(520, 600), (860, 260)], darker(ink, 0.3), 62, bent=False)
    board.line([(510, 592), (852, 250)], ink, 54, bent=False)
    board.line([(560, 530), (840, 250)], lighter(ink, 0.4), 9, bent=False)
    board.line([(610, 490), (640, 520)], BRASS, 16, bent=False)
    board.polygon([(540, 560), (560, 592), (444, 690)], BRASS)
    board.line([(470, 666), (520, 612)], darker(BRASS, 0.4), 4, bent=False)


def knife(board: Board, ink: Rgb) -> None:
    """On a board, with a sprig."""
    board.box(120, 420, 880, 720, darker(WOOD, 0.12), round_by=34)
    board.box(120, 410, 880, 700, WOOD, round_by=34)
    board.polygon([(200, 590), (620, 500), (620, 592), (420, 622)], BLADE)
    board.polygon([(200, 590), (620, 560), (620, 592), (420, 622)], lighter(BLADE, 0.4))
    board.line([(640, 545), (820, 545)], darker((92, 66, 48), 0.1), 66)
    board.line([(640, 530), (810, 530)], (122, 90, 66), 10)
    for x in (680, 730, 780):
        board.ellipse(x, 546, 9, 9, BRASS)
    for step in range(5):
        board.ellipse(250 + step * 26, 480 - step * 6, 20, 12, GREEN)


THINGS = {
    "brett": cutting_board, "loeffel": spoons, "hocker": stool, "haken": hooks, "regal": shelf, "schiff": ship,
    "rahmen": frame, "poster": poster, "lampe": table_lamp, "haengelampe": pendant_lamp, "guertel": belt,
    "boerse": wallet, "buch": notebook, "kalender": calendar, "brief": letters, "stift": pen, "messer": knife,
}  # fmt: skip
