from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Lends the API's ground what only accounts know: who a token belongs to, where answers are kept."""

    name = "kontor.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Runs once when Django starts; modules with models can be imported only now."""
        from kontor.accounts import buckets, idempotency, sessions, tokens
        from kontor.core.http import credentials, limits
        from kontor.core.http.idempotency import lend_store
        from kontor.live.standing import lend_check

        limits.lend_buckets(buckets.take)
        credentials.lend(tokens.AccessTokens())
        lend_check("sessions", sessions.able_to_read)
        lend_store(idempotency.AnswersInDatabase())
