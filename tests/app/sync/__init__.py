"""Tests of keeping in step with the server."""
