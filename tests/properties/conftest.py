"""The API clients of `tests.plugins.api`."""

from tests.plugins.api import anonymous, api, enter, other_api

__all__ = ["anonymous", "api", "enter", "other_api"]
