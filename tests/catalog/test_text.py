"""Text and HTML as they are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.catalog import text


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p onclick='steal()'>Leinen</p>", "<p>Leinen</p>"),
        ("<script>alert(1)</script>Gut", "Gut"),
        ("<style>p{}</style><p>Gut</p>", "<p>Gut</p>"),
        ("<a href='javascript:x'>hier</a>", "hier"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<iframe src='https://x.example'>x</iframe>Rest", "Rest"),
        ("<p style='background:url(javascript:x)'>a</p>", "<p>a</p>"),
        ("<ul><li>eins<li>zwei</ul>", "<ul><li>eins</li><li>zwei</li></ul>"),
        ("<h1>Titel</h1>", "Titel"),
        ("<svg><script>alert(1)</script></svg>ok", "ok"),
        ("Zeile 1\nZeile 2\n\nAbsatz", "<p>Zeile 1<br>Zeile 2</p><p>Absatz</p>"),
    ],
)
def test_html_keeps_layout_and_nothing_that_runs_or_leads_away(dirty: str, clean: str) -> None:
    assert text.html(dirty) == clean


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_more(dirty: str) -> None:
    once = text.html(f"<p>{dirty}</p>")
    assert text.html(once) == once
    assert "\x00" not in once
    assert "<script" not in once.lower()


@given(st.text(max_size=80))
def test_a_line_is_one_line(raw: str) -> None:
    found = text.line(raw)
    assert found == text.line(found) == found.strip()
    assert not {"\n", "\t", "\x00"} & set(found)


def test_spellings_that_are_one_brand_have_one_key() -> None:
    assert len({text.fold(name) for name in ("Größe", "GROSSE ", "grosse", "GRÖSSE")}) == 1
