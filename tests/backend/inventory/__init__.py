"""Product inventory."""
