"""Recovery codes: ten on paper, each good once, for the day when the phone is gone.

A code is `ABCD-EFGHJ-KMNPQ`: four characters that find its row, ten that prove (49 random bits), kept as an Argon2 hash
of the least cost that OWASP names: who chose the code was chance, and ten are made while somebody waits.
"""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import Argon2PasswordHasher

from kontor.accounts.factors.models import RecoveryCode
from kontor.accounts.models import Person
from kontor.accounts.passwords import HASHING, looks_like_a_hash
from kontor.core.clock import now

COUNT = 10
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"  # none that are taken for one another
SELECTOR, PROOF = 4, 10


class Hasher(Argon2PasswordHasher):
    """Argon2id over 19 MiB, twice."""

    time_cost, memory_cost, parallelism = 2, 19 * 1024, 1


HASHER = Hasher()


def make(person: Person) -> list[str]:
    """Ten new codes, readable only now; the person's earlier ones are void."""
    RecoveryCode.objects.filter(person=person).delete()
    selectors: set[str] = set()
    while len(selectors) < COUNT:
        selectors.add(_random(SELECTOR))
    codes = {selector: _random(PROOF) for selector in sorted(selectors)}
    with HASHING:
        rows = [
            RecoveryCode(person=person, selector=selector, hash=HASHER.encode(proof, HASHER.salt()))
            for selector, proof in codes.items()
        ]
    RecoveryCode.objects.bulk_create(rows)
    return [f"{selector}-{proof[:5]}-{proof[5:]}" for selector, proof in codes.items()]


def check(person: Person, code: str) -> bool:
    """Whether it is one of the person's unused codes; then it is used up. One Argon2 verification in any case."""
    text = "".join(character for character in code.upper() if character.isalnum())
    row = RecoveryCode.objects.filter(person=person, selector=text[:SELECTOR], used_at=None).first()
    with HASHING:
        matches = HASHER.verify(text[SELECTOR:], row.hash if row else looks_like_a_hash(HASHER))
    if row is None or not matches:
        return False
    return bool(RecoveryCode.objects.filter(pk=row.pk, used_at=None).update(used_at=now()))


def left(person: Person) -> int:
    """How many are unused."""
    return RecoveryCode.objects.filter(person=person, used_at=None).count()


def forget(person: Person) -> None:
    """They go with the last factor that they stand in for."""
    RecoveryCode.objects.filter(person=person).delete()


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
