"""Tests of ui/letters."""
