"""What benchmarks run in: a folder of their own, a database or a whole tree in it, and a business that registered."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import psycopg

from kontor.core import database, postgres
from kontor.supervisor import Supervisor


@dataclass(frozen=True, slots=True)
class Business:
    """A tenant, and what its owner sends as bearer."""

    tenant_id: UUID
    token: str


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards. As root, the database's account passes through it."""
    with tempfile.TemporaryDirectory(prefix="kontor-bench-") as name:
        path = Path(name)
        path.chmod(0o755)
        try:
            yield path
        finally:
            for home in path.glob("*/postgres"):
                postgres.wait_until_stopped(home)


@contextmanager
def tree(data: Path, **environment: str) -> Iterator[Supervisor]:
    """Database, web and worker, with this process set up to use the same database by Django's ORM. No sandbox."""
    # One business sends all there is: it would be told to slow down.
    unlimited = dict.fromkeys(("RATE_LIMIT_KEY", "RATE_LIMIT_TENANT", "RATE_LIMIT_ADDRESS"), "0")
    with Supervisor(
        data, port=0, with_sandbox=False, environment=unlimited | environment, say=print
    ) as supervisor:
        os.environ.update(supervisor.environment)
        _django()
        yield supervisor


@contextmanager
def database_only(data: Path) -> Iterator[None]:
    """A migrated database, written as safely as in production, and this process set up to use it."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "kontor.settings", "KONTOR_DATA": str(data)}
    home = database.home(data)
    with postgres.serve(home) as superuser_dsn:
        database.ready(superuser_dsn)
        database.addresses(postgres.socket_folder(home)).use()
        _django()
        database.migrate()
        yield
        _let_go()


def superuser(data: Path) -> psycopg.Connection[Any]:
    """A connection that no policy binds, to the database of a running house."""
    host = postgres.socket_folder(database.home(data))
    return psycopg.connect(f"host={host} user=postgres dbname=kontor", autocommit=True)


def register(web_url: str) -> Business:
    """Registers a business by the API."""
    body = _registered(web_url, f"{secrets.token_hex(4)}@example.com", secrets.token_urlsafe(18))
    return Business(UUID(body["tenant"]["id"]), body["access_token"])


def register_person(web_url: str, password: str) -> str:
    """Registers a business whose owner has this password; the e-mail address to log in with."""
    email = f"{secrets.token_hex(4)}@example.com"
    _registered(web_url, email, password)
    return email


def _registered(web_url: str, email: str, password: str) -> dict[str, Any]:
    person = {
        "email": email,
        "password": password,
        "first_name": "Rike",
        "last_name": "Boje",
        "company": "Boje Handel",
    }
    answer = httpx2.post(f"{web_url}/api/v1/auth/register", json=person, timeout=30)
    answer.raise_for_status()
    return dict(answer.json())


def _django() -> None:
    from kontor.core.config import settings

    settings.cache_clear()
    import django

    django.setup()


def _let_go() -> None:
    from django.db import connections

    for connection in connections.all():
        connection.close()
        if pool := getattr(connection, "close_pool", None):
            pool()
