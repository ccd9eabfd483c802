"""API keys: what programs of a business prove themselves with."""
