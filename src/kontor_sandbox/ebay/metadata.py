"""Metadata API: what a marketplace allows in its categories."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kontor_sandbox.ebay.errors import Problem, error_rows, refuse
from kontor_sandbox.ebay.marketplaces import MARKETPLACES, Marketplace
from kontor_sandbox.ebay.operations import Call, Operations
from kontor_sandbox.ebay.taxonomy.tree import LANGUAGES, TREE, Category
from kontor_sandbox.exchange import Answer

OPERATIONS = Operations("sell_metadata_v1", "", caller="any")
_BASE = "/sell/metadata/v1/marketplace/{marketplace_id}"
MOST_CATEGORIES = 50

CONDITION_NAMES = {
    "1000": ("New", "Neu", "Neuf"),
    "1500": ("New: other", "Neu: Sonstige", "Neuf : autre"),
    "1750": ("New with defects", "Neu mit Fehlern", "Neuf avec défauts"),
    "2000": ("Certified refurbished", "Zertifiziert: Refurbished", "Certifié reconditionné"),
    "2010": ("Excellent: refurbished", "Hervorragend: Refurbished", "Excellent état : reconditionné"),
    "2020": ("Very good: refurbished", "Sehr gut: Refurbished", "Très bon état : reconditionné"),
    "2030": ("Good: refurbished", "Gut: Refurbished", "Bon état : reconditionné"),
    "2500": ("Seller refurbished", "Vom Verkäufer generalüberholt", "Reconditionné par le vendeur"),
    "2750": ("Like new", "Neuwertig", "Comme neuf"),
    "2990": ("Pre-owned: excellent", "Gebraucht: Hervorragend", "Occasion : excellent état"),
    "3000": ("Used", "Gebraucht", "Occasion"),
    "3010": ("Pre-owned: fair", "Gebraucht: Akzeptabel", "Occasion : état correct"),
    "4000": ("Very good", "Sehr gut", "Très bon état"),
    "5000": ("Good", "Gut", "Bon état"),
    "6000": ("Acceptable", "Akzeptabel", "État acceptable"),
    "7000": ("For parts or not working", "Als Ersatzteil / defekt", "Pour pièces / ne fonctionne pas"),
}

Row = Callable[[Category, Marketplace, str], dict[str, Any]]


def _site(call: Call) -> Marketplace:
    site = MARKETPLACES.get(call.path["marketplace_id"])
    if site is None:
        raise refuse(46001)
    return site


def _categories(call: Call) -> list[Category]:
    """The leaves asked for by ``filter=categoryIds:{1|2}``, or all of them."""
    wanted = call.query.get("filter")
    if not wanted:
        return list(TREE.leaves())
    match = re.fullmatch(r"categoryIds:\{([\d|]+)\}", wanted)
    if match is None:
        raise refuse(46002)
    ids = match.group(1).split("|")
    if len(ids) > MOST_CATEGORIES:
        ids = ids[:MOST_CATEGORIES]
    found: list[Category] = []
    for category_id in ids:
        category = TREE.find(category_id)
        if category is None:
            call.warnings.append(Problem(46003, values={"value": category_id}))
        elif category.is_leaf:
            found.append(category)
    return found


def _policies(call: Call, name: str, row: Row) -> Answer:
    site = _site(call)
    language = call.language if call.request.headers.get("accept-language") else site.language
    policies = [
        {"categoryTreeId": site.tree_id, "categoryId": category.id} | row(category, site, language)
        for category in _categories(call)
    ]
    if not policies:
        return Answer(204)
    return Answer(200, {name: policies, "warnings": error_rows(call.warnings, call.language)})


@OPERATIONS.add("GET", f"{_BASE}/get_item_condition_policies")
def get_condition_policies(call: Call) -> Answer:
    """Which conditions goods of a category can have."""

    def row(category: Category, site: Marketplace, language: str) -> dict[str, Any]:
        place = LANGUAGES.index(language)
        conditions = [
            {"conditionId": number, "conditionDescription": CONDITION_NAMES[number][place]}
            for number in category.profile.condition_ids
        ]
        return {"itemConditionRequired": True, "itemConditions": conditions}

    return _policies(call, "itemConditionPolicies", row)


@OPERATIONS.add("GET", f"{_BASE}/get_regulatory_policies")
def get_regulatory_policies(call: Call) -> Answer:
    """Which regulatory data a category knows, and whether it demands them."""

    def row(category: Category, site: Marketplace, language: str) -> dict[str, Any]:
        attributes = [{"name": "HAZMAT", "usage": "OPTIONAL"}]
        if site.in_eu:
            attributes.append({"name": "MANUFACTURER_CONTACT", "usage": category.profile.manufacturer})
            attributes.append({"name": "PRODUCT_SAFETY", "usage": "OPTIONAL"})
        return {"supportedAttributes": attributes}

    return _policies(call, "regulatoryPolicies", row)


@OPERATIONS.add("GET", f"{_BASE}/get_listing_structure_policies")
def get_listing_structure_policies(call: Call) -> Answer:
    """Whether a category takes listings with variations."""
    return _policies(
        call,
        "listingStructurePolicies",
        lambda category, site, language: {"variationsSupported": category.profile.variations},
    )


@OPERATIONS.add("GET", f"{_BASE}/get_category_policies")
def get_category_policies(call: Call) -> Answer:
    """Which product identifiers a category wants."""

    def row(category: Category, site: Marketplace, language: str) -> dict[str, Any]:
        is_book = category.profile.name == "book"
        return {
            "autoPayEnabled": False,
            "eanSupport": category.profile.ean,
            "isbnSupport": "ENABLED" if is_book else "DISABLED",
            "upcSupport": "ENABLED",
            "expired": False,
            "valueCategory": False,
            "virtual": False,
        }

    return _policies(call, "categoryPolicies", row)


@OPERATIONS.add("GET", f"{_BASE}/get_currencies")
def get_currencies(call: Call) -> Answer:
    """The currency of a marketplace."""
    site = _site(call)
    return Answer(
        200,
        {"marketplaceId": site.id, "defaultCurrency": {"code": site.currency, "description": site.currency}},
    )


@OPERATIONS.add("GET", f"{_BASE}/get_product_safety_labels")
def get_product_safety_labels(call: Call) -> Answer:
    """A few pictograms and statements."""
    _site(call)
    pictograms = [
        {"pictogramId": f"PCT{number}", "pictogramDescription": text, "pictogramUrl": ""}
        for number, text in ((1, "Not for children under 3 years"), (2, "Keep dry"), (3, "Read the manual"))
    ]
    statements = [
        {"statementId": "STM1", "statementDescription": "Keep away from fire."},
        {"statementId": "STM2", "statementDescription": "Adult assembly required."},
    ]
    return Answer(200, {"pictograms": pictograms, "statements": statements})


_CARRIERS = {
    "DE": ("DHL", "Hermes", "DPD", "GLS", "UPS", "DeutschePost"),
    "FR": ("Colissimo", "Chronopost", "MondialRelay", "DPD", "UPS"),
}
_SERVICES = {
    "DE": (
        ("DE_DHLPaket", "DHL"),
        ("DE_HermesPaket", "Hermes"),
        ("DE_DPDClassic", "DPD"),
        ("DE_UPSStandard", "UPS"),
    ),
    "FR": (
        ("FR_ColiposteColissimo", "Colissimo"),
        ("FR_Chronopost", "Chronopost"),
        ("FR_MondialRelay", "MondialRelay"),
    ),
}
_SHIPPING = "/sell/metadata/v1/shipping/marketplace/{marketplace_id}"


@OPERATIONS.add("GET", f"{_SHIPPING}/get_shipping_carriers")
def get_shipping_carriers(call: Call) -> Answer:
    """Carriers of a marketplace."""
    carriers = _CARRIERS.get(_site(call).country, ("DHL", "UPS", "DPD", "FedEx"))
    return Answer(
        200, {"shippingCarriers": [{"shippingCarrier": name, "description": name} for name in carriers]}
    )


@OPERATIONS.add("GET", f"{_SHIPPING}/get_shipping_services")
def get_shipping_services(call: Call) -> Answer:
    """Services of a marketplace."""
    country = _site(call).country
    services = _SERVICES.get(country, ((f"{country}_Standard", "Other"), (f"{country}_Express", "Other")))
    return Answer(
        200,
        {
            "shippingServices": [
                {
                    "shippingService": code,
                    "description": code.replace("_", " "),
                    "shippingCarrier": carrier,
                    "shippingCategory": "STANDARD",
                    "shippingCostTypes": ["FLAT_RATE"],
                    "internationalService": False,
                    "validForSellingFlow": True,
                    "packageLimits": {},
                }
                for code, carrier in services
            ]
        },
    )
