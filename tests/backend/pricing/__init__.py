"""Tests of backend/pricing."""
