"""The product as a person meets it: Chromium, the built web UI, the whole supervised tree and the played eBay."""
