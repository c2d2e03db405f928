"""Customers made by real commands, and a desk that looks for them."""

from __future__ import annotations

from tests.backend.creation.conftest import desk, running

__all__ = ["desk", "running"]
