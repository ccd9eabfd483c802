"""The paths of eBay's APIs that the connector calls, with `{}` where a value stands: what calls are counted under."""

from __future__ import annotations

from typing import Final

_INVENTORY: Final = (
    "bulk_create_offer", "bulk_create_or_replace_inventory_item", "bulk_get_inventory_item", "bulk_publish_offer",
    "bulk_update_price_quantity", "inventory_item/{}", "inventory_item_group/{}", "location", "location/{}", "offer",
    "offer/publish_by_inventory_item_group", "offer/withdraw_by_inventory_item_group", "offer/{}", "offer/{}/withdraw",
)  # fmt: skip
_ACCOUNT: Final = (
    "fulfillment_policy", "payment_policy", "privilege", "program/get_opted_in_programs", "program/opt_in", "return_policy",
)  # fmt: skip
_METADATA: Final = (
    "marketplace/{}/get_item_condition_policies", "marketplace/{}/get_listing_structure_policies",
    "marketplace/{}/get_regulatory_policies", "shipping/marketplace/{}/get_shipping_services",
)  # fmt: skip
_TAXONOMY: Final = (
    "category_tree/{}/get_category_subtree", "category_tree/{}/get_category_suggestions",
    "category_tree/{}/get_item_aspects_for_category", "get_default_category_tree_id",
)  # fmt: skip
_NOTIFICATION: Final = (
    "config", "destination", "destination/{}", "public_key/{}", "subscription", "subscription/{}/enable", "topic",
)  # fmt: skip

ROUTES: Final = (
    *(f"/sell/inventory/v1/{path}" for path in _INVENTORY),
    *(f"/sell/account/v1/{path}" for path in _ACCOUNT),
    *(f"/sell/metadata/v1/{path}" for path in _METADATA),
    *(f"/commerce/taxonomy/v1/{path}" for path in _TAXONOMY),
    *(f"/commerce/notification/v1/{path}" for path in _NOTIFICATION),
    "/sell/fulfillment/v1/order",
    "/sell/fulfillment/v1/order/{}",
    "/sell/fulfillment/v1/order/{}/shipping_fulfillment",
    "/commerce/identity/v1/user",
    "/commerce/media/v1_beta/image/create_image_from_file",
    "/developer/analytics/v1_beta/rate_limit",
)
