"""The category tree: small, but real in kind, in German, English and French."""
