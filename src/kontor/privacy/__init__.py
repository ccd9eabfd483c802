"""What a person or a tenant may take along, and what is erased."""
