"""Deeds in windows."""
