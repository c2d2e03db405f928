"""Individuals and organizations."""
