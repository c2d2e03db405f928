"""The tab of letters: what was sent, as it was sent."""
