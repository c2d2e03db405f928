"""Visits of engineers."""
