"""What another business took already does not show: the same answer, by the same statements."""

from __future__ import annotations

import io
import re
from typing import Any

import psycopg
import pytest
from django.db.backends.utils import CursorWrapper
from PIL import Image
from tests.api.operations import operations
from tests.api.world import World
from tests.attack.answers import PASSING, told
from tests.attack.spots import body, planted
from tests.attack.test_ids import everything
from tests.plugins.api import Caller

TAKEN_PICTURE = (200, 30, 40)


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What every thread of this process asks of the database by Django, without the values."""
    asked: list[str] = []
    plain, many = CursorWrapper.execute, CursorWrapper.executemany

    def execute(self: Any, query: Any, params: Any = None) -> Any:
        asked.append(str(query))
        return plain(self, query, params)

    def executemany(self: Any, query: Any, rows: Any) -> Any:
        asked.append(str(query))
        return many(self, query, rows)

    monkeypatch.setattr(CursorWrapper, "execute", execute)
    monkeypatch.setattr(CursorWrapper, "executemany", executemany)
    return asked


def picture(colour: tuple[int, int, int]) -> bytes:
    """A PNG."""
    content = io.BytesIO()
    Image.new("RGB", (600, 600), colour).save(content, "PNG")
    return content.getvalue()


def goods(word: str) -> dict[str, Any]:
    """A listing whose reference, SKU and brand are one word."""
    return {
        "json": {
            "reference": word,
            "title": {"de": "Lampe"},
            "brand": word,
            "variants": [{"sku": word, "price": {"amount_minor": 1250, "currency": "EUR"}}],
        }
    }


def of_schema(name: str, field: str, word: str) -> dict[str, Any]:
    """A body of an operation's schema with a word in one field."""
    op = next(op for op in operations() if op.name == name)
    return {"json": planted(body(op), (field,), word)}


ROUTES = {
    "POST /listings": goods,
    "PUT /brands": lambda word: of_schema("PUT /api/v1/brands", "name", word),
    "POST /api-keys": lambda word: of_schema("POST /api/v1/api-keys", "name", word),
    "POST /webhooks/endpoints": lambda word: {
        "json": {"url": f"https://erp.example/{word}", "types": ["order.received"]}
    },
    "POST /ebay/products/publish": lambda word: {"json": {"skus": [word]}},
    "POST /people/invitations": lambda word: {"json": {"email": f"{word}@example.com", "role": "member"}},
    "POST /auth/forgotten-password": lambda word: {"json": {"email": f"{word}@example.com"}},
    "POST /auth/resend-verification": lambda word: {"json": {"email": f"{word}@example.com"}},
    "POST /imports": lambda word: {"files": {"file": (f"{word}.csv", f"sku;title;price\n{word};Lampe;1,00\n".encode())}},
    "POST /media": lambda word: {
        "files": {"file": (f"{word}.png", picture(TAKEN_PICTURE if word == TAKEN else (len(word), hash(word) % 250, 7)))}
    },
}  # fmt: skip
TAKEN, FIRST, FREE = "anna-1", "berta-1", "clara-1"


@pytest.mark.parametrize("route", ROUTES)
def test_what_another_business_took_is_free(
    route: str, tenant_a: Any, api: Caller, beta: Caller, statements: list[str]
) -> None:
    method, _, path = route.partition(" ")
    sent = ROUTES[route]
    if path.startswith("/auth"):
        named_alike(tenant_a)
    else:
        api.request(method, path, **sent(TAKEN))
        if "invitations" in path:
            named_alike(tenant_a)
    found = []
    beta.request(method, path, **sent(FIRST))  # what is done once per process is done
    for word in (FREE, TAKEN):
        statements.clear()
        answer = beta.request(method, path, **sent(word))
        assert answer.status_code not in (404, 405), answer.text
        said = told(answer, [word, word.upper()])
        plain = [re.sub(r"\d+", "#", _plain(query)) for query in statements]
        found.append((said, plain))
    assert found[0][0] == found[1][0]
    assert found[0][1] == found[1][1]


def named_alike(tenant_id: Any) -> None:
    """Somebody of Alpha who has the address that is taken."""
    from kontor.accounts.models import Membership, Person

    person = Person.objects.create(email=f"{TAKEN}@example.com", first_name="Anna", password="!")
    Membership.objects.create(person=person, tenant_id=tenant_id, role="member")


def _plain(query: str) -> str:
    for form, name in PASSING:
        query = form.sub(name, query)
    return query


def test_all_that_is_unique_is_unique_within_a_business(superuser: str) -> None:
    """An index over all rows would refuse one business what another has."""
    with psycopg.connect(superuser) as db:
        rows = db.execute(
            "select i.indexrelid::regclass::text, array_agg(a.attname::text) from pg_index i"
            " join pg_class c on c.oid = i.indrelid and c.relrowsecurity"
            " join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)"
            " where i.indisunique and c.relnamespace = 'public'::regnamespace group by 1"
        ).fetchall()
    assert len(rows) > 40
    by_chance = {"people_invitation_hash_key"}  # 256 random bits of ours, which nobody chooses
    over_all = {name for name, columns in rows if "tenant_id" not in columns and columns != ["id"]}
    assert over_all == by_chance


def test_both_may_have_one_of_everything_by_the_same_names(alpha: World, own: World) -> None:
    everything(alpha)
    everything(own)
    assert not alpha.made() & own.made()
