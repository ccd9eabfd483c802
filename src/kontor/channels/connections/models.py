"""Connected accounts, and the consent that is under way."""

from __future__ import annotations

from django.db import models

from kontor.channels.connections.states import USABLE, State
from kontor.core.tenancy import TenantModel

__all__ = ["USABLE", "Connection", "OAuthState", "State"]


class Connection(TenantModel):
    """One account at one marketplace of a channel."""

    channel = models.CharField(max_length=40)
    marketplace = models.CharField(max_length=40)
    account_id = models.CharField(max_length=200)
    account_name = models.CharField(max_length=200, default="")
    label = models.CharField(max_length=120)
    state = models.CharField(max_length=20, choices=State.choices, default=State.AUTHORISED)
    missing = models.JSONField(default=list)  # of contract SetupItem as JSON
    settings = models.JSONField(default=dict)  # the connection's choices: policy ids, location key
    facts = models.JSONField(default=dict)  # what the account told about itself: limits, registration
    price_rule = models.JSONField(null=True)
    problem = models.JSONField(null=True)  # of core Problem: why it is refused or unreachable

    secret = models.BinaryField(null=True)  # sealed `tokens.Secret`
    token_generation = models.PositiveIntegerField(default=0)
    refresh_lease_until = models.DateTimeField(null=True)
    consent_until = models.DateTimeField(null=True)  # end of the refresh token

    connected_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    last_call_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "connections_connection"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "channel", "account_id", "marketplace"], name="connections_account_once"
            )
        ]


class OAuthState(models.Model):
    """A consent that a person went away to give. Found by the hash of its `state`, used once, good for ten minutes."""

    state_hash = models.CharField(primary_key=True, max_length=64)
    browser_hash = models.CharField(max_length=64)
    tenant_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    cause = models.JSONField(default=dict)
    channel = models.CharField(max_length=40)
    marketplace = models.CharField(max_length=40)
    connection_id = models.UUIDField(null=True)  # the one that is connected again
    verifier = models.BinaryField(null=True)  # sealed PKCE verifier
    return_to = models.CharField(max_length=500)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "connections_oauthstate"
        indexes = [models.Index(fields=["expires_at"], name="connections_oauthstate_old")]
