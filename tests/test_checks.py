"""`kontor check` looks at the database too: who it is entered as, and who else could enter."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kontor import checks
from kontor.core.config import settings


@contextmanager
def entered_at(address: str) -> Iterator[None]:
    """Django's default connection at another address."""
    from django.db import connection, connections

    from kontor.settings import database

    kept = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(database(address, pool=0))
    connection.settings_dict["OPTIONS"].pop("pool", None)
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(kept)


def test_nothing_is_wrong_here(db: None) -> None:
    assert checks.problems() == []


def test_the_owner_may_not_serve(db: None) -> None:
    with entered_at(os.environ["DATABASE_OWNER_URL"]):
        said = checks.dangers()
    assert len(said) == 1
    assert "owns" in said[0]
    assert "use kontor_app" in said[0]


@pytest.mark.parametrize("environment", ["production", "demo"])
def test_a_demos_people_are_no_ones_in_production(
    db: None, environment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kontor.accounts.models import Person

    Person.objects.create(email="demo@kontor.localhost", password="!")
    Person.objects.create(email="gone@kontor.localhost", password="!", is_active=False)
    Person.objects.create(email="rike@localhost.example", password="!")
    monkeypatch.setattr(settings(), "environment", environment)
    said = checks.dangers()
    if environment == "production":
        assert len(said) == 1
        assert said[0].startswith("demo@kontor.localhost can log in with the demo's password")
    else:
        assert said == []
