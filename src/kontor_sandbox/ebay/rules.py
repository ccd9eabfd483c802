"""What eBay checks when an offer is published: everything at once, so that several errors come back together."""

from __future__ import annotations

import re
from typing import Any

from kontor_sandbox.ebay import media
from kontor_sandbox.ebay.amounts import check_price
from kontor_sandbox.ebay.candidates import Candidate, candidate_of, group_of
from kontor_sandbox.ebay.catalogue import valid_gtin
from kontor_sandbox.ebay.errors import Problem, Refusal
from kontor_sandbox.ebay.items import CONDITIONS
from kontor_sandbox.ebay.locations import find_location
from kontor_sandbox.ebay.marketplaces import EU_COUNTRIES
from kontor_sandbox.ebay.operations import Call
from kontor_sandbox.ebay.taxonomy.aspects import Aspect, aspects_of
from kontor_sandbox.ebay.taxonomy.tree import TREE, Category
from kontor_sandbox.store import Row, find

LONGEST_TITLE = 80
NOT_APPLICABLE = ("does not apply", "nicht zutreffend", "non applicable", "n'est pas applicable", "na")
_POLICIES = (("fulfillment", 25007), ("payment", 25008), ("return", 25009))
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def problems_of_listing(call: Call, candidate: Candidate) -> list[Problem]:
    """Everything that keeps a listing as a whole from going live."""
    call.language = candidate.site.language
    found = [
        *_account_problems(call, candidate),
        *_text_problems(candidate),
        *_picture_problems(call, candidate),
    ]
    category, category_problems = _category(candidate)
    found += category_problems
    found += _price_problems(candidate)
    if candidate.quantity < 1:
        found.append(Problem(25004))
    if category is not None:
        found += _aspect_problems(candidate, category)
        found += _condition_problems(candidate, category)
        found += _identifier_problems(candidate, category)
        found += _regulatory_problems(candidate, category)
    return found


def check_revision(call: Call, offer: Row) -> None:
    """What a changed offer must still satisfy while it is live (stock may be nought); raises all problems."""
    if group_of(call, offer["sku"]) is not None:
        return
    candidate = candidate_of(call, offer)
    problems = [problem for problem in problems_of_listing(call, candidate) if problem.error_id != 25004]
    if problems:
        raise Refusal(*problems)


def _account_problems(call: Call, candidate: Candidate) -> list[Problem]:
    found: list[Problem] = []
    policies = candidate.offer.get("listingPolicies") or {}
    for kind, error_id in _POLICIES:
        row = find(
            call.db,
            "SELECT 1 FROM ebay_policy WHERE seller_id = ? AND kind = ? AND policy_id = ? AND marketplace_id = ?",
            *(call.seller_id, kind, policies.get(f"{kind}PolicyId", ""), candidate.site.id),
        )
        if row is None:
            found.append(Problem(error_id, parameters={"0": f"{kind}PolicyId"}))
    key = candidate.offer.get("merchantLocationKey")
    location = find_location(call, key) if key else None
    if location is None or location["status"] != "ENABLED":
        found.append(Problem(25012, parameters={"0": "merchantLocationKey"}, values={"value": key or "–"}))
    tax = (candidate.offer.get("tax") or {}).get("vatPercentage")
    if tax is not None and not 0 <= tax <= 30:
        found.append(Problem(25011, values={"value": str(tax)}))
    return found


def _text_problems(candidate: Candidate) -> list[Problem]:
    found: list[Problem] = []
    title = (candidate.shown.get("title") or "").strip()
    if not title:
        found.append(Problem(25002, "title", {"0": "title"}))
    elif len(title) > LONGEST_TITLE:
        found.append(Problem(25002, "title_long", {"0": "title"}))
    if not (candidate.offer.get("listingDescription") or candidate.shown.get("description") or "").strip():
        found.append(Problem(25002, "description", {"0": "description"}))
    return found


def _picture_problems(call: Call, candidate: Candidate) -> list[Problem]:
    if not candidate.pictures:
        return [Problem(25002, "photo", {"0": "imageUrls"})]
    found: list[Problem] = []
    for url in candidate.pictures:
        standing = media.standing(call, url)
        if standing == "unknown":
            found.append(Problem(25014, parameters={"0": "imageUrls"}, values={"value": url[:200]}))
        elif standing == "refused":
            found.append(Problem(25015, parameters={"0": "imageUrls"}, values={"value": url[:200]}))
    return found


def _category(candidate: Candidate) -> tuple[Category | None, list[Problem]]:
    category_id = candidate.offer.get("categoryId")
    if not category_id:
        return None, [Problem(25005, "missing", {"0": "categoryId"})]
    category = TREE.find(str(category_id))
    if category is None:
        return None, [Problem(25005, "unknown", {"0": "categoryId"}, {"value": str(category_id)})]
    if not category.is_leaf:
        return None, [Problem(25005, "leaf", {"0": "categoryId"}, {"value": str(category_id)})]
    return category, []


