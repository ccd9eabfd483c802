from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "kontor.enquiries"
    label = "enquiries"
    default_auto_field = "django.db.models.BigAutoField"
