"""Slows whoever guesses passwords: per address *and* place, so that nobody can lock another person out."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from django.db.models import F

from kontor.accounts.models import LoginAttempts, normalised
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import KontorError

FREE_FAILURES = 5
LONGEST = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(hours=12)


class TooManyAttempts(KontorError):
    """Wrong too often from here; `params["retry_after_seconds"]` says how long to wait."""

    code, status, title = "login.throttled", 429, "Too many wrong attempts; wait a moment"


def admit(email: str, place: str) -> None:
    """Raises TooManyAttempts while this place must wait for this address."""
    row = LoginAttempts.objects.filter(source=_source(email, place)).first()
    if row and row.blocked_until > now():
        raise TooManyAttempts(retry_after_seconds=int((row.blocked_until - now()).total_seconds()) + 1)


def failed(email: str, place: str) -> None:
    """Counts one wrong password; from the sixth on, each doubles the wait, up to LONGEST."""
    at = now()
    LoginAttempts.objects.filter(last_failure_at__lt=at - FORGOTTEN_AFTER).delete()
    source = _source(email, place)
    LoginAttempts.objects.bulk_create([LoginAttempts(source=source)], ignore_conflicts=True)
    LoginAttempts.objects.filter(source=source).update(failures=F("failures") + 1, last_failure_at=at)
    failures = LoginAttempts.objects.values_list("failures", flat=True).get(source=source)
    if failures > FREE_FAILURES:
        wait = min(timedelta(seconds=2 ** min(failures - FREE_FAILURES, 16)), LONGEST)
        LoginAttempts.objects.filter(source=source).update(blocked_until=at + wait)


def passed(email: str, place: str) -> None:
    """The right password: what came before is forgotten."""
    LoginAttempts.objects.filter(source=_source(email, place)).delete()


def _source(email: str, place: str) -> bytes:
    key = settings().secret_key.get_secret_value().encode()
    return hmac.digest(key, f"login\0{normalised(email)}\0{place}".encode("utf-8", "replace"), hashlib.sha256)
