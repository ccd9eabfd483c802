"""ImmobilienScout24's tables."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS is24_application (
    consumer_key TEXT PRIMARY KEY, secret TEXT NOT NULL, title TEXT NOT NULL, budget REAL, counted_at TEXT
);
CREATE TABLE IF NOT EXISTS is24_account (
    account_id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, title TEXT NOT NULL, email TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS is24_request_token (
    token TEXT PRIMARY KEY, secret TEXT NOT NULL, consumer_key TEXT NOT NULL, callback TEXT NOT NULL,
    expires_at TEXT NOT NULL, account_id TEXT, verifier TEXT, used INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS is24_access_token (
    token TEXT PRIMARY KEY, secret TEXT NOT NULL, consumer_key TEXT NOT NULL, account_id TEXT NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS is24_nonce (
    consumer_key TEXT NOT NULL, token TEXT NOT NULL, sent_at INTEGER NOT NULL, nonce TEXT NOT NULL,
    PRIMARY KEY (consumer_key, token, sent_at, nonce)
);
CREATE TABLE IF NOT EXISTS is24_contact (
    contact_id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, external_id TEXT, is_default INTEGER NOT NULL,
    document BLOB NOT NULL, UNIQUE (account_id, external_id)
);
CREATE TABLE IF NOT EXISTS is24_realestate (
    realestate_id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, external_id TEXT NOT NULL, type TEXT NOT NULL,
    contact_id INTEGER NOT NULL, document BLOB NOT NULL, created_at TEXT NOT NULL, modified_at TEXT,
    UNIQUE (account_id, external_id)
);
CREATE TABLE IF NOT EXISTS is24_publication (
    realestate_id INTEGER NOT NULL REFERENCES is24_realestate ON DELETE CASCADE, channel_id TEXT NOT NULL,
    published_at TEXT NOT NULL, PRIMARY KEY (realestate_id, channel_id)
);
CREATE TABLE IF NOT EXISTS is24_live_time (
    realestate_id INTEGER NOT NULL REFERENCES is24_realestate ON DELETE CASCADE,
    began_at TEXT NOT NULL, ended_at TEXT
);
CREATE TABLE IF NOT EXISTS is24_attachment (
    attachment_id INTEGER PRIMARY KEY,
    realestate_id INTEGER NOT NULL REFERENCES is24_realestate ON DELETE CASCADE,
    kind TEXT NOT NULL, document BLOB NOT NULL, position INTEGER NOT NULL,
    media_type TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, md5 TEXT NOT NULL, modified_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS is24_attachment_realestate ON is24_attachment (realestate_id);
CREATE TABLE IF NOT EXISTS is24_placement (
    realestate_id INTEGER NOT NULL REFERENCES is24_realestate ON DELETE CASCADE, kind TEXT NOT NULL,
    began_at TEXT NOT NULL, PRIMARY KEY (realestate_id, kind)
);
CREATE TABLE IF NOT EXISTS is24_bulk_removal (
    account_id TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (account_id, kind)
);
CREATE TABLE IF NOT EXISTS is24_enquiry (
    enquiry_id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, realestate_id INTEGER NOT NULL, at TEXT NOT NULL,
    recipient TEXT NOT NULL, message_id TEXT NOT NULL, body TEXT NOT NULL,
    copies INTEGER NOT NULL DEFAULT 1
);
"""
