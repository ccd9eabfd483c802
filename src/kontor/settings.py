"""Django's settings module, made from the one typed object in `kontor.core.config`."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from kontor.core.config import settings
from kontor.core.http.cookies import full_name, is_encrypted

_s = settings()
PREPARED_AFTER = 3  # uses of a statement on one connection; only `kontor.core.prepared` asks for such


def database(url: str, pool: int) -> dict[str, Any]:
    """Django's description of a postgresql:// address; `?host=/folder` names a socket, other words go to libpq."""
    parts = urlsplit(url)
    options: dict[str, Any] = {**dict(parse_qsl(parts.query)), "prepare_threshold": PREPARED_AFTER}
    host = options.pop("host", "") or unquote(parts.hostname or "")
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
    return {
        "ENGINE": "kontor.core.backend",
        "NAME": unquote(parts.path.lstrip("/")) or "kontor",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,  # the engine looks itself, and cheaper
        "OPTIONS": options,
    }


SECRET_KEY = _s.secret_key.get_secret_value()
DEBUG = _s.debug
ALLOWED_HOSTS = [*_s.allowed_hosts, urlsplit(_s.public_url).hostname or "localhost"]
# "default" is kontor_app; `kontor migrate` is the only one that speaks as the owner.
DATABASES = {"default": database(_s.database_url or "postgresql://kontor_app@/kontor", _s.database_pool)}
if _s.database_owner_url:
    DATABASES["owner"] = database(_s.database_owner_url, pool=0)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "channels",
    "kontor.core",
    "kontor.jobs",
    "kontor.live",
    "kontor.mail",
    "kontor.audit",
    "kontor.accounts",
    "kontor.accounts.factors",
    "kontor.accounts.people",
    "kontor.accounts.keys",
    "kontor.catalog",
    "kontor.goods",
    "kontor.goods.imports",
    "kontor.properties",
    "kontor.properties.property_imports",
    "kontor.enquiries",
    "kontor.channels.transport",
    "kontor.channels.connections",
    "kontor.channels.rules",
    "kontor.publishing",
    "kontor.inbound",
    "kontor.orders",
    "kontor.webhooks",
    "kontor.privacy",
    "kontor.administration",
]
# Only /admin is served by Django itself; the API and the web UI have a door of their own (kontor.asgi).
ROOT_URLCONF = "kontor.administration.urls"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kontor.administration.middleware.TenantFirst",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
STATIC_URL = "/admin/static/"
SESSION_COOKIE_NAME = full_name("kontor_admin")
SESSION_COOKIE_AGE = 3600
SESSION_COOKIE_SECURE = is_encrypted()
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_USE_SESSIONS = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("fr", "Français")]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "de"
MEDIA_ROOT = _s.data_dir / "media"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _s.email_host
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = str(_s.data_dir / "mail")
EMAIL_HOST, EMAIL_PORT = _s.email_host, _s.email_port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _s.email_host_user, _s.email_host_password.get_secret_value()
EMAIL_USE_TLS = _s.email_use_tls
DEFAULT_FROM_EMAIL = _s.default_from_email
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": _s.log_level},
    "loggers": {"httpx2": {"level": "WARNING"}, "httpcore2": {"level": "WARNING"}},
}
