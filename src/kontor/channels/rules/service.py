"""A channel's category rules and suggestions, kept for all tenants, so that preflight needs no call.

Reading is a query. `ensure_*` call the channel where nothing fresh is kept: never inside a transaction.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Length

from kontor.channels.contract.capabilities import KnowsCategories
from kontor.channels.contract.errors import ChannelError, Gone, Unavailable
from kontor.channels.contract.values import AspectRule, CategoryRules, CategorySuggestion
from kontor.channels.rules.models import ChannelRule, Kind
from kontor.core.clock import now

RULES_FRESH = timedelta(days=7)
SUGGESTIONS_FRESH = timedelta(days=30)
GONE_FRESH = timedelta(days=1)


def category_rules(channel: str, marketplace: str, category_id: str) -> CategoryRules | None:
    """The kept rules, however old; None where there are none, or the category is gone."""
    return many(channel, marketplace, [category_id]).get(category_id)


def many(channel: str, marketplace: str, category_ids: Collection[str]) -> dict[str, CategoryRules]:
    """The kept rules of these categories, by id, in one query; absent where there are none."""
    rows = _rows(channel, marketplace, Kind.CATEGORY).filter(key__in=list(category_ids), value__isnull=False)
    return {row.key: _read_rules(row.value) for row in rows}


def fetched_at(channel: str, marketplace: str, category_id: str) -> datetime | None:
    """How old the kept rules are."""
    row = _rows(channel, marketplace, Kind.CATEGORY).filter(key=category_id).first()
    return row.fetched_at if row else None


def store(channel: str, marketplace: str, rules: CategoryRules) -> None:
    """Keeps rules that were just fetched."""
    _keep(channel, marketplace, Kind.CATEGORY, rules.category_id, dataclasses.asdict(rules))


def ensure_rules(
    connector: KnowsCategories,
    channel: str,
    marketplace: str,
    category_id: str,
    *,
    fresh_for: timedelta = RULES_FRESH,
) -> CategoryRules:
    """The rules of a category, fetched where they are missing or old. During an outage old ones serve on.

    Raises Gone for a category that no longer exists (remembered for a day), and ChannelError where nothing is kept.
    """
    row = _rows(channel, marketplace, Kind.CATEGORY).filter(key=category_id).first()
    if row and now() - row.fetched_at < (fresh_for if row.value else min(GONE_FRESH, fresh_for)):
        if row.value is None:
            raise Gone(f"The category {category_id} no longer exists")
        return _read_rules(row.value)
    try:
        rules = connector.category_rules(category_id)
    except Gone:
        _keep(channel, marketplace, Kind.CATEGORY, category_id, None)
        raise
    except ChannelError as error:
        if row and row.value and isinstance(error, Unavailable):
            return _read_rules(row.value)
        raise
    store(channel, marketplace, rules)
    return rules


def suggestions(
    channel: str, marketplace: str, title: str, hint: str
) -> tuple[CategorySuggestion, ...] | None:
    """What the channel suggested for this title and hint lately; None where it was not asked."""
    rows = _rows(channel, marketplace, Kind.SUGGESTION)
    row = rows.filter(key=_key(title, hint), fetched_at__gt=now() - SUGGESTIONS_FRESH).first()
    return tuple(_read_suggestion(item) for item in row.value or ()) if row else None


def named(channel: str, marketplace: str, words: str, *, most: int) -> list[CategorySuggestion]:
    """Kept categories to sell in whose name or path has all of these words, shortest name first; a number is an id."""
    rows = _rows(channel, marketplace, Kind.CATEGORY).filter(value__is_leaf=True)
    if words.strip().isdigit():
        rows = rows.filter(key=words.strip())
    else:
        for word in words.split():
            rows = rows.filter(Q(value__name__icontains=word) | Q(value__path__icontains=word))
    found = [_read_rules(row.value) for row in rows.order_by(Length(KT("value__name")), "key")[:most]]
    return [CategorySuggestion(each.category_id, each.name, each.path) for each in found]


def ensure_suggestions(
    connector: KnowsCategories, channel: str, marketplace: str, title: str, hint: str
) -> Sequence[CategorySuggestion]:
    """The channel's suggestions, asked once for each wording; empty where it has none. Raises ChannelError."""
    known = suggestions(channel, marketplace, title, hint)
    if known is not None:
        return known
    found = tuple(connector.suggest_categories(title, hint))
    _keep(
        channel, marketplace, Kind.SUGGESTION, _key(title, hint), [dataclasses.asdict(item) for item in found]
    )
    return found


def _rows(channel: str, marketplace: str, kind: Kind) -> Any:
    return ChannelRule.objects.filter(channel=channel, marketplace=marketplace, kind=kind)


def _keep(channel: str, marketplace: str, kind: Kind, key: str, value: Any) -> None:
    ChannelRule.objects.update_or_create(
        channel=channel,
        marketplace=marketplace,
        kind=kind,
        key=key,
        defaults={"value": value, "fetched_at": now()},
    )


def _key(title: str, hint: str) -> str:
    """Wordings that differ in case, spaces, signs or Unicode form are one."""
    texts = [
        re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
        for text in (title, hint)
    ]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _read_rules(value: Mapping[str, Any]) -> CategoryRules:
    aspects = tuple(AspectRule(**{**row, "values": tuple(row["values"])}) for row in value["aspects"])
    return CategoryRules(
        **{
            **value,
            "path": tuple(value["path"]),
            "conditions": tuple(value["conditions"]),
            "aspects": aspects,
        }
    )


def _read_suggestion(value: Mapping[str, Any]) -> CategorySuggestion:
    return CategorySuggestion(**{**value, "path": tuple(value["path"])})
