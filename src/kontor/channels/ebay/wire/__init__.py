"""eBay's messages as types, one module per API: strict in what we send, tolerant in what we read."""
