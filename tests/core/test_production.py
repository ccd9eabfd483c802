"""An installation that is not safe enough for the internet does not start there, and says everything that is missing."""

from __future__ import annotations

import secrets

import pytest

from kontor.core import config
from kontor.core.config import Settings, SettingsError, settings
from kontor.core.production import findings
from kontor.core.vault import new_key

SAFE = {
    "KONTOR_ENVIRONMENT": "production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "JWT_SECRET_KEY": secrets.token_urlsafe(48),
    "VAULT_KEYS": new_key(),
    "PUBLIC_URL": "https://kontor.example",
    "ALLOWED_HOSTS": "kontor.example",
    "DATABASE_URL": "postgresql://kontor_app:ohNg4ieb7ee@db.example/kontor",
    "DATABASE_OWNER_URL": "postgresql://kontor_owner:Aex0aigohng@db.example/kontor",
    "EMAIL_HOST": "mail.example",
    "KONTOR_ADMIN": "1",
    "KONTOR_ADMIN_ALLOWED_IPS": "10.1.2.0/24",
}
REPEATED = f"k1:{'A' * 43}="


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing but what a safe production sets."""
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    for name in ("KONTOR_FETCH_GATEWAY", "KONTOR_SANDBOX_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_a_safe_one_starts() -> None:
    assert findings(Settings()) == []


UNSAFE = [
    ("SECRET_KEY", "", "SECRET_KEY needs 50 characters"),
    ("SECRET_KEY", "demo-only-secret-key-change-me-in-production-0001", "SECRET_KEY is the demo's"),
    ("SECRET_KEY", "changeme" * 8, "SECRET_KEY has only 7 different characters"),
    ("JWT_SECRET_KEY", "short", "JWT_SECRET_KEY needs 32 characters"),
    ("JWT_SECRET_KEY", "demo-only-jwt-key-change-me-in-production-00001", "JWT_SECRET_KEY is the demo's"),
    ("JWT_SECRET_KEY", SAFE["SECRET_KEY"], "JWT_SECRET_KEY is SECRET_KEY again"),
    ("VAULT_KEYS", "", "VAULT_KEYS is empty"),
    ("VAULT_KEYS", f"{new_key()},{REPEATED}", "VAULT_KEYS has a key 'k1' that is not 32 random bytes"),
    ("VAULT_KEYS", "k1:not base64", "VAULT_KEYS has a key 'k1'"),
    ("DEBUG", "1", "DEBUG is on"),
    ("ALLOWED_HOSTS", "kontor.example,*", "ALLOWED_HOSTS is *"),
    ("PUBLIC_URL", "http://kontor.example", "PUBLIC_URL does not begin with https://"),
    ("PUBLIC_URL", "https://localhost", "PUBLIC_URL is this machine's own address"),
    ("FORWARDED_ALLOW_IPS", "10.0.0.1,*", "FORWARDED_ALLOW_IPS is *"),
    ("FORWARDED_ALLOW_IPS", "", "FORWARDED_ALLOW_IPS is empty"),
    ("CORS_ALLOWED_ORIGINS", "http://shop.example", "CORS_ALLOWED_ORIGINS has http://shop.example"),
    ("EMAIL_HOST", "", "EMAIL_HOST is empty"),
    ("DATABASE_URL", SAFE["DATABASE_OWNER_URL"], "DATABASE_URL logs in as kontor_owner"),
    ("DATABASE_URL", "postgresql://postgres:x1@db.example/kontor", "DATABASE_URL logs in as postgres"),
    ("DATABASE_URL", "postgresql://kontor_app:kontor@db.example/kontor", "DATABASE_URL has a password"),
    ("DATABASE_URL", "postgresql://someone:someone@db.example/kontor", "DATABASE_URL has a password"),
    ("DATABASE_OWNER_URL", "postgresql://o:PASSWORD@db.example/k", "DATABASE_OWNER_URL has a password"),
    ("KONTOR_ADMIN_ALLOWED_IPS", "10.0.0.0/8,0.0.0.0/0", "KONTOR_ADMIN_ALLOWED_IPS names everybody"),
    ("KONTOR_FETCH_GATEWAY", "http://127.0.0.1:1", "KONTOR_FETCH_GATEWAY is set"),
]


# Some values are made anew in each process, and so no names for tests.
@pytest.mark.parametrize(("name", "value", "said"), [pytest.param(*row, id=row[2]) for row in UNSAFE])
def test_what_is_not_safe_is_said_with_what_to_do(
    environment: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    environment.setenv(name, value)
    settings.cache_clear()
    with pytest.raises(SettingsError) as refused:
        settings()
    (line,) = str(refused.value).splitlines()[1:]
    assert line.strip().startswith(said)
    _, why, remedy = line.replace(": ", "\0").replace(". ", "\0").split("\0")[:3]
    assert why
    assert remedy
    environment.setenv("KONTOR_ENVIRONMENT", "demo")  # there it is nobody's business
    config.settings.cache_clear()
    assert settings().environment == "demo"


def test_the_demos_ways_to_ebay_do_not_go_with_a_key_set(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("EBAY_CLIENT_ID", "Shop-1234")
    said = " ".join(map(str, _raised()))
    assert "EBAY_ENVIRONMENT is played" in said
    assert "EBAY_VERIFICATION_TOKEN is the demo's" in said


def test_everything_is_said_at_once(environment: pytest.MonkeyPatch) -> None:
    for name in SAFE:
        if name != "KONTOR_ENVIRONMENT":
            environment.delenv(name)
    environment.setenv("DEBUG", "1")
    lines = _raised()
    for name in ("SECRET_KEY", "JWT_SECRET_KEY", "VAULT_KEYS", "DEBUG", "PUBLIC_URL", "EMAIL_HOST"):
        assert any(line.startswith(name) for line in lines), name


def _raised() -> list[str]:
    settings.cache_clear()
    with pytest.raises(SettingsError) as refused:
        settings()
    return [line.strip() for line in str(refused.value).splitlines()[1:]]


@pytest.fixture(autouse=True)
def read_anew() -> object:
    """No other test meets these settings."""
    yield
    settings.cache_clear()
