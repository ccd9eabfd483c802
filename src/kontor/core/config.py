"""Every setting of an installation: one typed object, read once from the environment (and `.env`).

`docs/settings.md` and `.env.example` are printed from the field descriptions by `kontor settings`.
"""

from __future__ import annotations

import functools
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from kontor.core.installation import data_folder
from kontor.core.production import findings

CONNECTIONS_BESIDES_JOBS = (
    6  # a worker's own: leases, schedules, the lane for what waits on others, spare seats
)
CommaList = Annotated[list[str], NoDecode]


class SettingsError(RuntimeError):
    """A setting has a value that can't work; the message is a sentence per setting."""


class Settings(BaseSettings):
    """Names are those people know; wrong values are refused with a sentence."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True)

    environment: Literal["demo", "production", "test"] = Field(
        "demo", validation_alias=AliasChoices("KONTOR_ENVIRONMENT"),
        description="demo: keys are made and kept in the data folder; production: everything must be given.",
    )  # fmt: skip
    data_dir: Path = Field(
        default_factory=data_folder, validation_alias=AliasChoices("KONTOR_DATA"),
        description="Folder for the embedded database, media and run files.",
    )  # fmt: skip
    secret_key: SecretStr = Field(
        SecretStr("demo-only-secret-key-change-me-in-production-0001"),
        description="Signs sessions and forms. 50 random characters or more in production.",
    )
    debug: bool = Field(False, description="Shows tracebacks. Never in production.")
    allowed_hosts: CommaList = Field(
        ["localhost", "127.0.0.1", "[::1]"],
        description="Host names the application answers to, comma-separated.",
    )
    cors_allowed_origins: CommaList = Field(
        [],
        description="Origins (https://shop.example) whose pages may call the API from a browser; * for all of them, "
        "without cookies. Empty: ours alone.",
    )
    database_url: str = Field(
        "", description="postgresql:// address of the role kontor_app. Empty: the embedded PostgreSQL."
    )
    database_owner_url: str = Field(
        "",
        description="postgresql:// address of the role kontor_owner, which migrates. Needed with DATABASE_URL.",
    )
    database_pool: int = Field(
        22,
        ge=2,
        le=200,
        description="Connections per process, and threads that use them; two for each of KONTOR_JOB_THREADS, and six.",
    )
    vault_keys: CommaList = Field(
        [],
        description="Keys that seal channel secrets: id:base64 of 32 bytes, newest first, comma-separated.",
    )
    public_url: str = Field(
        "http://127.0.0.1:8000", description="The address people and channels reach this at."
    )
    jwt_secret_key: SecretStr = Field(
        SecretStr("demo-only-jwt-key-change-me-in-production-00001"),
        description="Signs access tokens (HS256). 32 random characters or more in production.",
    )
    jwt_algorithm: Literal["HS256", "RS256", "EdDSA"] = Field(
        "HS256", description="How access tokens are signed; RS256 and EdDSA publish their key as JWKS."
    )
    jwt_private_key: SecretStr = Field(
        SecretStr(""), description="Signs access tokens (RS256, EdDSA): PEM, line ends may be written \\n."
    )
    jwt_previous_keys: SecretStr = Field(
        SecretStr(""),
        description="Keys before the present one, comma-separated: kept until the tokens they signed have run out.",
    )
    forwarded_allow_ips: str = Field(
        "127.0.0.1",
        description="Addresses of the proxies in front, comma-separated: whose word about caller and TLS is believed.",
    )
    access_token_expire_minutes: int = Field(30, ge=1, le=1440, description="Life of an access token.")
    refresh_token_expire_days: int = Field(7, ge=1, le=365, description="Life of a refresh token.")
    email_host: str = Field("", description="SMTP server. Empty: mails are written to the data folder.")
    email_port: int = Field(587, description="SMTP port.")
    email_host_user: str = Field("", description="SMTP user.")
    email_host_password: SecretStr = Field(SecretStr(""), description="SMTP password.")
    email_use_tls: bool = Field(True, description="STARTTLS.")
    default_from_email: str = Field(
        "kontor@localhost", validation_alias=AliasChoices("EMAIL_FROM", "DEFAULT_FROM_EMAIL"),
        description="Sender of our mails.",
    )  # fmt: skip
    max_upload_size: int = Field(50 * 1024 * 1024, ge=1024, description="Largest upload in bytes.")
    keep_uploads_days: int = Field(
        30,
        ge=1,
        le=3650,
        description="After so many days an import's file goes, and a picture that nothing uses.",
    )
    webhook_networks: CommaList = Field(
        [],
        description="Private networks that webhooks may reach all the same, as CIDR, comma-separated. Empty: none.",
    )
    mailbox_networks: CommaList = Field(
        [],
        description="Private networks in which mail servers may be read, as CIDR, comma-separated. Empty: none.",
    )
    webhook_give_up_days: int = Field(
        3, ge=1, le=30, description="A webhook endpoint that failed for so many days on end is disabled."
    )
    keep_deliveries_days: int = Field(
        30, ge=1, le=365, description="After so many days a webhook's delivery goes, with its attempts."
    )
    keep_receipts_days: int = Field(
        180,
        ge=30,
        le=3650,
        description="After so many days what channels told us is emptied; orders keep what they need.",
    )
    keep_exports_days: int = Field(
        7, ge=1, le=90, description="After so many days an export of personal or business data goes."
    )
    erasure_grace_days: int = Field(
        14, ge=0, le=90, description="So long the erasure of a business can be taken back."
    )
    ebay_client_id: str = Field("", description="App id (client id) of the eBay key set.")
    ebay_client_secret: SecretStr = Field(
        SecretStr(""), description="Cert id (client secret) of the key set."
    )
    ebay_ru_name: str = Field("", description="RuName: eBay's name for the address it sends people back to.")
    ebay_environment: Literal["production", "sandbox", "played"] = Field(
        "played", description="eBay's production, eBay's own sandbox, or the sandbox that comes with Kontor."
    )
    ebay_verification_token: str = Field(
        "kontor-demo-verification-token-0123456789",
        description="32 to 80 of A-Z a-z 0-9 _ -: proves our notification endpoint to eBay.",
    )
    admin: bool = Field(
        False, validation_alias=AliasChoices("KONTOR_ADMIN"),
        description="Puts Django's administration at /admin, to be read by those whom `kontor operator` names.",
    )  # fmt: skip
    admin_allowed_ips: CommaList = Field(
        [], validation_alias=AliasChoices("KONTOR_ADMIN_ALLOWED_IPS"),
        description="Addresses and networks (10.1.2.0/24) that /admin is there for, comma-separated. Empty: for nobody.",
    )  # fmt: skip
    sandbox_url: str = Field(
        "", validation_alias=AliasChoices("KONTOR_SANDBOX_URL"),
        description="Where the bundled sandbox answers; set by the supervisor.",
    )  # fmt: skip
    fetch_gateway: str = Field(
        "", validation_alias=AliasChoices("KONTOR_FETCH_GATEWAY"),
        description="Stands for the open web in the demo: pictures are asked there. Refused in production.",
    )  # fmt: skip
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description="Bearer token for /metrics. Without it and METRICS_ALLOWED_IPS there is none.",
    )
    metrics_allowed_ips: CommaList = Field(
        [],
        description="Addresses and networks that may read /metrics without a token, comma-separated.",
    )
    rate_limit_key: int = Field(600, ge=0, description="Requests per minute of one API key. 0: no limit.")
    rate_limit_tenant: int = Field(
        6000, ge=0, description="Requests per minute of one business, people and keys together. 0: no limit."
    )
    rate_limit_address: int = Field(
        300, ge=0, description="Requests per minute without a valid credential from one address. 0: no limit."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="What the log shows.")
    job_lease_seconds: float = Field(
        30.0, ge=0.2, validation_alias=AliasChoices("KONTOR_JOB_LEASE_SECONDS"),
        description="How long a silent worker keeps its job before another takes it.",
    )  # fmt: skip
    job_threads: int = Field(
        8, ge=1, le=64, validation_alias=AliasChoices("KONTOR_JOB_THREADS"), description="Jobs at a time per worker."
    )  # fmt: skip
    poll_seconds: float = Field(
        60.0, ge=0.2, validation_alias=AliasChoices("KONTOR_POLL_SECONDS"),
        description="How often orders are fetched where no notification came.",
    )  # fmt: skip

    @field_validator(
        "admin_allowed_ips",
        "allowed_hosts",
        "metrics_allowed_ips",
        "cors_allowed_origins",
        "vault_keys",
        "webhook_networks",
        "mailbox_networks",
        mode="before",
    )
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @field_validator("cors_allowed_origins")
    @classmethod
    def _origins_only(cls, value: list[str]) -> list[str]:
        for origin in value:
            parts = urlsplit(origin)
            if origin != "*" and (
                parts.scheme not in ("http", "https") or origin != f"{parts.scheme}://{parts.netloc}"
            ):
                raise ValueError(
                    f"{origin} is no origin: write scheme, host and port alone, as https://shop.example"
                )
        return value

    @field_validator("admin_allowed_ips", "metrics_allowed_ips", "webhook_networks", "mailbox_networks")
    @classmethod
    def _networks_only(cls, value: list[str]) -> list[str]:
        for block in value:
            ip_network(block)  # raises ValueError with a sentence
        return value

    @field_validator("data_dir")
    @classmethod
    def _home_is_meant(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("database_url", "database_owner_url")
    @classmethod
    def _postgresql_only(cls, value: str) -> str:
        if value.startswith("sqlite"):
            raise ValueError(
                "SQLite is not supported: isolation between tenants, job queues and live events are PostgreSQL's work. "
                "Leave it empty and Kontor starts its own private PostgreSQL; nothing needs to be installed."
            )
        if value and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("must begin with postgresql://")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Settings:
        if bool(self.database_url) != bool(self.database_owner_url):
            raise ValueError("DATABASE_URL and DATABASE_OWNER_URL go together: give both, or neither")
        needed = 2 * self.job_threads + CONNECTIONS_BESIDES_JOBS
        if "database_pool" not in self.model_fields_set:
            self.database_pool = max(self.database_pool, needed)
        elif self.database_pool < needed:
            raise ValueError(
                f"DATABASE_POOL={self.database_pool} is too small for KONTOR_JOB_THREADS={self.job_threads}: a job may use "
                f"two connections at a time; give at least {needed}, or fewer threads"
            )
        if self.jwt_algorithm != "HS256" and not self.jwt_private_key.get_secret_value():
            raise ValueError(
                f"JWT_ALGORITHM={self.jwt_algorithm} needs JWT_PRIVATE_KEY, a private key in PEM"
            )
        if self.environment == "production" and (found := findings(self)):
            raise ValueError("\n  ".join(map(str, found)))
        return self


@functools.cache
def settings() -> Settings:
    """The installation's settings. Raises SettingsError with a sentence per wrong value; in production per danger."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"{'.'.join(str(part) for part in row['loc']).upper()}: {row['msg']}"
            if row["loc"]
            else row["msg"].removeprefix("Value error, ")
            for row in error.errors()
        ]
        raise SettingsError("These settings can't work:\n  " + "\n  ".join(lines)) from error
