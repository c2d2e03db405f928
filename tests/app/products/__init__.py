"""Tests of the product manager's work without a screen."""
