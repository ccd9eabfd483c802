from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Lends the accounts what a new owner gets: the mail that verifies their address."""

    name = "kontor.accounts.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Runs once when Django starts; modules with models can be imported only now."""
        from kontor.accounts.people import addresses
        from kontor.accounts.service import lend_greeting

        lend_greeting(lambda membership: addresses.send_verification(membership.person))
