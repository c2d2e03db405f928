"""Tests of ui/account."""
