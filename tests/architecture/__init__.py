"""The measures of the house, kept by tests."""
