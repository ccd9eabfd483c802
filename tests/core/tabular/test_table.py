"""What a merchant's file looks like, and what `open_table` makes of it."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.core.tabular import (
    Record,
    RefusedRecord,
    RowError,
    Table,
    TabularError,
    open_table,
    write_refused,
)


def table_of(content: bytes | str) -> Table:
    return open_table(io.BytesIO(content.encode() if isinstance(content, str) else content))


def cells(table: Table) -> list[list[str]]:
    return [list(record.cells) for record in table.records() if isinstance(record, Record)]


def refusals(table: Table) -> list[tuple[int, str]]:
    return [(r.number, r.problem.code) for r in table.records() if isinstance(r, RefusedRecord)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_reads_every_usual_way_of_writing_a_table(delimiter: str, encoding: str, line_end: str) -> None:
    rows = [["Artikelnummer", "Größe", "Preis"], ["A1", "groß", "1"], ["Ä2", "“klein”", "2"]]
    table = table_of(line_end.join(delimiter.join(row) for row in rows).encode(encoding))
    assert table.heading == ("Artikelnummer", "Größe", "Preis")
    assert cells(table) == rows[1:]


def test_utf16_big_endian_with_its_mark() -> None:
    assert cells(table_of(b"\xfe\xff" + "a;b\n1;ü\n".encode("utf-16-be"))) == [["1", "ü"]]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Nr;Name;Preis, brutto\n1;Tasse, blau, groß;1,20\n2;Teller, weiß;2,30\n", ";"),
        ("Nr;Preis, netto;Preis, brutto\n1;1,20;1,40\n2;2,30;2,50\n", ";"),
        ("sku,images,text\n1,a|b|c|d,x;y;z\n2,a|b,x;y\n", ","),
        ("sku|title|size\n1|a, b|x,y\n2|c, d|z,y\n", "|"),
        ('sku\ttitle\n1\t"a, b; c\td"\n', "\t"),
        ("sep=;\nsku;title\n1;a,b\n", ";"),
        ('sku, title, note\n1, "a, b", c\n2, "d", e\n', ","),
    ],
)
def test_the_delimiter_is_what_the_records_agree_on(text: str, delimiter: str) -> None:
    table = table_of(text)
    assert table.dialect.delimiter == delimiter
    assert not refusals(table)
    assert all(len(row) == len(table.heading) for row in cells(table))


def test_numbers_count_records_and_not_lines() -> None:
    table = table_of('a,b\n1,"two\nlines\n\nand more"\n\n3,x\n,\n4,y\n')
    assert [(r.number, list(r.cells)) for r in table.records()] == [
        (2, ["1", "two\nlines\n\nand more"]),
        (4, ["3", "x"]),
        (6, ["4", "y"]),
    ]


def test_a_late_umlaut_still_decides_the_encoding() -> None:
    body = b"a;b\n" + b"x;y\n" * 200_000 + "z;größer\n".encode("cp1252")
    table = table_of(body)
    assert table.encoding.codec == "cp1252"
    assert cells(table)[-1] == ["z", "größer"]


def test_a_few_odd_bytes_do_not_spoil_a_utf8_file() -> None:
    table = table_of("a;b\n1;größer\n".encode() + b"2;gr\xf6\xdfer\n" + "3;süß\n4;Öl\n5;Äpfel\n".encode() * 3)
    assert refusals(table) == [(3, "tabular.encoding")]
    assert cells(table)[:2] == [["1", "größer"], ["3", "süß"]]


@pytest.mark.parametrize(
    ("content", "code", "kind"),
    [
        (b"", "tabular.empty", None),
        (b"\xef\xbb\xbf \r\n", "tabular.empty", None),
        (b"a;b\n", "tabular.no_records", None),
        (b"a;b\n\n;\n", "tabular.no_records", None),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "tabular.not_a_table", "png"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0[Content_Types].xml", "tabular.not_a_table", "xlsx"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0readme.txt", "tabular.not_a_table", "zip"),
        (b"%PDF-1.7\n", "tabular.not_a_table", "pdf"),
        (b"<!DOCTYPE html><html>", "tabular.not_a_table", "html"),
        (b'{"a": 1}', "tabular.not_a_table", "json"),
        (bytes(range(256)) * 20, "tabular.not_a_table", "binary"),
        (b'"a;b\n1;2\n', "tabular.heading", None),
        (b";;;\n1;2;3;4\n", "tabular.heading", None),
        (b"x" * 200_000 + b"\n1\n", "tabular.heading", None),
        (b",".join(b"c%d" % i for i in range(2000)) + b"\n1\n", "tabular.too_many_columns", None),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content: bytes, code: str, kind: str | None) -> None:
    with pytest.raises(TabularError) as refusal:
        table_of(content)
    assert refusal.value.code == code
    assert refusal.value.params.get("kind") == kind


def test_two_columns_of_one_name_are_a_warning() -> None:
    (warning,) = table_of("sku,Farbe,Farbe\n1,rot,blau\n").warnings
    assert (warning.code, warning.params["name"]) == ("tabular.heading_duplicate", "Farbe")


class TestBrokenRecords:
    def test_a_quote_inside_a_quoted_cell_costs_only_its_row(self) -> None:
        table = table_of('sku;title;price\n1;"Monitor 24" wide";5\n2;"Mouse";6\n')
        assert refusals(table) == [(2, "tabular.quote")]
        assert cells(table) == [["2", "Mouse", "6"]]

    def test_an_inch_sign_in_a_bare_cell_is_text(self) -> None:
        assert cells(table_of('sku;title;price\n1;Monitor 24";5\n')) == [["1", 'Monitor 24"', "5"]]

    @pytest.mark.parametrize("following", ['2;"Mouse";6\n3;Key;7\n', "2;Mouse;6\n3;Key;7\n"])
    def test_an_unclosed_quote_does_not_swallow_the_rows_below(self, following: str) -> None:
        table = table_of('sku;title;price\n1;"Monitor;5\n' + following)
        assert refusals(table) == [(2, "tabular.quote")]
        assert cells(table) == [["2", "Mouse", "6"], ["3", "Key", "7"]]

    def test_neighbours_that_are_both_broken_are_two_refusals(self) -> None:
        table = table_of('sku;title;price\n1;"a" b";5\n2;"c" d";6\n3;"e;7\n4;"f;8\n5;g;9\n')
        assert refusals(table) == [(number, "tabular.quote") for number in (2, 3, 4, 5)]
        assert [(r.number, r.cells[0]) for r in table.records() if isinstance(r, Record)] == [(6, "5")]

    def test_the_lines_of_a_broken_cell_belong_to_it(self) -> None:
        table = table_of('sku;title;price\n1;"a 3" b\nmore; text\nend";5\n2;c;6\n')
        assert refusals(table) == [(2, "tabular.quote")]
        assert [(r.number, r.cells[0]) for r in table.records() if isinstance(r, Record)] == [(3, "2")]

    def test_too_few_and_too_many_cells(self) -> None:
        table = table_of("sku;title;price\n1;a\n2;b;3;4\n3;c;4;;\n4;d;5\n")
        assert refusals(table) == [(2, "tabular.cells"), (3, "tabular.cells")]
        assert cells(table) == [["3", "c", "4"], ["4", "d", "5"]]

    def test_a_writer_that_drops_trailing_blanks_is_understood(self) -> None:
        table = table_of("sku;title;note\n" + "1;a;x\n2;b\n" * 10)
        assert not refusals(table)
        assert cells(table)[1] == ["2", "b", ""]

    def test_nul_bytes(self) -> None:
        table = table_of(b"sku;title\n1;a\0b\n2;c\n")
        assert refusals(table) == [(2, "tabular.nul")]
        assert cells(table) == [["2", "c"]]

    def test_a_hundred_megabyte_line_is_refused_in_flat_memory(self) -> None:
        class Endless(io.RawIOBase):
            """`head`, then `size` bytes of x, then `tail`; never in memory at once."""

            def __init__(self, head: bytes, size: int, tail: bytes) -> None:
                super().__init__()
                self.head, self.size, self.tail, self.position = head, size, tail, 0

            def seek(self, offset: int, whence: int = 0) -> int:
                self.position = offset
                return offset

            def read(self, size: int = -1) -> bytes:
                start, body_end = self.position, len(self.head) + self.size
                if start < len(self.head):
                    data = self.head[start : start + size]
                elif start < body_end:
                    data = b"x" * min(size, body_end - start)
                else:
                    data = self.tail[start - body_end : start - body_end + size]
                self.position += len(data)
                return data

        source = Endless(b"sku,title\n1,ok\n2,", 100 << 20, b"\n3,fine\n")
        tracemalloc.start()
        table = open_table(source)  # type: ignore[arg-type]
        assert refusals(table) == [(3, "tabular.record_too_long")]
        assert cells(table) == [["1", "ok"], ["3", "fine"]]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 32 << 20

    def test_a_file_of_nothing_but_broken_quotes_is_given_up_before_it_costs_much(self) -> None:
        table = table_of("a;b\n" + 'x";"y\n' * 400_000)
        with pytest.raises(TabularError) as error:
            list(table.records())
        assert error.value.code == "tabular.quotes_hopeless"


class TestRefusedRows:
    def write(self, table: Table, errors: dict[int, RowError]) -> bytes:
        target = io.BytesIO()
        assert write_refused(target, table, errors) == len(errors)
        return target.getvalue()

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
    def test_keeps_delimiter_and_encoding_and_says_what_is_wrong(self, encoding: str) -> None:
        table = table_of('sku;Größe\n1;groß\n2;k;lein\n3;"mittel"\n'.encode(encoding))
        written = self.write(table, {2: RowError("Größe", "zu groß"), 3: RowError("", "cells")})
        again = table_of(written)
        assert again.encoding.codec == table.encoding.codec
        assert again.heading == ("sku", "Größe", "kontor_error_column", "kontor_error")
        assert cells(again)[0] == ["1", "groß", "Größe", "zu groß"]

    def test_formulas_are_disarmed_and_come_back_whole(self) -> None:
        evil = ['=HYPERLINK("http://x";"y")', "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "\tx"]
        body = "sku;title\n" + "".join(
            f'{i};"{cell.replace(chr(34), chr(34) * 2)}"\n' for i, cell in enumerate(evil)
        )
        table = table_of(body)
        written = self.write(table, {number: RowError("title", "no") for number in range(2, 7)})
        for line in written.decode().splitlines()[1:]:
            assert line.split(";", 1)[1].lstrip('"')[0] == "'"
        assert [row[1] for row in cells(table_of(written))] == evil

    def test_numbers_stay_numbers(self) -> None:
        written = self.write(table_of("sku;stock\n1;-5\n"), {2: RowError("stock", "negative")})
        assert b"1;-5;stock" in written

    def test_mending_twice_does_not_grow_columns(self) -> None:
        table = table_of(self.write(table_of("sku;stock\n1;-5\n"), {2: RowError("stock", "negative")}))
        again = table_of(self.write(table, {2: RowError("stock", "still")}))
        assert again.heading == ("sku", "stock", "kontor_error_column", "kontor_error")


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whatever_a_csv_writer_writes_is_read_back(
    rows: Sequence[tuple[str, str, str]], delimiter: str, encoding: str
) -> None:
    text = delimiter.join(("first", "second", "third")) + "\r\n"
    text += "".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows
    )
    if not any(any(row) for row in rows):
        return
    table = table_of(text.encode(encoding))
    assert not refusals(table)
    assert cells(table) == [list(row) for row in rows if any(row)]


@given(st.binary(max_size=300))
def test_no_bytes_whatever_bring_anything_but_records_or_a_typed_error(content: bytes) -> None:
    try:
        records = list(table_of(b"a;b;c\n" + content).records())
    except TabularError:
        return
    numbers = [record.number for record in records]
    assert numbers == sorted(set(numbers))
    assert all(len(record.cells) == 3 for record in records)


@pytest.mark.parametrize(
    "above",
    [
        "Artikelexport vom 20.11.2026\n",
        "Artikelexport vom 20.11.2026;;;;\n;;;;\n",
        "Lager Nord, alles\n\nStand:;20.11.2026\n",
    ],
)
def test_a_report_s_title_may_stand_above_the_heading(above: str) -> None:
    rows = "".join(f"A{n};Tasse;9,90;3;Rot\n" for n in range(4))
    table = open_table(io.BytesIO(f"{above}SKU;Titel;Preis;Menge;Farbe\n{rows}".encode()))
    assert table.heading == ("SKU", "Titel", "Preis", "Menge", "Farbe")
    assert [record.number for record in table.records()] == [2, 3, 4, 5]


def test_one_row_with_too_many_cells_makes_no_title_of_the_heading() -> None:
    table = open_table(io.BytesIO(b"SKU;Titel;Preis\nA;Tasse;9\nB;Tasse;9;1;2;3;4;5;6\nC;Tasse;9\n"))
    assert table.heading == ("SKU", "Titel", "Preis")
