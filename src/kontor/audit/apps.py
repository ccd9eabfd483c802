from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Lends the API's ground its auditor."""

    name = "kontor.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Runs once when Django starts; modules with models can be imported only now."""
        from kontor.audit.requests import recorded
        from kontor.core.http.endpoint import lend_auditor

        lend_auditor(recorded)
