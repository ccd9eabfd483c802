"""Between the merchant's product and eBay's messages. Pure functions."""
