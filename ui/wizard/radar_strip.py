"""Already a customer? The people the store knows under the same name, e-mail or telephone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from app.wizard.radar import Likely
from ui.theme.theme import Theme
from ui.widgets.announce import announce
from ui.widgets.button import KeyButton
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.panel import Panel


class RadarStrip(QWidget):
    """`taken` carries customer id and name, `dismissed` nothing: another person."""

    taken = Signal(str, str)
    dismissed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[Likely, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.px(16))
        self._panel: Panel | None = None
        self.hide()

    def shown(self) -> tuple[Likely, ...]:
        return self._shown

    def show_likely(self, found: Sequence[Likely]) -> None:
        """Show them; the same ones again change nothing."""
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        if self._panel is not None:
            self._column.removeWidget(self._panel)
            self._panel.deleteLater()
            self._panel = None
        self.setVisible(bool(found))
        if found:
            self._panel = self._made(self._shown)
            self._column.addWidget(self._panel)
            announce(self, tr("Already a customer? {}").format(found[0].name))

    def _made(self, found: Sequence[Likely]) -> Panel:
        theme = self._theme
        panel = Panel(theme, tr("Already a customer?"), padding=0)
        another = KeyButton(theme, tr("Somebody else"), "quiet", "small")
        another.clicked.connect(self._dismiss)
        panel.add_to_head(another)
        for at, likely in enumerate(found):
            panel.body.addWidget(self._row(likely, first=at == 0))
        return panel

    def _row(self, likely: Likely, *, first: bool) -> QWidget:
        theme, px = self._theme, self._theme.px
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(px(16), px(4), px(16), px(4))
        line.setSpacing(px(12))
        line.addWidget(Label(theme, likely.name, "row", strong=True))
        line.addWidget(Label(theme, likely.number, "caption", "ink3"))
        line.addWidget(ElidedLabel(theme, likely.address, "caption", "ink3"), 1)
        line.addWidget(Label(theme, likely.why, "caption", "warn"))
        key = "Ctrl+E" if first else ""
        take = KeyButton(theme, tr("Go on with this one"), "secondary", "small", key=key)
        take.clicked.connect(lambda: self.taken.emit(likely.customer_id, likely.name))
        line.addWidget(take)
        return row

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
