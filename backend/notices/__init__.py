"""Tells customers what happens: writes the letter, archives it and sends it."""
