"""The API clients of `tests.plugins.api`, the mailbox of `tests.plugins.mails`."""

from tests.plugins.api import anonymous, api, enter, other_api
from tests.plugins.mails import post

__all__ = ["anonymous", "api", "enter", "other_api", "post"]
