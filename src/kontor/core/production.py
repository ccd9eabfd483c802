"""What keeps an installation from being put on the internet: each finding says which setting, why, and what to do."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_network
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from pydantic import SecretStr

    from kontor.core.config import Settings

FEWEST_DIFFERENT = 10  # of the characters of a random secret; "aaaa…" and "changemechangeme" have fewer
OWNERS = ("kontor_owner", "postgres")
KNOWN_PASSWORDS = frozenset(
    "kontor kontor_app postgres password passwort secret geheim changeme change-me change_me admin root test demo "
    "example 123456 12345678 app PASSWORD".casefold().split()
)
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that must not be so in production."""

    setting: str
    wrong: str
    why: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.setting} {self.wrong}: {self.why}. {self.remedy}."


def findings(given: Settings) -> list[Finding]:
    """All that is wrong with these settings, at once; empty where they may face the internet."""
    return [*_keys(given), *_doors(given), *_databases(given), *_demo_only(given)]


def _keys(given: Settings) -> Iterator[Finding]:
    forged = "who knows it can make cursors, signed addresses and links that we take for our own"
    yield from _secret("SECRET_KEY", given.secret_key, 50, forged)
    if given.jwt_algorithm == "HS256":
        forged = "who knows it can log in as anybody"
        yield from _secret("JWT_SECRET_KEY", given.jwt_secret_key, 32, forged)
        if given.jwt_secret_key == given.secret_key:
            yield Finding("JWT_SECRET_KEY", "is SECRET_KEY again", "one leak would open both", _random(32))
    make = "Make one with `kontor vault-key`"
    if not given.vault_keys:
        yield Finding("VAULT_KEYS", "is empty", "channel secrets could not be sealed", make)
    for row in given.vault_keys:
        name, _, text = row.partition(":")
        if not _is_random_key(text):
            why = "what it seals could be opened by guessing"
            yield Finding(
                "VAULT_KEYS", f"has a key {name!r} that is not 32 random bytes in base64", why, make
            )


def _secret(name: str, value: SecretStr, least: int, forged: str) -> Iterator[Finding]:
    text = value.get_secret_value()
    if text.startswith("demo-only"):
        yield Finding(name, "is the demo's, which everybody can read", forged, _random(least))
    elif len(text) < least:
        yield Finding(name, f"needs {least} characters of its own", forged, _random(least))
    elif len(set(text)) < FEWEST_DIFFERENT:
        wrong = f"has only {len(set(text))} different characters"
        yield Finding(name, wrong, "it can be guessed", _random(least))


def _random(least: int) -> str:
    return f"Set {least} random characters or more (`openssl rand -base64 {least}`)"


def _is_random_key(text: str) -> bool:
    try:
        key = base64.b64decode(text.translate(str.maketrans("-_", "+/")), validate=True)
    except binascii.Error:
        return False
    return len(key) == 32 and len(set(key)) >= FEWEST_DIFFERENT


def _doors(given: Settings) -> Iterator[Finding]:
    if given.debug:
        yield Finding("DEBUG", "is on", "a fault would show our code and values to strangers", "Take it out")
    if "*" in given.allowed_hosts:
        why = "links in our mails would lead wherever a forged Host header says"
        yield Finding("ALLOWED_HOSTS", "is *", why, "Name the hosts that people and channels use")
    public = urlsplit(given.public_url)
    if public.scheme != "https":
        why = "passwords and cookies would travel in the open, and channels call no such address"
        remedy = "Put a proxy in front that speaks TLS (deploy/Caddyfile), and give its address"
        yield Finding("PUBLIC_URL", "does not begin with https://", why, remedy)
    elif (public.hostname or "") in LOOPBACK:
        why = "nobody but this machine can reach that"
        yield Finding("PUBLIC_URL", "is this machine's own address", why, "Give the address that people type")
    believed = [part.strip() for part in given.forwarded_allow_ips.split(",") if part.strip()]
    if "*" in believed:
        why = "anybody could say that they come from elsewhere, and get around the slowing of guesses"
        yield Finding("FORWARDED_ALLOW_IPS", "is *", why, "Name the proxy's address")
    elif not believed:
        why = "no proxy's X-Forwarded-Proto and X-Forwarded-For would be believed, and everything seem unencrypted"
        yield Finding("FORWARDED_ALLOW_IPS", "is empty", why, "Name the proxy's address, or leave it out")
    for origin in given.cors_allowed_origins:
        if origin.startswith("http://"):
            why = "who can write into an unencrypted page could act for whoever is logged in"
            yield Finding("CORS_ALLOWED_ORIGINS", f"has {origin}", why, "Name https:// origins alone")
    if given.admin and any(ip_network(each, strict=False).prefixlen == 0 for each in given.admin_allowed_ips):
        why = "strangers could try to enter the administration"
        yield Finding("KONTOR_ADMIN_ALLOWED_IPS", "names everybody", why, "Name your own network")
    if not given.email_host:
        why = "mails would only be files in the data folder: no invitation and no new password would arrive"
        yield Finding("EMAIL_HOST", "is empty", why, "Name an SMTP server")


def _databases(given: Settings) -> Iterator[Finding]:
    application, owner = urlsplit(given.database_url), urlsplit(given.database_owner_url)
    name = unquote(application.username or "")
    if given.database_url and (name in OWNERS or name == unquote(owner.username or "")):
        why = "the owner of the tables can switch off what keeps tenants apart"
        remedy = "Log in as kontor_app, whom every policy binds"
        yield Finding("DATABASE_URL", f"logs in as {name or 'the owner'}", why, remedy)
    for setting, parts in (("DATABASE_URL", application), ("DATABASE_OWNER_URL", owner)):
        password = unquote(parts.password or "").casefold()
        if password and (password in KNOWN_PASSWORDS or password == (parts.username or "").casefold()):
            remedy = "Invent one, and let `kontor migrate --prepare` set it"
            yield Finding(
                setting, "has a password that everybody tries first", "anybody could log in", remedy
            )


def _demo_only(given: Settings) -> Iterator[Finding]:
    if given.fetch_gateway:
        why = "pictures would be fetched from what plays the web"
        yield Finding("KONTOR_FETCH_GATEWAY", "is set", why, "Take it out: it is for the demo only")
    if not given.ebay_client_id:
        return
    if given.ebay_environment == "played":
        why = "listings would go to the sandbox and reach nobody"
        yield Finding("EBAY_ENVIRONMENT", "is played", why, "Set production, or eBay's own sandbox")
    if given.ebay_verification_token == type(given).model_fields["ebay_verification_token"].default:
        why = "anybody could answer eBay's challenge in our name"
        yield Finding(
            "EBAY_VERIFICATION_TOKEN", "is the demo's", why, "Set 32 to 80 characters of A-Z a-z 0-9 _ -"
        )
