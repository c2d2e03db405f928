"""The account page and its tabs."""
