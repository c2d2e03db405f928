"""The head of the page: what is in force, what is changed, undo, propose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.language import tr
from app.products.proofs import Proofs
from app.products.words import count_words
from ui.products.session import ProductSession
from ui.theme.theme import Theme
from ui.widgets.button import IconButton, KeyButton
from ui.widgets.chip import Chip
from ui.widgets.label import ElidedLabel, Label

HIGH = 56
_WIDE, _MEDIUM, _NARROW = 860, 680, 500


class ProductHead(QWidget):
    """Buttons act by `clicked`; keys of undo and redo belong to the page."""

    def __init__(self, theme: Theme, *, may_edit: bool) -> None:
        super().__init__()
        self._theme = theme
        self._counts = False
        self._title = Label(theme, tr("Products"), "page")
        self._version = Chip(theme, "", "plain")
        self._changes = Chip(theme, "", "info")
        self._saved = ElidedLabel(theme, "", "caption", "ink3")
        self.undo = IconButton(theme, "undo", tr("Undo"), tone="ink2", edge=32)
        self.proofs = KeyButton(theme, tr("Proofs"), "quiet", icon="shield", key="Ctrl+J")
        self.new = KeyButton(theme, tr("New"), icon="plus", key="Ctrl+D")
        self.propose = KeyButton(theme, tr("Propose"), "primary", key="Ctrl+Return")
        self._row = QHBoxLayout(self)
        for part in (self._title, self._version, self._changes):
            self._row.addWidget(part)
        self._row.addWidget(self._saved, 1)
        self._row.addStretch(0)
        for button in (self.undo, self.proofs, self.new, self.propose):
            self._row.addWidget(button)
            button.setVisible(may_edit)
        self._changes.hide()
        self.propose.setEnabled(False)
        theme.changed.connect(self._fit)
        self._fit()

    def show_copy(self, version: int, changes: int, undoes: str) -> None:
        """Which version is in force, and how much is changed on it."""
        self._version.show_state(tr("version {} in force").format(version), "plain")
        self._counts = changes > 0
        self._fold()
        self._changes.show_state(count_words(changes), "info")
        self.undo.setEnabled(bool(undoes))
        self.undo.setToolTip(tr("Undo: {}").format(undoes) if undoes else tr("Nothing to undo"))

    def follow(
        self, session: ProductSession, clock: Callable[[], dt.datetime], *, durable: bool
    ) -> None:
        """Say when the copy was kept; nothing where there is nothing to keep."""
        words = tr("kept on this machine {}") if durable else tr("in memory only, {}")

        def show() -> None:
            at = session.saved_at(clock()) if session.delta else None
            self._saved.setText(words.format(f"{at:%H:%M}") if at else "")

        session.opened.connect(show)
        session.saved.connect(show)

    def show_proofs(self, proofs: Proofs | None, *, waits: bool, changes: int) -> None:
        """Propose nothing that is known to be faulty; the server proves it once more."""
        if proofs is None:
            self.proofs.say(tr("Proofs"), "shield")
        elif proofs.faults:
            self.proofs.say(proofs.verdict, "error")
        else:
            self.proofs.say(proofs.verdict, "check")
        faulty = proofs is not None and not waits and not proofs.may_propose
        self.propose.setEnabled(changes > 0 and not faulty)
        why = ""
        if not changes:
            why = tr("Change something first.")
        elif faulty:
            why = tr("Mend the faults first. F8 goes to the next one.")
        self.propose.setToolTip(why)

    def minimumSizeHint(self) -> QSize:
        # what folds needs no room: else a large zoom would widen the window
        return QSize(self._theme.px(_NARROW), self._theme.px(HIGH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Where there is little room the buttons stay, and what tab and badge say too goes."""
        wide = self.width() >= self._theme.px(_WIDE)
        medium = self.width() >= self._theme.px(_MEDIUM)
        self._version.setVisible(wide)
        self._saved.setVisible(wide)
        self._title.setVisible(medium)
        self._changes.setVisible(medium and self._counts)

    def _fit(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(HIGH))
        self._row.setContentsMargins(px(20), 0, px(16), 0)
        self._row.setSpacing(px(8))
