from django.apps import AppConfig


class PropertyImportsConfig(AppConfig):
    name = "kontor.properties.property_imports"
    label = "property_imports"
    default_auto_field = "django.db.models.BigAutoField"
