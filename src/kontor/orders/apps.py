from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "kontor.orders"
    label = "orders"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Takes in what the doorway of the house receives."""
        from kontor.inbound import jobs as inbound
        from kontor.orders import service

        inbound.take_order.append(service.take)
