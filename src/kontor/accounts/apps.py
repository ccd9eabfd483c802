from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kontor.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
