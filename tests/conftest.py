"""Fixtures that every test may ask for."""

from __future__ import annotations

pytest_plugins = [
    "tests.support.collecting",
    "tests.support.noise",
    "tests.support.database",
    "tests.support.rest",
    "tests.support.backend",
    "tests.support.operator",
    "tests.support.desk",
]
