"""Telling a customer's own systems what happened."""