def _price_problems(candidate: Candidate) -> list[Problem]:
    price = (candidate.offer.get("pricingSummary") or {}).get("price")
    if not price:
        return [Problem(25003, "missing", {"0": "price"})]
    try:
        check_price(price)
    except Refusal as refusal:
        return list(refusal.problems)
    currency = price.get("currency")
    if currency != candidate.site.currency:
        values = {"wanted": candidate.site.currency, "value": str(currency)}
        return [Problem(25003, "currency", {"0": "currency"}, values)]
    return []


def _aspect_problems(candidate: Candidate, category: Category) -> list[Problem]:
    found: list[Problem] = []
    for aspect in aspects_of(category, candidate.site.language):
        values = candidate.aspects.get(aspect.name) or []
        if not values and aspect.key == "brand" and candidate.product.get("brand"):
            values = [candidate.product["brand"]]
        if not any(value.strip() for value in values):
            if aspect.required:
                found.append(_missing(aspect))
            continue
        found += _value_problems(aspect, values)
    return found


def _missing(aspect: Aspect) -> Problem:
    if aspect.key == "brand":
        return Problem(25002, "brand", {"0": aspect.name}, {"name": aspect.name})
    return Problem(25029, parameters={"field": aspect.name})


def _value_problems(aspect: Aspect, values: list[str]) -> list[Problem]:
    name = {"name": aspect.name}
    if not aspect.multiple and len(values) > 1:
        return [Problem(25002, "aspect_single", {"0": aspect.name}, name)]
    for value in values:
        if len(value) > aspect.max_length:
            return [
                Problem(25002, "aspect_long", {"0": aspect.name}, name | {"limit": str(aspect.max_length)})
            ]
        if aspect.selection_only and value not in aspect.values:
            return [Problem(25002, "aspect_value", {"0": aspect.name, "1": value}, name | {"value": value})]
    return []


def _condition_problems(candidate: Candidate, category: Category) -> list[Problem]:
    condition = candidate.item.get("condition")
    if not condition:
        return [Problem(25021, "missing", {"0": "condition"})]
    if CONDITIONS[condition] not in category.profile.condition_ids:
        return [Problem(25021, "category", {"0": "condition"}, {"value": condition})]
    return []


def _identifier_problems(candidate: Candidate, category: Category) -> list[Problem]:
    codes = [code for code in candidate.product.get("ean") or [] if code.strip()]
    for code in codes:
        if code.strip().lower() not in NOT_APPLICABLE and not valid_gtin(code):
            return [Problem(25002, "ean_wrong", {"0": "ean"}, {"value": code})]
    other = [*(candidate.product.get("isbn") or []), *(candidate.product.get("upc") or [])]
    if category.profile.ean == "REQUIRED" and not codes and not other:
        return [Problem(25002, "ean", {"0": "ean"})]
    return []


def _regulatory_problems(candidate: Candidate, category: Category) -> list[Problem]:
    if not candidate.site.in_eu:
        return []
    regulatory = candidate.offer.get("regulatory") or {}
    manufacturer = regulatory.get("manufacturer")
    persons = regulatory.get("responsiblePersons") or []
    needed = category.profile.manufacturer == "REQUIRED" and candidate.item.get("condition") == "NEW"
    if not manufacturer and not persons and not needed:
        return []
    # Documents are uploaded by an API that this sandbox does not play, so it knows none.
    documents = regulatory.get("documents") or []
    found = [Problem(25104, values={"value": str(row.get("documentId"))}) for row in documents]
    if manufacturer:
        found += _contact_problems(manufacturer, 25111, 25110, 25118)
    elif needed:
        found.append(Problem(25111, parameters={"0": "manufacturer.companyName"}))
    if len(persons) > 5:
        found.append(Problem(25112))
    for person in persons:
        found += _contact_problems(person, 25114, 25113, 25119)
        if not person.get("types"):
            found.append(Problem(25116))
    countries = {contact.get("country") for contact in [manufacturer or {}, *persons]}
    if not countries & EU_COUNTRIES:
        found.append(Problem(25115))
    return found


_LONGEST = {
    "companyName": 100,
    "addressLine1": 180,
    "addressLine2": 180,
    "postalCode": 9,
    "email": 180,
    "phone": 64,
}


def _contact_problems(
    contact: dict[str, Any], no_name: int, no_address: int, no_contact: int
) -> list[Problem]:
    found: list[Problem] = []
    if not contact.get("companyName"):
        found.append(Problem(no_name, parameters={"0": "companyName"}))
    address = ("addressLine1", "city", "postalCode", "country")
    missing = [name for name in address if not contact.get(name)]
    if len(missing) < len(address):
        found += [Problem(no_address, parameters={"field": name}) for name in missing]
    if len(missing) == len(address) and not any(
        contact.get(name) for name in ("email", "phone", "contactUrl")
    ):
        found.append(Problem(no_contact))
    if (email := contact.get("email")) and not _EMAIL.fullmatch(email):
        found.append(Problem(25088, values={"value": email}))
    for name, limit in _LONGEST.items():
        if len(contact.get(name) or "") > limit:
            found.append(Problem(25080, values={"field": name, "limit": str(limit)}))
    return found
