from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "kontor.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hears where a marketplace closed somebody's account."""
        from kontor.inbound import jobs as inbound
        from kontor.privacy import erasures

        inbound.close_account.append(erasures.account_closed)
