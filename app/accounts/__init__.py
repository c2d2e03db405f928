"""A customer's account: read from the store and the server, and put into words."""
