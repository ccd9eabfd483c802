from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "kontor.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every app's handlers are known to every process: the web too runs `drain` in tests and counts kinds."""
        autodiscover_modules("housekeeping", "jobs")
