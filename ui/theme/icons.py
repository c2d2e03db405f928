"""Line icons: SVG tinted by a token, drawn at the screen's own resolution, kept."""

from __future__ import annotations

from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap


class Icons:
    """Draws icons by name and keeps every drawing by name, colour, size and resolution."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}
        self._drawn: dict[tuple[str, int, int, float], QPixmap] = {}

    def names(self) -> list[str]:
        """The names of all icons, sorted; the brand's mark is not one of them."""
        folder = resources.files("resources").joinpath("icons")
        return sorted(
            entry.name.removesuffix(".svg")
            for entry in folder.iterdir()
            if entry.name.endswith(".svg") and entry.name != "mark.svg"
        )

    def pixmap(self, name: str, color: QColor, size: int, ratio: float = 1.0) -> QPixmap:
        """Icon `name`, `size` pixels square, for a screen with `ratio` device pixels each.

        Raises FileNotFoundError for a name without a file.
        """
        key = (name, color.rgba(), size, ratio)
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = self._draw(name, color, size, ratio)
        return found

    def _draw(self, name: str, color: QColor, size: int, ratio: float) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer

        tinted = self._source(name).replace("currentColor", color.name())
        edge = round(size * ratio)
        pixmap = QPixmap(edge, edge)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(tinted.encode())).render(painter, QRectF(0, 0, edge, edge))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _source(self, name: str) -> str:
        if name not in self._sources:
            file = resources.files("resources").joinpath("icons", f"{name}.svg")
            self._sources[name] = file.read_text(encoding="utf-8")
        return self._sources[name]
