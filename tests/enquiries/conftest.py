"""The API, as an owner of `tenant_a`."""

from tests.plugins.api import anonymous, api, enter

__all__ = ["anonymous", "api", "enter"]
