"""What an office may send as an archive, and what is refused before anything of it is opened."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable

import pytest

from kontor.properties.openimmo import errors
from kontor.properties.openimmo.package import BARE, Limits, Package, open_package

DOCUMENT = b"<openimmo/>"
SMALL = Limits(files=5, total_bytes=100_000, document_bytes=50_000, media_bytes=50_000, harmless_bytes=1_000)


def packed(*files: tuple[str | zipfile.ZipInfo, bytes]) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return target


def opened(*files: tuple[str | zipfile.ZipInfo, bytes]) -> Package:
    return open_package(packed(*files))


def test_one_document_and_its_pictures() -> None:
    with opened(("objects.xml", DOCUMENT), ("front.jpg", b"picture")) as package:
        assert package.documents == ("objects.xml",)
        assert package.open("objects.xml").read(100) == DOCUMENT
        entry = package.find("front.jpg")
        assert entry is not None
        assert package.read(entry) == b"picture"


def test_a_document_without_an_archive() -> None:
    with open_package(io.BytesIO(b"\xef\xbb\xbf" + DOCUMENT)) as package:
        assert package.documents == (BARE,)
        assert package.open(BARE).read(100).endswith(DOCUMENT)
        assert package.media == ()


def test_documents_nearest_to_the_root_come_first() -> None:
    files = (("b/deep.xml", DOCUMENT), ("Z.XML", DOCUMENT), ("a.xml", DOCUMENT))
    assert opened(*files).documents == ("Z.XML", "a.xml", "b/deep.xml")


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("front.jpg", "pics/Front.JPG"),
        ("FRONT.JPG", "pics/Front.JPG"),
        ("./pics/front.jpg", "pics/Front.JPG"),
        ("pics\\Front.JPG", "pics/Front.JPG"),
        ("plan.pdf", "export/plan.pdf"),
        ("same.jpg", None),  # two files have that name
        ("1/same.jpg", "1/same.jpg"),
        ("missing.jpg", None),
        ("https://example.com/front.jpg", None),
    ],
)
def test_a_file_is_found_as_people_name_it(reference: str, found: str | None) -> None:
    package = opened(
        ("export/objects.xml", DOCUMENT), ("pics/Front.JPG", b"1"), ("export/plan.pdf", b"2"),
        ("1/same.jpg", b"3"), ("2/same.jpg", b"4"),
    )  # fmt: skip
    entry = package.find(reference, beside="export/objects.xml")
    assert (entry and entry.path) == found


def test_a_name_in_the_code_page_of_windows() -> None:
    archive = packed(("objects.xml", DOCUMENT), ("K_che.jpg", b"kitchen")).getvalue()
    package = open_package(io.BytesIO(archive.replace(b"K_che.jpg", b"K\xfcche.jpg")))
    assert package.find("Küche.jpg") is not None


def test_litter_is_overlooked() -> None:
    package = opened(
        ("objects.xml", DOCUMENT), ("__MACOSX/._objects.xml", b"junk"), ("a/Thumbs.db", b"junk"), ("a/", b"")
    )
    assert package.documents == ("objects.xml",)
    assert package.media == ()


def _link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("passwords.jpg")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def _encrypted() -> bytes:
    content = bytearray(packed(("objects.xml", DOCUMENT)).getvalue())
    content[6] |= 1  # the flags of the file's own header
    content[content.index(b"PK\x01\x02") + 8] |= 1  # and of its line in the directory
    return bytes(content)


def _shared_bytes() -> bytes:
    """Two lines of the directory that name the same bytes of the archive."""
    content = packed(("objects.xml", bytes(range(256)) * 40)).getvalue()
    start, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    line, tail = content[start:end], bytearray(content[end:])
    size = len(line) * 20
    tail[8:12] = (20).to_bytes(2, "little") * 2
    tail[12:16] = size.to_bytes(4, "little")
    return content[:start] + line * 20 + bytes(tail)


def _bzip2() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("objects.xml", DOCUMENT)
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: b"", errors.EmptyPackage),
        (lambda: b"%PDF-1.7", errors.NotAPackage),
        (lambda: b"PK\x03\x04 and then nothing", errors.Damaged),
        (lambda: packed(("readme.txt", b"hello")).getvalue(), errors.NoDocument),
        (_encrypted, errors.Encrypted),
        (_bzip2, errors.UnknownCompression),
        (lambda: packed(("../../etc/x.xml", DOCUMENT)).getvalue(), errors.UnsafeName),
        (lambda: packed(("/etc/x.xml", DOCUMENT)).getvalue(), errors.UnsafeName),
        (lambda: packed(("C:\\x.xml", DOCUMENT)).getvalue(), errors.UnsafeName),
        (lambda: packed(("a\\..\\..\\x.xml", DOCUMENT)).getvalue(), errors.UnsafeName),
        (lambda: packed(("x\n.xml", DOCUMENT)).getvalue(), errors.UnsafeName),
        (lambda: packed(("a.xml", DOCUMENT), (_link(), b"/etc/passwd")).getvalue(), errors.LinkInside),
        (lambda: packed(*((f"{n}.xml", DOCUMENT) for n in range(6))).getvalue(), errors.TooManyFiles),
        (lambda: packed(("a.xml", bytes(20_000))).getvalue(), errors.Bomb),
        (_shared_bytes, errors.PackageTooLarge),
        (lambda: packed(("a.xml", bytes(60_000))).getvalue(), errors.PackageTooLarge),
        (lambda: packed(*((f"{n}.jpg", bytes(40_000)) for n in range(3))).getvalue(), errors.PackageTooLarge),
    ],
)  # fmt: skip
def test_refusals_say_why(make: Callable[[], bytes], refusal: type[errors.PackageRefused]) -> None:
    limits = SMALL if make is not _shared_bytes else Limits(total_bytes=100_000)
    with pytest.raises(refusal) as refused:
        open_package(io.BytesIO(make()), limits)
    assert refused.value.code.startswith("openimmo.")


def test_files_that_share_their_bytes_are_a_bomb() -> None:
    with pytest.raises(errors.Bomb):
        open_package(io.BytesIO(_shared_bytes()))


def test_an_archive_that_lies_about_a_file_is_damaged() -> None:
    content = packed(("objects.xml", DOCUMENT * 100)).getvalue()
    flipped = content.replace(
        zipfile.ZipFile(io.BytesIO(content)).infolist()[0].CRC.to_bytes(4, "little"), b"\1\2\3\4"
    )
    with open_package(io.BytesIO(flipped)) as package, pytest.raises(errors.Damaged) as refused:
        package.open("objects.xml").read(10_000)
    assert refused.value.params["name"] == "objects.xml"
