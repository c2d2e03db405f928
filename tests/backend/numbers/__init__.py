"""Telephone numbers: grades, states, holds, search."""
