"""The lab's proofs beside the copy: what is wrong, where to mend it, what prices do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.faults import Fault
from app.language import tr
from app.products.proofs import Finding, Place, Proofs
from ui.products.note_rows import NoteList, NoteRow
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.glyph import Glyph
from ui.widgets.label import Label, Prose
from ui.widgets.panel import Hairline

_ICON = {"bad": "error", "warn": "alert", "good": "check", "plain": "receipt"}


class ProofsPanel(QWidget):
    """`go_wanted` carries the Place of the finding that was opened."""

    go_wanted = Signal(object)
    again_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._findings: tuple[Finding, ...] = ()
        self._sign = Glyph(theme, "clock", "ink3")
        self._verdict = Label(theme, tr("Not proved yet"), "strong")
        self._note = Label(theme, "", "caption", "ink3")
        self._fault = Prose(theme, "", "caption", "bad")
        self._again = KeyButton(theme, tr("Prove again"), "quiet", "small", icon="refresh")
        self.rows = NoteList(theme, tr("What the proofs found"))
        self._build()
        self.rows.opened.connect(self._go)
        self._again.clicked.connect(self.again_wanted)

    def show_proofs(self, proofs: Proofs | None, *, waits: bool, fault: Fault | None) -> None:
        """Show the findings; `waits` while the proofs of a newer copy are on their way."""
        self._fault.say(fault.sentence if fault else "")
        self._fault.setVisible(fault is not None)
        self._again.setVisible(fault is not None)
        self._note.setText(tr("proving…") if waits and fault is None else "")
        if proofs is None:
            return
        self._sign.show_icon(_ICON[proofs.tone], "bad" if proofs.tone == "bad" else "good")
        self._verdict.setText(proofs.verdict)
        self._findings = proofs.findings
        rows = [_row(each) for each in proofs.findings]
        if proofs.prices:
            rows.append(NoteRow("prices", tr("Prices of baskets"), head=True))
            rows += [_row(each) for each in proofs.prices]
        self.rows.set_records(rows)

    def next_fault(self) -> None:
        """Go to the next finding that has a place, round and round."""
        places = [each for each in self._findings if each.place is not None]
        if not places:
            return
        ids = [each.id for each in places]
        held = self.rows.current_id()
        at = (ids.index(held) + 1) % len(ids) if held in ids else 0
        self.rows.choose(ids[at])
        self._go(ids[at])

    def _go(self, finding_id: str) -> None:
        place = next((each.place for each in self._findings if each.id == finding_id), None)
        if isinstance(place, Place):
            self.go_wanted.emit(place)

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(12), px(16), px(8))
        head.setSpacing(px(8))
        head.addWidget(self._sign)
        head.addWidget(self._verdict)
        head.addStretch(1)
        head.addWidget(self._note)
        trouble = QVBoxLayout()
        trouble.setContentsMargins(px(16), 0, px(16), px(8))
        trouble.addWidget(self._fault)
        trouble.addWidget(self._again)
        self._fault.hide()
        self._again.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(trouble)
        column.addWidget(Hairline(theme))
        column.addWidget(self.rows, 1)


def _row(found: Finding) -> NoteRow:
    return NoteRow(found.id, found.title, found.text, icon=_ICON[found.tone], tone=found.tone)
