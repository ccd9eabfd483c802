"""Registering a business: for somebody new, or as a further one of somebody who shows by their password that it is they."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import IntegrityError

from kontor.accounts import login, passwords, service, throttle
from kontor.accounts.factors import service as factors
from kontor.accounts.models import Language, Person, normalised
from kontor.accounts.people.ground import page_link
from kontor.accounts.service import WrongCredentials
from kontor.core.clock import now
from kontor.core.http.place import here
from kontor.mail import service as mail

TRIED: Final = "register_tried"
TOLD_EVERY: Final = timedelta(days=1)  # so that nobody fills another's mailbox by this


def register(
    email: str, password: str, first_name: str, last_name: str, company: str, language: str = Language.DE
) -> login.LoggedIn:
    """A new business, with a session of its owner. Outside of `tenant()`.

    Where the address has an account, the password must be its own: a wrong one is refused as at log-in, counts as a guess,
    and the account's owner gets a mail. So a stranger learns that this pair opens nothing; that an unknown address is
    registered can't be hidden, since registering logs in. Either way costs one Argon2 computation.

    Raises Invalid (address, password, company; all at once), WrongCredentials, SecondFactorAsked, TooManyAttempts.
    """
    person = Person(
        email=normalised(email), first_name=first_name.strip(), last_name=last_name.strip(), language=language
    )
    service.refuse(
        service.email_problems(person.email)
        + passwords.problems(password, person)
        + service.company_problems(company)
    )
    place = here().address
    throttle.REGISTER.admit(place)
    throttle.PASSWORD.admit(person.email, place)
    known = Person.objects.filter(email=person.email).first()
    if known is None:
        passwords.choose(person, password)
        try:
            return login.begin(service.found_business(person, company.strip()))
        except IntegrityError as error:
            if "email" not in str(error):
                raise
        known = Person.objects.get(email=person.email)  # by another request, in this very moment
    return _further(known, password, company.strip())


def _further(known: Person, password: str, company: str) -> login.LoggedIn:
    place = here().address
    memberships = login.memberships_of(known.id)
    if not passwords.is_right(password, known) or not known.is_active:
        throttle.PASSWORD.failed(known.email, place)
        throttle.REGISTER.failed(place)
        login.refused(known, memberships)
        _tell(known)
        raise WrongCredentials
    throttle.PASSWORD.passed(known.email, place)
    if factors.methods(known):
        raise login.SecondFactorAsked(**factors.demand(login.Purpose.LOGIN, known, company=company))
    return login.begin(service.own_business(known, company))


def _tell(known: Person) -> None:
    """To the address alone, once a day; a person who is out hears nothing."""
    if not known.is_active or mail.sent_since(TRIED, known.email, now() - TOLD_EVERY):
        return
    place = here()
    mail.send(
        TRIED, known.email, known.language, name=known.name, email=known.email, link=page_link("/forgotten-password"),
        at=f"{now():%Y-%m-%d %H:%M} UTC", place=place.address or "?", device=place.device or "?",
    )  # fmt: skip
