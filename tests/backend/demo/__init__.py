"""Tests of the demo operator."""
