"""The control page and its API: what a test or a person does to the played marketplaces."""
