"""Metadata API: what a category allows and demands beside its aspects."""

from __future__ import annotations

from kontor.channels.ebay.wire.base import Received


class Condition(Received):
    conditionId: str = ""
    conditionDescription: str = ""


class ConditionPolicy(Received):
    categoryId: str = ""
    itemConditions: tuple[Condition, ...] = ()


class ConditionPolicies(Received):
    itemConditionPolicies: tuple[ConditionPolicy, ...] = ()


class StructurePolicy(Received):
    categoryId: str = ""
    variationsSupported: bool = False


class StructurePolicies(Received):
    listingStructurePolicies: tuple[StructurePolicy, ...] = ()


class RegulatoryAttribute(Received):
    name: str = ""
    usage: str = ""


class RegulatoryPolicy(Received):
    categoryId: str = ""
    supportedAttributes: tuple[RegulatoryAttribute, ...] = ()


class RegulatoryPolicies(Received):
    regulatoryPolicies: tuple[RegulatoryPolicy, ...] = ()


class ShippingServiceRead(Received):
    shippingCarrier: str = ""
    shippingService: str = ""
    shippingCategory: str = ""
    shippingCostTypes: tuple[str, ...] = ()
    internationalService: bool = False
    validForSellingFlow: bool = False


class ShippingServices(Received):
    shippingServices: tuple[ShippingServiceRead, ...] = ()
