"""The tests, one to one with the source."""
