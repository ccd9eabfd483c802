"""How a table is shown: to be read, without what is secret, and with the few actions that can do no harm."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import BinaryField, Field, JSONField, Model
from django.http import HttpRequest
from django.utils.html import format_html

from kontor.audit.redaction import SECRET_NAMES, redacted

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Model]
else:
    Base = admin.ModelAdmin

HARMLESS = {"refresh_lease_until", "token_generation"}  # named like secrets, and none


class ReadOnly(Base):
    """Nobody adds, changes or deletes here: what is to be changed is changed by those whose it is."""

    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 200
    actions_on_top = True
    hidden: tuple[str, ...] = ()

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever is in: the site asked already."""
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The same."""
        return self.admin_site.has_permission(request)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """What is neither secret nor somebody's address, JSON as text."""
        return [shown(field) for field in self.model._meta.fields if self._may_show(field)]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """All of them."""
        return self.get_fields(request, obj)

    def _may_show(self, field: Field[Any, Any]) -> bool:
        if field.name in self.hidden or isinstance(field, BinaryField):
            return False
        return field.name in HARMLESS or not SECRET_NAMES.search(field.name)


def shown(field: Field[Any, Any]) -> str | Callable[[Model], str]:
    """A field as the admin lists it; JSON goes through the audit log's redaction."""
    if not isinstance(field, JSONField):
        return field.name

    def text(row: Model) -> str:
        value = redacted(getattr(row, field.name), field.name)
        return format_html("<pre>{}</pre>", json.dumps(value, indent=2, ensure_ascii=False))

    text.short_description = field.verbose_name  # type: ignore[attr-defined]
    text.__name__ = field.name
    return text
