"""EU product safety (GPSR): what eBay checks of manufacturer and responsible person (its errors 25110 to 25119)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from kontor.channels.contract.values import CategoryRules, Contact, GoodsOut
from kontor.channels.ebay.mapping.goods import CONTACT_FIELDS
from kontor.core.errors import Problem

EU_COUNTRIES: Final = frozenset(
    {
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
    }
    | {"LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)
EU_MARKETPLACES: Final = frozenset(
    f"EBAY_{country}" for country in ("AT", "BE", "DE", "ES", "FR", "IE", "IT", "NL", "PL")
)
_ADDRESS: Final = ("address_line1", "city", "postal_code", "country")
_FIX: Final = "brand:safety"


def safety_problems(listing: GoodsOut, rules: CategoryRules | None) -> Iterator[Problem]:
    """Missing data stop a listing where the category demands them, and are worth a remark everywhere in the EU."""
    manufacturer, responsible = listing.safety.manufacturer, listing.safety.responsible
    required = rules is not None and rules.safety_required
    if _is_empty(manufacturer) and _is_empty(responsible):
        if required or listing.marketplace in EU_MARKETPLACES:
            yield Problem(
                "ebay.safety.missing",
                "Manufacturer and responsible person (EU product safety) are missing",
                "brand",
                {"brand": listing.brand},
                _FIX,
                "error" if required else "warning",
            )
        return
    if required and _is_empty(manufacturer):
        yield _problem("manufacturer", "missing", "The manufacturer is missing")
    for role, contact in (("manufacturer", manufacturer), ("responsible", responsible)):
        if contact is not None and not _is_empty(contact):
            yield from _contact_problems(role, contact)
    countries = {contact.country for contact in (manufacturer, responsible) if contact is not None}
    if listing.marketplace in EU_MARKETPLACES and not countries & EU_COUNTRIES:
        yield _problem(
            "responsible", "outside_eu", "The manufacturer or a responsible person must be inside the EU"
        )


def _contact_problems(role: str, contact: Contact) -> Iterator[Problem]:
    who = "manufacturer" if role == "manufacturer" else "responsible person"
    values = asdict(contact)
    if not contact.company_name:
        yield _problem(role, "company_name", f"The {who}'s company name is missing")
    has_address = any(values[name] for name in ("address_line1", "address_line2", "city", "postal_code"))
    lacking = [name for name in _ADDRESS if not values[name]]
    if has_address and lacking:
        yield _problem(role, "address", f"The {who}'s address is not complete", missing=lacking)
    if not has_address and not (contact.email or contact.phone or contact.contact_url):
        yield _problem(role, "contact", f"The {who} needs an address, e-mail, phone or web address")
    for row in CONTACT_FIELDS:
        if (problem := row.check(contact, "ebay")) is not None:
            yield _problem(role, "too_long", f"{who}: {problem.message}", name=row.ours, **problem.params)


def _is_empty(contact: Contact | None) -> bool:
    return contact is None or not any(asdict(contact).values())


def _problem(role: str, what: str, message: str, **params: object) -> Problem:
    return Problem(f"ebay.safety.{role}.{what}", message, "brand", params, _FIX)
