"""Buttons: primary once in a region, secondary, quiet, danger; their key in a cap."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.keycap import cap_text

ButtonKind = Literal["primary", "secondary", "quiet", "danger"]
ButtonSize = Literal["line", "small", "normal", "large"]

_INK: dict[ButtonKind, Tone] = {
    "primary": "on_accent",
    "secondary": "ink",
    "quiet": "accent",
    "danger": "bad",
}
_BORDER: dict[ButtonKind, Tone | None] = {
    "primary": None,
    "secondary": "line_strong",
    "quiet": None,
    "danger": "bad",
}
_GAP = 8


class KeyButton(QPushButton):
    """A button that knows its key.

    `key` is in Qt's portable form ("Ctrl+R"); it works while the button can be seen, unless
    `bind_key` is False because somebody else acts on it. Enter and Space press it.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: ButtonKind = "secondary",
        size: ButtonSize = "normal",
        *,
        icon: str = "",
        key: str = "",
        bind_key: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._kind: ButtonKind = kind
        self._size: ButtonSize = size
        self._icon = icon
        self._cap = cap_text(key) if key else ""
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        if key:
            self.setAccessibleDescription(tr("Key: {}").format(self._cap))
            if bind_key:
                QShortcut(QKeySequence(key), self).activated.connect(self.click)

    def kind(self) -> ButtonKind:
        return self._kind

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self.setProperty("kind", kind)
        self.updateGeometry()
        self.update()

    def say(self, text: str, icon: str | None = None) -> None:
        """Show another text and, if given, another icon."""
        if icon is not None:
            self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        sizes = self._theme.tokens.size
        heights = {
            "line": sizes.chip,
            "small": sizes.control_small,
            "normal": sizes.control,
            "large": sizes.control_large,
        }
        width = self._content_width() + 2 * self._theme.px(self._padding())
        return QSize(width, self._theme.px(heights[self._size]))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        theme, gap = self._theme, self._theme.px(_GAP)
        ink: Tone = _INK[self._kind] if self.isEnabled() else "disabled"
        left = (self.width() - self._content_width()) // 2
        if self._icon:
            edge = theme.px(theme.tokens.size.icon_small)
            paint.icon(theme, painter, QPoint(left, (self.height() - edge) // 2), self._icon, ink)
            left += edge + (self._icon_gap() if self.text() else 0)
        if self.text():
            width = self._text_width()
            # the metrics round down what the glyphs need: two pixels of slack, never an ellipsis
            rect = QRect(left, 0, width + 2, self.height())
            paint.words(theme, painter, rect, self.text(), "row", ink, strong=True)
            left += width + gap
        if self._cap:
            height = theme.px(theme.tokens.size.key_cap)
            top = (self.height() - height) // 2
            rect = QRect(left, top, paint.cap_width(theme, self._cap), height)
            on_accent = self._kind == "primary" and self.isEnabled()
            paint.key_cap(
                theme, painter, rect, self._cap, on_accent=on_accent, off=not self.isEnabled()
            )
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def _padding(self) -> int:
        if self._size == "line":
            return 0
        if self._kind == "quiet":
            return 9
        if not self.text():
            return 8
        return 9 if self._size == "small" else 13

    def _text_width(self) -> int:
        return self._theme.metrics("row", strong=True).horizontalAdvance(self.text())

    def _content_width(self) -> int:
        gap = self._theme.px(_GAP)
        parts = []
        if self._icon:
            parts.append(self._theme.px(self._theme.tokens.size.icon_small))
        if self.text():
            parts.append(self._text_width())
        if self._cap:
            parts.append(paint.cap_width(self._theme, self._cap))
        width = sum(parts) + gap * (len(parts) - 1)
        return width - gap + self._icon_gap() if self._icon and self.text() else width

    def _icon_gap(self) -> int:
        return self._theme.px(4 if self._size == "line" else _GAP)

    def _paint_ground(self, painter: QPainter) -> None:
        theme = self._theme
        radius = theme.px(theme.tokens.radius.control)
        fill, border = self._ground()
        if fill is None and border is None:
            return
        paint.box(
            painter,
            self.rect(),
            radius,
            theme.color(fill) if fill else None,
            theme.color(border) if border else None,
        )

    def _ground(self) -> tuple[Tone | None, Tone | None]:
        """The colours of ground and border for what the button is going through."""
        quiet = self._kind == "quiet"
        if not self.isEnabled():
            return ("subtle", "line")
        if self._kind == "primary":
            if self.isDown():
                return ("accent_press", None)
            return ("accent_hover" if self.underMouse() else "accent", None)
        if self.isDown():
            return ("selected", _BORDER[self._kind])
        if self.underMouse():
            return ("hover", _BORDER[self._kind])
        return (None if quiet else "surface", _BORDER[self._kind])


class IconButton(KeyButton):
    """A quiet button of one icon: only for close, chevrons, plus, minus and copy."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        *,
        tone: Tone = "ink3",
        edge: int = 28,
        glyph: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", "quiet", "small", icon=icon, parent=parent)
        self._tone: Tone = tone
        self._edge = edge
        self._glyph = glyph
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        edge = self._theme.px(self._edge)
        return QSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.isEnabled():
            self._paint_ground(painter)
        edge = self._theme.px(self._glyph)
        at = QPoint((self.width() - edge) // 2, (self.height() - edge) // 2)
        tone: Tone = self._tone if self.isEnabled() else "disabled"
        paint.icon(self._theme, painter, at, self._icon, tone, self._glyph)
        painter.end()
