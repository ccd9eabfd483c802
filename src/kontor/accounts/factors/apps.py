from django.apps import AppConfig


class FactorsConfig(AppConfig):
    name = "kontor.accounts.factors"
    label = "factors"
    default_auto_field = "django.db.models.BigAutoField"
