"""ImmobilienScout24: one flat, house, plot or business property per object, published by a call of its own. Read README.md first."""
