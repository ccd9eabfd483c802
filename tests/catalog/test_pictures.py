"""What becomes of a picture file: judged by its content, cleaned, made in the sizes that are needed."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from kontor.catalog import pictures
from kontor.catalog.pictures import NotAPicture, Rendition, TooLargeDimensions, TooManyBytes


def picture(
    size: tuple[int, int] = (1200, 900), mode: str = "RGB", kind: str = "JPEG", **options: Any
) -> bytes:
    """A picture file with some structure in it."""
    out = io.BytesIO()
    base = Image.linear_gradient("L").resize(size)
    (base if mode == "L" else base.convert("RGB").convert(mode)).save(out, kind, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(content))
    found.load()
    return found


def renditions(content: bytes) -> dict[str, Rendition]:
    """All four of a picture, as the store makes them."""
    kept = pictures.cleaned(content)
    made = {name: pictures.smaller(kept.original.content, name) for name in pictures.EDGES}
    assert (made["channel_1600"].width, made["channel_1600"].height) == kept.channel_size
    return {
        "original": kept.original,
        **made,
        **({"channel_1600": kept.original} if kept.fits_channels else {}),
    }


def test_position_camera_and_comments_are_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 52.0, 10.0)})
    content = picture(exif=exif, comment=b"SecretComment")
    assert opened(content).getexif().get_ifd(0x8825)
    made = renditions(content)
    for rendition in made.values():
        assert not opened(rendition.content).getexif()
        assert b"Secret" not in rendition.content
        assert b"Exif" not in rendition.content
    assert (made["original"].width, made["original"].height) == (900, 1200)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "JPEG"])
def test_exif_of_other_formats_is_gone_too(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    for rendition in renditions(picture(kind=kind, exif=exif)).values():
        assert b"SecretCamera" not in rendition.content


def test_renditions_have_the_sizes_they_are_named_for() -> None:
    made = renditions(picture((3000, 2000)))
    sizes = {name: (each.width, each.height) for name, each in made.items()}
    assert sizes == {
        "original": (3000, 2000), "channel_1600": (1600, 1067), "thumb_320": (320, 213), "thumb_96": (96, 64),
    }  # fmt: skip
    for each in made.values():
        assert opened(each.content).size == (each.width, each.height)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_a_jpeg_for_channels(mode: str) -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").convert(mode).save(out, "PNG")
    made = renditions(out.getvalue())
    assert opened(made["channel_1600"].content).mode == "RGB"
    assert made["channel_1600"].content_type == "image/jpeg"


def test_what_is_transparent_turns_white_and_not_black() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (600, 600), (0, 0, 0, 0)).save(out, "PNG")
    channel = opened(renditions(out.getvalue())["channel_1600"].content)
    assert channel.getpixel((300, 300)) == (255, 255, 255)


def test_only_the_first_frame_of_an_animation_is_kept() -> None:
    frames = [Image.new("P", (50, 50), number) for number in range(3)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert getattr(opened(renditions(out.getvalue())["original"].content), "n_frames", 1) == 1


def test_a_phones_two_pictures_in_one_file_become_the_first() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (400, 300), colour) for colour in ("red", "blue")]
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:])
    made = renditions(out.getvalue())
    original = opened(made["original"].content)
    assert (original.format, original.size) == ("JPEG", (400, 300))
    assert len(made["original"].content) < len(out.getvalue())


def test_cmyk_and_gif_and_avif_are_taken() -> None:
    for mode, kind in (("CMYK", "JPEG"), ("P", "GIF"), ("RGB", "AVIF"), ("RGB", "BMP")):
        assert renditions(picture(mode=mode, kind=kind))["channel_1600"].content_type == "image/jpeg"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html><html><body>404 Not Found</body></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
        b"\xff\xd8\xff\xe0" + b"x" * 300,
        b"%PDF-1.7 ",
        picture()[:4000],
        picture(kind="PNG")[:2000],
    ],
)
def test_what_is_no_whole_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPicture) as refused:
        pictures.cleaned(content)
    assert refused.value.code == "media.not_a_picture"


def test_twenty_thousand_pixels_are_refused_before_they_are_decoded() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(TooLargeDimensions) as refused:
        pictures.cleaned(out.getvalue())
    assert refused.value.code == "media.too_large_dimensions"


def test_a_long_strip_is_refused_for_its_edge() -> None:
    with pytest.raises(TooLargeDimensions) as refused:
        pictures.cleaned(picture((12_500, 10), kind="PNG"))
    assert refused.value.params["width"] == 12_500


def test_a_huge_file_is_refused_unread() -> None:
    with pytest.raises(TooManyBytes):
        pictures.cleaned(b"\xff\xd8" + bytes(pictures.MOST_BYTES))
