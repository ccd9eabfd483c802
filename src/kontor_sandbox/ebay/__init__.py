"""eBay, played from its specifications: OAuth, Account, Inventory, Media, Taxonomy, Fulfillment, Notification."""
