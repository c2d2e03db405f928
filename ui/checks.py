"""What the desk needs of Qt: it starts, draws, and finds the typeface."""

from __future__ import annotations

import os

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from app.doctor import Check, Finding
from app.language import tr


def qt_checks() -> tuple[Check, ...]:
    """Look at Qt and at the typeface."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name == "nt"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return (_qt, _typeface)


def _app() -> QApplication:
    app = QApplication.instance()
    return app if isinstance(app, QApplication) else QApplication([])


def _qt() -> Finding:
    app = _app()
    words = tr("{version} on {platform}", version=qVersion(), platform=app.platformName())
    return Finding("Qt", well=True, words=words)


def _typeface() -> Finding:
    from ui.theme.theme import Theme

    app = _app()
    theme = Theme()
    theme.apply(app)
    family = theme.tokens.meta.family
    found = family in QFontDatabase.families() and QFontInfo(theme.font("body")).family() == family
    words = family if found else tr("{family} was not found", family=family)
    return Finding(tr("Typeface"), well=found, words=words)
