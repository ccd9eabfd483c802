"""Slows whoever guesses, by limits that name who *and* from where, so that nobody can lock another person out.

The one limit that counts a person's wrong codes from everywhere spares the places that person is known at, and
stops neither passkeys nor recovery codes, which nobody guesses.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from kontor.accounts.models import LoginAttempts, normalised
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import KontorError

LONGEST = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(hours=12)


class TooManyAttempts(KontorError):
    """Wrong too often from here; `params["retry_after_seconds"]` says how long to wait."""

    code, status, title = "login.throttled", 429, "Too many wrong attempts; wait a moment"


@dataclass(frozen=True, slots=True)
class Limit:
    """After `free` failures each one doubles the wait, up to LONGEST. What is counted is named by `who`, in any words."""

    name: str
    free: int

    def admit(self, *who: str) -> None:
        """Raises TooManyAttempts while `who` must wait."""
        row = LoginAttempts.objects.filter(source=self._source(who)).first()
        if row and row.blocked_until > now():
            raise TooManyAttempts(retry_after_seconds=int((row.blocked_until - now()).total_seconds()) + 1)

    def failed(self, *who: str) -> None:
        """Counts one failure."""
        at, source = now(), self._source(who)
        LoginAttempts.objects.filter(last_failure_at__lt=at - FORGOTTEN_AFTER).delete()
        LoginAttempts.objects.bulk_create([LoginAttempts(source=source)], ignore_conflicts=True)
        LoginAttempts.objects.filter(source=source).update(failures=F("failures") + 1, last_failure_at=at)
        failures = LoginAttempts.objects.filter(source=source).values_list("failures", flat=True).first()
        if (
            failures is not None and failures > self.free
        ):  # none: they were let in by another request meanwhile
            LoginAttempts.objects.filter(source=source).update(blocked_until=self._until(at, failures))

    def passed(self, *who: str) -> None:
        """It was they: what came before is forgotten."""
        LoginAttempts.objects.filter(source=self._source(who)).delete()

    def _until(self, at: datetime, failures: int) -> datetime:
        return at + min(timedelta(seconds=2 ** min(failures - self.free, 16)), LONGEST)

    def _source(self, who: tuple[str, ...]) -> bytes:
        key = settings().secret_key.get_secret_value().encode()
        words = "\0".join((self.name, *map(normalised, who)))
        return hmac.digest(key, words.encode("utf-8", "replace"), hashlib.sha256)


PASSWORD = Limit("login", 5)  # by address and place
CODE = Limit("code", 5)  # second factors, by person and place
CODE_ANYWHERE = Limit("code.anywhere", 10)  # codes of six digits, by person, from places new to them
MAILS = Limit("mails", 10)  # by place: mails that anybody may ask for, whether they go out or not
REGISTER = Limit("register", 10)  # by place: addresses of others that somebody tried to register
