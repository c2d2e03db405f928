"""Tests of ui/products."""
