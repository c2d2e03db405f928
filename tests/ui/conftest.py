"""What every test of a screen may ask for."""

from __future__ import annotations

from tests.support.qt import show, theme

__all__ = ["show", "theme"]
