"""The typeface: Source Sans Pro, shipped with the program."""

from __future__ import annotations

from importlib import resources

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

_FACES = ("Regular", "Semibold", "Bold", "It")
_LOADED = "jackfield_typeface"


def load_typeface(app: QApplication) -> None:
    """Register the four faces once for `app`; a machine without fonts then has this one."""
    if app.property(_LOADED):
        return
    folder = resources.files("font_source_sans_pro").joinpath("files")
    for face in _FACES:
        data = folder.joinpath(f"SourceSansPro-{face}.ttf").read_bytes()
        QFontDatabase.addApplicationFontFromData(data)
    app.setProperty(_LOADED, True)
