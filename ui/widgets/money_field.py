"""Money: the pound at the left, figures at the right, two decimals on leaving."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QWidget

from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.field import Input

MINUS = "\N{MINUS SIGN}"
_TYPED = r"[-\x{2212}]?[0-9 ]{0,9}([.,][0-9]{0,2})?"
_READ = re.compile(rf"([-{MINUS}])?(\d*)(?:[.,](\d{{0,2}}))?")


def money_text(pence: int, currency: str = "£") -> str:
    """`£1,234.50`; a minus is U+2212 and stands before the pound."""
    sign = MINUS if pence < 0 else ""
    pounds, rest = divmod(abs(pence), 100)
    return f"{sign}{currency}{pounds:,}.{rest:02}"


def read_pence(text: str) -> int | None:
    """Pence from what was typed: comma and point both mean pence; None if it is no sum."""
    match = _READ.fullmatch(text.replace(" ", ""))
    if match is None or not (match.group(2) or match.group(3)):
        return None
    pence = int(match.group(2) or 0) * 100 + int((match.group(3) or "").ljust(2, "0"))
    return -pence if match.group(1) else pence


class MoneyField(Input):
    """`changed` carries whole pence. Up and Down change by one pound."""

    changed = Signal(int)

    def __init__(
        self,
        theme: Theme,
        pence: int | None = None,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(_TYPED), self))
        self.set_pence(pence)
        self.textEdited.connect(self._typed)
        self.left.connect(self._settle)
        theme.changed.connect(self._fit)
        self._fit()

    def pence(self) -> int | None:
        """The sum in pence; None while nothing readable stands there."""
        return read_pence(self.text())

    def set_pence(self, pence: int | None) -> None:
        """Show a sum; None empties the field."""
        self.setText("" if pence is None else money_text(pence, "").replace(",", ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 100, Qt.Key.Key_Down: -100}.get(Qt.Key(event.key()))
        if step is not None and not self.isReadOnly():
            pence = max(0, (self.pence() or 0) + step)
            self.set_pence(pence)
            self.setModified(True)
            self.changed.emit(pence)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        left = self._theme.px(11)
        rect = QRect(left, 0, self._theme.px(20), self.height())
        paint.words(self._theme, painter, rect, "£", "body", "ink3")
        painter.end()

    def _typed(self, _text: str) -> None:
        pence = self.pence()
        if pence is not None:
            self.changed.emit(pence)

    def _settle(self) -> None:
        pence = self.pence()
        if pence is not None:
            modified = self.isModified()
            self.set_pence(pence)
            self.setModified(modified)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(self._theme.tokens.size.control))
        self.setTextMargins(self._theme.px(16), 0, 0, 0)
