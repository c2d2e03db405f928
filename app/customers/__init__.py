"""Finding customers: from this machine first, then from the server."""
