"""TMF629: the customers."""
