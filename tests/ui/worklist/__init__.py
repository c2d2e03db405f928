"""Tests of the page of orders that need somebody."""
