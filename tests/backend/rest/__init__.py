"""The REST layer: what TMF630 asks of every noun."""
