"""ImmobilienScout24, played from its schemas and from what was recorded of it."""
