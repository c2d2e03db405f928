"""Interest in products that an address cannot have yet."""
