"""Passkeys (WebAuthn level 3): bound to our host name, and always with the device's own look at its person."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import exceptions, parse_authentication_credential_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from kontor.accounts.factors.models import Challenge, Passkey
from kontor.accounts.models import Person
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.errors import Conflict, Invalid, Problem

NAME = "Kontor"
Json = dict[str, Any]


class Impossible(Conflict):
    """The installation is reached at an IP address; passkeys are bound to a name."""

    code, title = "passkey.impossible", "Passkeys need an address with a name, not a number"


class Known(Conflict):
    """This device's passkey is registered already."""

    code, title = "passkey.known", "This passkey is registered already"


def host() -> str | None:
    """The name that passkeys are bound to; a loopback address is `localhost` to browsers. None where there is none."""
    name = urlsplit(settings().public_url).hostname or ""
    try:
        return "localhost" if ipaddress.ip_address(name).is_loopback else None
    except ValueError:
        return name or None


def origins(origin: str) -> list[str]:
    """Pages that may use them: ours, and on a developer's machine the one that asks (`origin`) if it is there too."""
    ours = urlsplit(settings().public_url)
    port = f":{ours.port}" if ours.port else ""
    found = [f"{ours.scheme}://{host()}{port}"]
    if settings().environment != "production" and urlsplit(origin).hostname == "localhost":
        found.append(origin)
    return found


def creation_options(person: Person, challenge: Challenge) -> Json:
    """What `navigator.credentials.create` takes. Raises Impossible."""
    options = webauthn.generate_registration_options(
        rp_id=_host(),
        rp_name=NAME,
        user_id=person.id.bytes,
        user_name=person.email,
        user_display_name=person.name,
        challenge=bytes(challenge.passkey_challenge),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_descriptors(person),
    )
    return dict(json.loads(webauthn.options_to_json(options)))


def request_options(person: Person, challenge: Challenge) -> Json | None:
    """What `navigator.credentials.get` takes; None where the person has no passkey or they can't work here."""
    known, rp_id = _descriptors(person), host()
    if not known or rp_id is None:
        return None
    options = webauthn.generate_authentication_options(
        rp_id=rp_id,
        challenge=bytes(challenge.passkey_challenge),
        allow_credentials=known,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(json.loads(webauthn.options_to_json(options)))


def add(person: Person, challenge: Challenge, name: str, credential: Json, origin: str) -> Passkey:
    """Keeps what the device made. Raises Invalid where it does not answer our challenge, Known, Impossible."""
    try:
        found = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=bytes(challenge.passkey_challenge),
            expected_rp_id=_host(),
            expected_origin=origins(origin),
            require_user_verification=True,
        )
    except exceptions.WebAuthnException as error:
        problem = Problem(
            "passkey.refused", "This passkey does not answer what was asked.", field="credential"
        )
        raise Invalid(problems=(problem,)) from error
    if Passkey.objects.filter(credential_id=found.credential_id).exists():
        raise Known
    return Passkey.objects.create(
        person=person,
        credential_id=found.credential_id,
        public_key=found.credential_public_key,
        sign_count=found.sign_count,
        transports=_transports(credential),
        name=name.strip() or "Passkey",
    )


def check(person: Person, challenge: Challenge, credential: Mapping[str, Any], origin: str) -> bool:
    """Whether one of the person's passkeys answers this challenge. A counter that runs backwards means a copy: no."""
    rp_id = host()
    try:
        parsed = parse_authentication_credential_json(dict(credential))
        row = Passkey.objects.filter(person=person, credential_id=parsed.raw_id).first()
        if row is None or rp_id is None:
            return False
        found = webauthn.verify_authentication_response(
            credential=parsed,
            expected_challenge=bytes(challenge.passkey_challenge),
            expected_rp_id=rp_id,
            expected_origin=origins(origin),
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except exceptions.WebAuthnException:
        return False
    same = Passkey.objects.filter(pk=row.pk, sign_count=row.sign_count)
    return bool(same.update(sign_count=found.new_sign_count, used_at=now()))


def _host() -> str:
    if (name := host()) is None:
        raise Impossible
    return name


def _descriptors(person: Person) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=bytes(row.credential_id),
            transports=[AuthenticatorTransport(name) for name in row.transports] or None,
        )
        for row in Passkey.objects.filter(person=person).order_by("created_at")
    ]


def _transports(credential: Json) -> list[str]:
    known = {each.value for each in AuthenticatorTransport}
    given = credential.get("response", {}).get("transports") or []
    return (
        [name for name in given if isinstance(name, str) and name in known] if isinstance(given, list) else []
    )
