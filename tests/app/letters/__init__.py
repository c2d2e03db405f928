"""Tests of app/letters."""
