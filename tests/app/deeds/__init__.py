"""Deeds without a window."""
