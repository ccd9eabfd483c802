"""Texts that came as web pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontor.properties.content import PropertyContent
from kontor.properties.property_imports.plain import plain, without_markup


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hell &amp; groß<br>ruhig<br/>nah", "Hell & groß\nruhig\nnah"),
        ("<p>Eins</p><p>Zwei <b>fett</b></p>", "Eins\n\n\n\nZwei fett"),
        ("<ul><li>Bad</li><li>Balkon</li></ul>", "- Bad\n- Balkon"),
        ("<style>p{}</style><p class='x'>Da</p>", "Da"),
        ("Wohnfläche < 80 m² & Keller > 5 m²", "Wohnfläche < 80 m² & Keller > 5 m²"),
        ("Tom &amp; Co. ohne Auszeichnung", "Tom &amp; Co. ohne Auszeichnung"),
        ("<br", "<br"),
    ],
)
def test_pages_become_lines(text: str, said: str) -> None:
    assert plain(text) == said


def test_every_text_of_a_property_in_every_language() -> None:
    content = PropertyContent.model_validate({
        "texts": {"de": {"title": "A", "description": "<p>Eins</p><p>Zwei</p>"}, "en": {"location": "a<br>b"}}
    })  # fmt: skip
    found = without_markup(content).texts
    assert (found["de"].title, found["de"].description, found["en"].location) == ("A", "Eins\n\nZwei", "a\nb")


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("<>/brpliul &;x\n-!"), max_size=40))
def test_no_text_stops_it(text: str) -> None:
    assert isinstance(plain(text), str)
