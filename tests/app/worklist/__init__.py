"""Tests of orders that need somebody, without a screen."""
