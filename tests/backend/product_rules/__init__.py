"""Tests of the product engine."""
