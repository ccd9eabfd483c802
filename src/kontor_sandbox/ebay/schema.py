"""eBay's tables."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS ebay_application (
    client_id TEXT PRIMARY KEY, secret TEXT NOT NULL, ru_name TEXT NOT NULL UNIQUE,
    accepted_url TEXT NOT NULL, declined_url TEXT NOT NULL, title TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS ebay_seller (
    seller_id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS ebay_code (
    code TEXT PRIMARY KEY, client_id TEXT NOT NULL, ru_name TEXT NOT NULL, seller_id TEXT NOT NULL,
    scopes TEXT NOT NULL, expires_at TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS ebay_refresh_token (
    token TEXT PRIMARY KEY, client_id TEXT NOT NULL, seller_id TEXT NOT NULL, scopes TEXT NOT NULL,
    expires_at TEXT NOT NULL, revoked INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS ebay_access_token (
    token TEXT PRIMARY KEY, kind TEXT NOT NULL, client_id TEXT NOT NULL, seller_id TEXT,
    scopes TEXT NOT NULL, expires_at TEXT NOT NULL, dead INTEGER NOT NULL DEFAULT 0, refresh_token TEXT
);
CREATE TABLE IF NOT EXISTS ebay_throttle (resource TEXT PRIMARY KEY, until TEXT NOT NULL, tells_when INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS ebay_call_count (
    client_id TEXT NOT NULL, resource TEXT NOT NULL, day TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (client_id, resource, day)
);
CREATE TABLE IF NOT EXISTS ebay_program (seller_id TEXT NOT NULL, program TEXT NOT NULL, PRIMARY KEY (seller_id, program));
CREATE TABLE IF NOT EXISTS ebay_policy (
    policy_id TEXT PRIMARY KEY, seller_id TEXT NOT NULL, kind TEXT NOT NULL, marketplace_id TEXT NOT NULL,
    name TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (seller_id, kind, marketplace_id, name)
);
CREATE TABLE IF NOT EXISTS ebay_location (
    seller_id TEXT NOT NULL, key TEXT NOT NULL, status TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (seller_id, key)
);
CREATE TABLE IF NOT EXISTS ebay_item (
    seller_id TEXT NOT NULL, sku TEXT NOT NULL, locale TEXT NOT NULL, body TEXT NOT NULL,
    created_at TEXT NOT NULL, changed_at TEXT NOT NULL, PRIMARY KEY (seller_id, sku)
);
CREATE TABLE IF NOT EXISTS ebay_compatibility (
    seller_id TEXT NOT NULL, sku TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (seller_id, sku)
);
CREATE TABLE IF NOT EXISTS ebay_group (
    seller_id TEXT NOT NULL, key TEXT NOT NULL, locale TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (seller_id, key)
);
CREATE TABLE IF NOT EXISTS ebay_group_member (
    seller_id TEXT NOT NULL, sku TEXT NOT NULL, key TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (seller_id, sku)
);
CREATE TABLE IF NOT EXISTS ebay_offer (
    offer_id TEXT PRIMARY KEY, seller_id TEXT NOT NULL, sku TEXT NOT NULL, marketplace_id TEXT NOT NULL,
    format TEXT NOT NULL, status TEXT NOT NULL, listing_id TEXT, body TEXT NOT NULL,
    UNIQUE (seller_id, sku, marketplace_id, format)
);
CREATE TABLE IF NOT EXISTS ebay_listing (
    listing_id TEXT PRIMARY KEY, seller_id TEXT NOT NULL, marketplace_id TEXT NOT NULL, group_key TEXT,
    status TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT, sold INTEGER NOT NULL DEFAULT 0, snapshot TEXT NOT NULL,
    value REAL NOT NULL DEFAULT 0, pieces INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS ebay_listing_seller ON ebay_listing (seller_id, status);
CREATE TABLE IF NOT EXISTS ebay_listing_sku (
    listing_id TEXT NOT NULL, sku TEXT NOT NULL, offer_id TEXT NOT NULL, sold INTEGER NOT NULL DEFAULT 0,
    variation_id TEXT, PRIMARY KEY (listing_id, sku)
);
CREATE INDEX IF NOT EXISTS ebay_listing_sku_offer ON ebay_listing_sku (offer_id);
CREATE TABLE IF NOT EXISTS ebay_revision (
    listing_id TEXT NOT NULL, day TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (listing_id, day)
);
CREATE TABLE IF NOT EXISTS ebay_image (
    image_id TEXT PRIMARY KEY, seller_id TEXT NOT NULL, file TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
    created_at TEXT NOT NULL, expires_at TEXT NOT NULL, attached INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS ebay_order (
    order_id TEXT PRIMARY KEY, seller_id TEXT NOT NULL, marketplace_id TEXT NOT NULL, created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL, payment TEXT NOT NULL, fulfillment TEXT NOT NULL, cancel TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS ebay_order_created ON ebay_order (seller_id, created_at);
CREATE TABLE IF NOT EXISTS ebay_order_line (
    line_item_id TEXT PRIMARY KEY, order_id TEXT NOT NULL, position INTEGER NOT NULL, listing_id TEXT NOT NULL,
    sku TEXT NOT NULL, quantity INTEGER NOT NULL, shipped INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS ebay_order_line_order ON ebay_order_line (order_id, position);
CREATE TABLE IF NOT EXISTS ebay_fulfilment (
    fulfillment_id TEXT NOT NULL, order_id TEXT NOT NULL, created_at TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (order_id, fulfillment_id)
);
CREATE TABLE IF NOT EXISTS ebay_refund (
    refund_id TEXT PRIMARY KEY, order_id TEXT NOT NULL, created_at TEXT NOT NULL, value TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS ebay_notification_config (client_id TEXT PRIMARY KEY, alert_email TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ebay_destination (
    destination_id TEXT PRIMARY KEY, client_id TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
    endpoint TEXT NOT NULL, verification_token TEXT NOT NULL, UNIQUE (client_id, endpoint)
);
CREATE TABLE IF NOT EXISTS ebay_subscription (
    subscription_id TEXT PRIMARY KEY, client_id TEXT NOT NULL, seller_id TEXT, topic_id TEXT NOT NULL,
    destination_id TEXT NOT NULL, status TEXT NOT NULL, created_at TEXT NOT NULL, payload TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS ebay_signing_key (kid TEXT PRIMARY KEY, private_key TEXT NOT NULL, public_key TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ebay_delivery (
    number INTEGER PRIMARY KEY AUTOINCREMENT, notification_id TEXT NOT NULL, destination_id TEXT NOT NULL,
    topic TEXT NOT NULL, event_at TEXT NOT NULL, body TEXT NOT NULL, due_at REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL, last_answer TEXT
);
CREATE INDEX IF NOT EXISTS ebay_delivery_due ON ebay_delivery (state, due_at);
"""
