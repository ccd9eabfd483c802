"""The control page, and an object as its seekers see it."""

from __future__ import annotations

import pytest
from tests.sandbox.is24.agent import Agent, placed


@pytest.mark.parametrize(("accepted", "words"), [("de-DE", "Objekte"), ("en", "Objects"), ("fr-FR", "Biens")])
def test_the_page_speaks_three_languages(agent: Agent, accepted: str, words: str) -> None:
    identifier = agent.insert()
    agent.publish(identifier)
    agent.control("POST", "/enquiries", {"object": identifier})
    page = agent.http.get("/_sandbox/is24/", headers={"accept-language": accepted})
    assert page.status_code == 200
    assert words in page.text
    assert "Helle Wohnung am Hafen" in page.text
    assert "anfragen@hafenblick.example" in page.text
    assert "duplicate_enquiry" in page.text


def test_an_object_is_shown_to_seekers_while_it_is_live(agent: Agent) -> None:
    identifier = agent.insert(elements=placed(descriptionNote="Blick auf &amp; über das Wasser"))
    known_as = f"/_hosts/www.immobilienscout24.de/expose/{identifier}"
    assert agent.http.get(known_as, follow_redirects=True).status_code == 404
    agent.publish(identifier)
    page = agent.http.get(known_as, follow_redirects=True)
    assert page.status_code == 200
    assert "Blick auf &amp; über das Wasser" in page.text
    assert "Elbchaussee 12, 22763 Hamburg" in page.text
    assert agent.http.get("/_sandbox/is24/expose/4711").status_code == 404
