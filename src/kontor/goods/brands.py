"""Brands, and what product safety law wants to know of them. The data belong to the brand, never to a product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from kontor.catalog import text
from kontor.core.clock import now
from kontor.core.errors import Invalid, NotFound, Problem
from kontor.goods import shared
from kontor.goods.models import Brand, Product
from kontor.goods.values import BrandView
from kontor.live import events

CONTACT_FIELDS: Final = {
    "company_name": 200, "address_line1": 180, "address_line2": 180, "postal_code": 20, "city": 64,
    "state_or_province": 64, "country": 2, "email": 180, "phone": 64, "contact_url": 250,
}  # fmt: skip


def key_of(name: str) -> str:
    """What makes two spellings one brand."""
    return text.fold(name)[:120]


def ensure(names: Iterable[str]) -> dict[str, UUID]:
    """Brand ids by key, made where missing; two statements however many names."""
    wanted = {key: text.line(name) for name in names if (key := key_of(name))}
    if not wanted:
        return {}
    found = dict(Brand.objects.filter(key__in=wanted).values_list("key", "id"))
    if missing := [key for key in wanted if key not in found]:
        rows = [Brand(key=key, name=wanted[key], updated_at=now()) for key in missing]
        Brand.objects.bulk_create(rows, ignore_conflicts=True)
        found |= dict(Brand.objects.filter(key__in=missing).values_list("key", "id"))
    return found


def view(row: Brand) -> BrandView:
    """The value of a row."""
    return BrandView(row.id, row.name, row.manufacturer, row.responsible)


def named(names: Iterable[str]) -> dict[str, BrandView]:
    """Brands that exist, by the names as they were asked for; one query."""
    keys = {name: key_of(name) for name in names if name}
    found = {row.key: view(row) for row in Brand.objects.filter(key__in=set(keys.values()))} if keys else {}
    return {name: found[key] for name, key in keys.items() if key in found}


def get(brand_id: UUID) -> Brand:
    """A brand of this tenant. Raises NotFound."""
    row = Brand.objects.filter(id=brand_id).first()
    if row is None:
        raise NotFound
    return row


def edit(
    brand_id: UUID,
    *,
    manufacturer: Mapping[str, str] | None = None,
    responsible: Mapping[str, str] | None = None,
) -> Brand:
    """Replaces either contact (None: as it was) and tells those whose listings show it. Raises NotFound, Invalid."""
    row = get(brand_id)
    if manufacturer is not None:
        row.manufacturer = _contact("manufacturer", manufacturer)
    if responsible is not None:
        row.responsible = _contact("responsible", responsible)
    row.updated_at = now()
    row.save(update_fields=["manufacturer", "responsible", "updated_at"])
    listings = Product.objects.filter(brand_id=brand_id).count()
    events.record("brand.changed", "brand", brand_id, payload={"listings": listings})
    shared.tell()
    return row


def edit_by_name(name: str, manufacturer: Mapping[str, str], responsible: Mapping[str, str]) -> Brand:
    """The same for a brand that may not exist yet. Raises Invalid."""
    found = ensure([name])
    if not found:
        raise Invalid(problems=(Problem("goods.brand.missing", "A brand needs a name", "name"),))
    return edit(found[key_of(name)], manufacturer=manufacturer, responsible=responsible)


def lacks(contact: Mapping[str, Any]) -> list[str]:
    """Fields that the law wants and the contact does not have: who, where, and a way to write to them."""
    needed = ("company_name", "address_line1", "city", "country")
    missing = [name for name in needed if not contact.get(name)]
    return missing if contact.get("email") or contact.get("contact_url") else [*missing, "email"]


def _contact(field: str, given: Mapping[str, str]) -> dict[str, str]:
    cleaned = {name: value for name in CONTACT_FIELDS if (value := text.line(given.get(name) or ""))}
    problems = [
        Problem(
            "goods.contact.too_long", f"{len(value)} characters; {CONTACT_FIELDS[name]} are allowed",
            f"{field}.{name}", {"limit": CONTACT_FIELDS[name]},
        )
        for name, value in cleaned.items()
        if len(value) > CONTACT_FIELDS[name]
    ]  # fmt: skip
    if "@" not in cleaned.get("email", "@"):
        problems.append(Problem("goods.contact.email", "This is not a mail address", f"{field}.email"))
    cleaned["country"] = cleaned.get("country", "").upper()
    if cleaned["country"] and not (len(cleaned["country"]) == 2 and cleaned["country"].isalpha()):
        problems.append(
            Problem("goods.contact.country", "Use the country's two letters, such as DE", f"{field}.country")
        )
    if problems:
        raise Invalid(problems=tuple(problems))
    return {name: value for name, value in cleaned.items() if value}
