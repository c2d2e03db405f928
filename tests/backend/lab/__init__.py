"""The product lab from its command line."""
