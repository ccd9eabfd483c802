"""Who did what, from where: entries that nobody can change."""
