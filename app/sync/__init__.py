"""Keeping the desk in step with the server: the directory and live events."""
