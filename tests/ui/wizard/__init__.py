"""Tests of the wizard's windows."""
