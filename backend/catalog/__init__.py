"""TMF620: what the operator sells."""
