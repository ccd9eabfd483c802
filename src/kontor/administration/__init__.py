"""`/admin`: Django's own, for whoever runs the installation. One tenant at a time, under the same policies as everybody."""
