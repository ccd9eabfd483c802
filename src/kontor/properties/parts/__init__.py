"""The sections of a property: small frozen values, each with the field's own words."""
