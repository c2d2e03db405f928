"""Notices of contract ends."""
