"""Tests of what the home page shows."""
