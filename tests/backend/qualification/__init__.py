"""Tests of backend/qualification."""
