from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Lends the API's ground the keys as a kind of credential."""

    name = "kontor.accounts.keys"
    label = "keys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Runs once when Django starts; modules with models can be imported only now."""
        from kontor.accounts.keys import verifying
        from kontor.core.http import credentials

        credentials.lend(verifying.ApiKeys())
