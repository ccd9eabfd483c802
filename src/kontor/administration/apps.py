from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "kontor.administration"
    label = "administration"
