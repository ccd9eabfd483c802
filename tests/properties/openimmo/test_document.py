"""A document as leaves: encodings, deviations, hostile input, memory."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from itertools import islice

import pytest

from kontor.properties.openimmo import errors
from kontor.properties.openimmo.document import DEEPEST, EstateSeen, OffererSeen, Seen, TransferSeen, leaves

TEXT = "Grüße für 5 € – größer"


def seen(text: str | bytes) -> list[Seen]:
    return list(leaves(io.BytesIO(text.encode() if isinstance(text, str) else text)))


def estates(body: str | bytes) -> list[EstateSeen]:
    return [each for each in seen(body) if isinstance(each, EstateSeen)]


def wrapped(inner: str) -> str:
    return f"<openimmo><anbieter><immobilie>{inner}</immobilie></anbieter></openimmo>"


def test_leaves_are_paths_and_texts() -> None:
    [estate] = estates(
        wrapped(
            "<geo><ort> Köln </ort><land iso_land='DEU'/><strasse/></geo>"
            "<anhaenge><anhang gruppe='BILD'><format>jpg</format></anhang><anhang><format>png</format></anhang></anhaenge>"
        )
    )
    assert estate.leaves == {
        "geo/ort": "Köln",
        "geo/land@iso_land": "DEU",
        "geo/strasse": "",
        "anhaenge/anhang@gruppe": "BILD",
        "anhaenge/anhang/format": "jpg",
        "anhaenge/anhang[2]/format": "png",
    }


def test_several_offerers_each_with_their_objects() -> None:
    found = seen(
        "<openimmo><uebertragung umfang='TEIL'/>"
        "<anbieter><firma>A</firma><immobilie/><immobilie/><openimmo_anid>late</openimmo_anid></anbieter>"
        "<anbieter><firma>B</firma></anbieter></openimmo>"
    )
    assert found[0] == TransferSeen({"umfang": "TEIL"})
    assert found[1] == OffererSeen(0, {"firma": "A"})
    assert [each.offerer for each in found if isinstance(each, EstateSeen)] == [0, 0]
    assert found[4] == OffererSeen(0, {"firma": "A", "openimmo_anid": "late"})
    assert found[5] == OffererSeen(1, {"firma": "B"})


@pytest.mark.parametrize("prefix", ["", "oi:"])
def test_namespaces_are_taken_off(prefix: str) -> None:
    where = "xmlns:oi" if prefix else "xmlns"
    body = (
        wrapped("<geo><ort xsi:type='x'>Köln</ort></geo>")
        .replace("<", f"<{prefix}")
        .replace(f"<{prefix}/", f"</{prefix}")
    )
    body = body.replace("openimmo>", f"openimmo {where}='http://www.openimmo.de' xmlns:xsi='x'>", 1)
    [estate] = estates(body)
    assert estate.leaves == {"geo/ort": "Köln"}


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("", "utf-8"), ("utf-8", "utf-8"), ("utf-8", "utf-8-sig"), ("utf-16", "utf-16"), ("", "utf-16-le"),
        ("iso-8859-15", "iso-8859-15"), ("windows-1252", "cp1252"), ("iso-8859-1", "cp1252"), ("", "cp1252"),
        ("utf-8", "cp1252"), ("iso-8859-1", "utf-8"),
    ],
)  # fmt: skip
def test_encodings_declared_undeclared_and_wrongly_declared(declared: str, written: str) -> None:
    text = TEXT.replace("–", "-") if written == "iso-8859-15" else TEXT
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    document = declaration + wrapped(f"<freitexte><lage>{text}</lage></freitexte>")
    [estate] = estates(document.encode(written))
    assert estate.leaves == {"freitexte/lage": text}


def test_the_euro_of_iso_8859_15_undeclared() -> None:
    [estate] = estates(wrapped("<preise><freitext_preis>5 €</freitext_preis></preise>").encode("iso-8859-15"))
    assert estate.leaves["preise/freitext_preis"] == "5 €"


def test_what_word_processors_leave_behind() -> None:
    [estate] = estates(wrapped("<freitexte><lage>a\x0bb&nbsp;c &auml; &other;</lage></freitexte>"))
    assert estate.leaves["freitexte/lage"] == "a b\xa0c ä &other;"


@pytest.mark.parametrize("length", range(40, 120, 7))
def test_a_cut_off_file_gives_what_was_whole(length: int) -> None:
    whole = "<openimmo><anbieter><immobilie><geo><ort>A</ort></geo></immobilie>"
    document = whole + "<immobilie><geo><ort>Bonn</ort></geo></immobilie></anbieter></openimmo>"
    stream = leaves(io.BytesIO(document[:length].encode()))
    whole_ones = [{"geo/ort": "A"}] if length >= len(whole) else []
    assert [
        each.leaves for each in islice(stream, 1 + len(whole_ones)) if isinstance(each, EstateSeen)
    ] == whole_ones
    with pytest.raises(errors.NotWellFormed) as refused:
        list(stream)
    assert refused.value.params["line"] == 1


LAUGHS = "<!DOCTYPE openimmo [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>" + wrapped("<geo><ort>&b;</ort></geo>")
FETCHES = "<!DOCTYPE openimmo SYSTEM 'file:///etc/passwd'>" + wrapped("")


@pytest.mark.parametrize(
    ("document", "refusal"),
    [
        (LAUGHS, errors.DeclaresTypes),
        (FETCHES, errors.DeclaresTypes),
        ("<immoxml/>", errors.NotOpenImmo),
        ("<openimmo><anbieter></openimmo>", errors.NotWellFormed),
        ("<openimmo", errors.NotWellFormed),
        ("<?xml version='1.0' encoding='rot13'?><openimmo/>", errors.UnknownEncoding),
        ("<?xml version='1.0' encoding='klingon'?><openimmo/>", errors.UnknownEncoding),
        (wrapped("<a>" * DEEPEST + "</a>" * DEEPEST), errors.TooDeep),
        (f"<openimmo a='{'x' * 40_000_000}'/>", errors.NotWellFormed),
    ],
)
def test_hostile_documents(document: str, refusal: type[errors.DocumentRefused]) -> None:
    with pytest.raises(refusal):
        seen(document)


def test_one_object_beyond_all_measure_is_dropped_and_the_next_is_read() -> None:
    document = (
        "<openimmo><anbieter><immobilie><lage>"
        + "x" * 5_000
        + "</lage></immobilie><immobilie/></anbieter></openimmo>"
    )
    found = [
        each
        for each in leaves(io.BytesIO(document.encode()), largest_estate=1_000)
        if isinstance(each, EstateSeen)
    ]
    assert [(each.is_too_large, dict(each.leaves)) for each in found] == [(True, {}), (False, {})]


class Endless:
    """A document of that many bytes, made while it is read."""

    def __init__(self, size: int) -> None:
        estate = wrapped(
            "<geo><ort>Köln</ort></geo><freitexte><lage>" + "Text " * 800 + "</lage></freitexte>"
        )
        self._estate = estate.split("<anbieter>")[1].split("</anbieter>")[0].encode()
        self._left = size
        self._pieces = self._made()
        self._rest = b""

    def _made(self) -> Iterator[bytes]:
        yield b"<openimmo><anbieter>"
        while self._left > 0:
            self._left -= len(self._estate)
            yield self._estate
        yield b"</anbieter></openimmo>"

    def read(self, size: int, /) -> bytes:
        while len(self._rest) < size and (piece := next(self._pieces, b"")):
            self._rest += piece
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


def test_memory_does_not_grow_with_the_file() -> None:
    peaks = []
    for size in (1_000_000, 20_000_000):
        tracemalloc.start()
        assert sum(1 for _ in leaves(Endless(size))) > size // 5_000
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2 + 100_000
