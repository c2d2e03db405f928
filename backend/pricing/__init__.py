"""What it costs: price lists, VAT, and the figures of a basket."""
