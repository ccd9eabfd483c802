from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "kontor.webhooks"
    label = "webhooks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """From now on each event of the house is looked at for those who asked to be told."""
        from kontor.live import events
        from kontor.webhooks import outgoing

        events.hearing.append(outgoing.hear)
