"""What a channel says about its categories, kept for everybody."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """What a row holds."""

    CATEGORY = "category"  # `key` is the category id, `value` contract CategoryRules
    SUGGESTION = "suggestion"  # `key` is the normalised title and hint, `value` a list of CategorySuggestion


class ChannelRule(models.Model):
    """One cached answer of a channel's taxonomy; `value` is null where the channel says that it is gone."""

    channel = models.CharField(max_length=40)
    marketplace = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=200)
    value = models.JSONField(null=True)
    fetched_at = models.DateTimeField()

    class Meta:
        db_table = "rules_channelrule"
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "marketplace", "kind", "key"], name="rules_channelrule_once"
            )
        ]
