"""The desk's own reads."""
