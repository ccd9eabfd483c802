from django.apps import AppConfig


class InboundConfig(AppConfig):
    name = "kontor.inbound"
    label = "inbound"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begins and ends listening with the connections."""
        from kontor.channels.connections import changes
        from kontor.inbound import service

        changes.changed.append(service.connection_changed)
