"""What may be proven about an account."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """What is proven about an account."""

    AUTHORISED = "authorised"  # consent is there, a choice or a right is still missing
    CALLABLE = "callable"  # the rights that publishing needs were exercised
    EXPIRING = "expiring"  # callable, but the consent ends soon
    REFUSED = "refused"  # the channel wants a new log-in
    UNREACHABLE = "unreachable"  # an outage; nobody needs to do anything
    PAUSED = "paused"  # the merchant's wish
    DISCONNECTED = "disconnected"  # secrets are gone, history stays


USABLE = (State.CALLABLE, State.EXPIRING, State.UNREACHABLE)
