"""Families of offers with their counts; they flow into a second line where there are many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from app.wizard.offers_view import FamilyView
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint

_HIGH = 32


class _Tab(QRadioButton):
    def __init__(self, theme: Theme, view: FamilyView, parent: QWidget) -> None:
        super().__init__(view.title, parent)
        self._theme = theme
        self._count = str(view.count)
        self.setAccessibleName(f"{view.title} {view.count}")

    def show_count(self, count: int) -> None:
        self._count = str(count)
        self.setAccessibleName(f"{self.text()} {count}")
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        words = theme.metrics("row", strong=True).horizontalAdvance(self.text())
        wide = words + theme.px(4) + paint.badge_width(theme, self._count) + theme.px(16)
        return QSize(wide, theme.px(_HIGH))

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        on = self.isChecked()
        radius = px(theme.tokens.radius.control)
        if on:
            border = theme.color("accent") if theme.high_contrast else None
            paint.box(painter, self.rect(), radius, theme.color("accent_soft"), border)
        elif self.underMouse():
            paint.box(painter, self.rect(), radius, theme.color("hover"))
        empty = self._count == "0"
        inner = self.rect().adjusted(px(8), 0, 0, 0)
        tone: Tone = "accent" if on else "ink3" if empty else "ink2"
        wide = paint.words(theme, painter, inner, self.text(), "row", tone, strong=on)
        if on:
            size = paint.badge_width(theme, self._count)
            high = px(theme.tokens.size.badge)
            left = inner.x() + wide + px(5)
            badge = QRect(left, (self.height() - high) // 2, size, high)
            paint.badge(theme, painter, badge, self._count, new=True)
        else:
            inner.setLeft(inner.left() + wide + px(4))
            paint.words(theme, painter, inner, self._count, "row", "ink3")
        painter.end()


class FamilyTabs(QWidget):
    """`chosen` carries the id; Left and Right move, one Tab stop."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._tabs: dict[str, _Tab] = {}
        self._group = QButtonGroup(self)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._place)

    def set_families(self, families: Sequence[FamilyView], current: str) -> None:
        """Show families with counts; where only counts change, nothing moves."""
        if [family.id for family in families] != list(self._tabs):
            self._draw(families)
        for family in families:
            self._tabs[family.id].show_count(family.count)
        if current in self._tabs and not self._tabs[current].isChecked():
            self._group.blockSignals(True)
            self._tabs[current].setChecked(True)
            self._group.blockSignals(False)
        self._place()

    def step(self, by: int) -> None:
        """Go to the next or the previous family."""
        ids = list(self._tabs)
        now = next((at for at, each in enumerate(ids) if self._tabs[each].isChecked()), 0)
        if ids:
            self._tabs[ids[(now + by) % len(ids)]].click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def heightForWidth(self, width: int) -> int:
        return self._flow(width)[1]

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        wide = self.width() or self._theme.px(560)
        return QSize(wide, self._flow(wide)[1])

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.sizeHint().height())

    def _draw(self, families: Sequence[FamilyView]) -> None:
        for tab in self._tabs.values():
            self._group.removeButton(tab)
            tab.deleteLater()
        self._tabs = {}
        for family in families:
            tab = _Tab(self._theme, family, self)
            tab.clicked.connect(lambda _on=False, to=family.id: self.chosen.emit(to))
            tab.toggled.connect(lambda on, to=family.id: self.chosen.emit(to) if on else None)
            self._group.addButton(tab)
            self._tabs[family.id] = tab
            tab.show()

    def _flow(self, width: int) -> tuple[list[QRect], int]:
        left = top = 0
        high, places = self._theme.px(_HIGH), []
        for tab in self._tabs.values():
            wide = tab.sizeHint().width()
            if left and left + wide > width:
                left, top = 0, top + high
            places.append(QRect(left, top, wide, high))
            left += wide
        return places, top + high

    def _place(self) -> None:
        places, high = self._flow(max(1, self.width()))
        for tab, place in zip(self._tabs.values(), places, strict=True):
            tab.setGeometry(place)
        if high != self.height():
            self.setMinimumHeight(high)
            self.updateGeometry()
