"""What every test of a screen may ask for."""

from __future__ import annotations

from tests.support.qt import show, theme
from tests.ui.desk import background, operator, surroundings

__all__ = ["background", "operator", "show", "surroundings", "theme"]
