"""Interest in what an address cannot have yet."""
