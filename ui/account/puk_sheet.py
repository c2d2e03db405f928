"""The PUK of one SIM: dots, until somebody says why and looks; then dots again."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from app.deeds.codes import REASONS, Card, CodeReader, Reason, reason_words
from app.faults import Fault
from app.language import tr
from ui.background import Background
from ui.theme.theme import Theme
from ui.widgets.label import Label
from ui.widgets.note import Note
from ui.widgets.panel import Hairline
from ui.widgets.pieces import captioned
from ui.widgets.popover import Popover
from ui.widgets.secret_field import SecretField
from ui.widgets.segments import Option, Segments

WIDTH = 400


class PukSheet(Popover):
    """R looks, which the server notes; Esc hides it, and once more closes. It cannot be copied."""

    def __init__(
        self, theme: Theme, reader: CodeReader, background: Background, window: QWidget
    ) -> None:
        super().__init__(theme, window)
        self._reader = reader
        self._background = background
        self._card: Card | None = None
        self.setAccessibleName(tr("PUK"))
        self._about = Label(theme, "", "strong")
        self._iccid = Label(theme, "", "caption", "ink3")
        whys = tuple(Option(each, reason_words(each)) for each in REASONS)
        self.reason = Segments(theme, tr("Why"), whys)
        self.secret = SecretField(theme, tr("PUK"))
        self._note = Note(theme, "warn")
        for part in (self._about, self._iccid, Hairline(theme)):
            self.body.addWidget(part)
        self.body.addWidget(captioned(theme, tr("Why, for the record"), self.reason))
        self.body.addWidget(captioned(theme, tr("PUK"), self.secret))
        self.body.addWidget(self._note)
        self.body.setSpacing(theme.px(8))
        self.secret.wanted.connect(self._look)
        self.closed.connect(self._forget)

    def show_for(self, card: Card, anchor: QWidget, at: QRect | None = None) -> None:
        """Open it under this part of `anchor`; nothing is asked of the server yet."""
        self._card = card
        self._about.setText(card.words)
        self._iccid.setText(tr("SIM {iccid}", iccid=card.iccid))
        self._note.say("")
        self.secret.conceal()
        self.reason.choose(REASONS[0])
        self.setFixedWidth(self._theme.px(WIDTH))
        self.open_under(anchor, first=self.secret, at=at)

    def _look(self) -> None:
        card, reader, reason = self._card, self._reader, self._reason()
        if card is None:
            return
        self._background.read(
            lambda: reader.puk(card.iccid, reason),
            owner=self,
            done=lambda puk: self._show(card, puk),
            failed=self._fail,
            key="puk",
        )

    def _reason(self) -> Reason:
        return next(each for each in REASONS if each == self.reason.current())

    def _show(self, card: Card, puk: str) -> None:
        """What comes after the sheet was closed is shown to nobody."""
        if card is self._card and self.isVisible():
            self._tell("" if puk else tr("The server keeps no PUK of this SIM."))
            if puk:
                self.secret.reveal(puk)

    def _fail(self, fault: Fault) -> None:
        if self.isVisible():
            self._tell(fault.sentence)

    def _tell(self, text: str) -> None:
        self._note.say(text)
        self.adjustSize()
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        self._card = None
