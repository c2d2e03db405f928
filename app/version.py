"""The version of this installation."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """Return it as `1.0.0`; empty where the program runs from its sources alone."""
    try:
        return version("jackfield")
    except PackageNotFoundError:
        return ""
