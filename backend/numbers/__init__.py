"""Telephone numbers: ranges, grades, states, holds, search."""
