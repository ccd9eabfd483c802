"""The ground every API stands on: routes, credentials, problem documents, pages, ETags, idempotency, uploads."""
