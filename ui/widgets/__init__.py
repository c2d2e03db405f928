"""The widgets every screen is built from; they know nothing of the trade."""
