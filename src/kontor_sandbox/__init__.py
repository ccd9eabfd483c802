"""Every channel that Kontor speaks to, played over HTTP. Imports nothing of kontor."""
