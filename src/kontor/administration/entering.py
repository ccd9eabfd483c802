"""Who gets in: address, password and second factor at once, slowed like any log-in, and only those who run the house."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from kontor.accounts import passwords, throttle
from kontor.accounts.factors import challenges
from kontor.accounts.factors import service as factors
from kontor.accounts.models import Person, normalised
from kontor.administration.words import later, say
from kontor.core.errors import Unauthenticated
from kontor.core.http.place import here

PROVEN_BY = "proven_by"  # in the session: by which second factor
ONE_TIME_DIGITS = 6


class LogInForm(forms.Form):
    """One form, so that nobody learns which of the three was wrong."""

    username = forms.EmailField(
        widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"})
    )
    password = forms.CharField(
        strip=False, max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    code = forms.CharField(
        label=later("code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def __init__(self, request: HttpRequest | None = None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person: Person | None = None
        self.method: factors.Method = "totp"

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError in one sentence, whatever is wrong."""
        given: dict[str, Any] = super().clean() or {}
        if len(given) == len(self.fields):
            try:
                self._prove(given["username"], given["password"], given["code"].strip())
            except throttle.TooManyAttempts as error:
                raise ValidationError(say("too_often")) from error
            except Unauthenticated as error:
                raise ValidationError(say("refused")) from error
        return given

    def get_user(self) -> Person | None:
        """Who it is, once the form is valid."""
        return self.person

    def _prove(self, email: str, password: str, code: str) -> None:
        """One Argon2 verification in any case. Raises Unauthenticated, TooManyAttempts."""
        place = here().address
        throttle.PASSWORD.admit(email, place)
        person = Person.objects.filter(email=normalised(email)).first()
        is_they = passwords.is_right(password, person)
        if person is None or not is_they or not (person.is_active and person.is_staff):
            throttle.PASSWORD.failed(email, place)
            raise Unauthenticated
        throttle.PASSWORD.passed(email, place)
        self.method = "totp" if code.isdecimal() and len(code) == ONE_TIME_DIGITS else "recovery"
        if self.method not in factors.methods(person):
            raise Unauthenticated
        begun = challenges.begin(challenges.Purpose.LOGIN, person)
        factors.meet(begun.challenge, factors.Answer(self.method, typed=code))
        self.person = person
