"""Kontor: a self-hosted, multi-tenant trading office."""
