"""What a mail looks like, in every language, whatever values people entered."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from kontor.mail.catalogue import LANGUAGES, SAMPLES
from kontor.mail.rendering import NoSuchMail, render, source


class Tags(HTMLParser):
    """Collects the tags and addresses of a document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "background")]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_mail_says_the_same_in_three_languages(name: str) -> None:
    made = {language: render(name, language, SAMPLES[name]) for language in LANGUAGES}
    assert len({each.subject for each in made.values()}) == 3
    shapes = {language: [block.kind for block in source(name, language).blocks] for language in LANGUAGES}
    assert shapes["de"] == shapes["en"] == shapes["fr"]
    assert source(name, "de").names() == source(name, "en").names() == source(name, "fr").names()
    for each in made.values():
        assert escape(each.subject) in each.html
        if "link" in SAMPLES[name]:
            assert each.text.count(SAMPLES[name]["link"]) == 1
            assert SAMPLES[name]["link"] in Tags(each.html).addresses


@pytest.mark.parametrize("name", SAMPLES)
def test_a_mail_asks_no_other_host_and_runs_nothing(name: str) -> None:
    found = Tags(render(name, "de", SAMPLES[name]).html)
    assert not {"img", "script", "link", "iframe", "form"} & set(found.tags)
    assert set(found.addresses) <= {SAMPLES[name].get("link")}


@given(inviter=st.text(max_size=400), company=st.text(max_size=400))
def test_a_name_stays_a_name(inviter: str, company: str) -> None:
    values = {**SAMPLES["invitation"], "inviter": inviter, "company": company}
    made, plain = render("invitation", "en", values), render("invitation", "en", SAMPLES["invitation"])
    assert "\n" not in made.subject
    assert "\r" not in made.subject
    assert made.text.count("\n") == plain.text.count("\n")
    assert Tags(made.html).tags == Tags(plain.html).tags
    assert Tags(made.html).addresses == Tags(plain.html).addresses


def test_a_value_cannot_become_a_button() -> None:
    values = {**SAMPLES["invitation"], "inviter": "x\n\n[[Click]]\n\n<b>{link}</b>"}
    made = render("invitation", "de", values)
    assert "<b>" not in made.html
    assert made.text.count(values["link"]) == 1


def test_an_unknown_mail_is_said() -> None:
    with pytest.raises(NoSuchMail):
        render("../layout", "de", {})
