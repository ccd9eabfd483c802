"""Outgoing webhooks: what happens in a business, told to that business's own systems."""
