"""The button that brings an old number along: a form of the settings step asks for it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.language import tr
from app.wizard import edits
from app.wizard.porting import PORTED, port_in
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.wizard.wizard_desk import WizardDesk


class OldNumber(KeyButton):
    """Seen where a line needs a number and one may come along; `taken` carries its form's field."""

    taken = Signal(str)

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__(theme, tr("Keep an old number"), "quiet", icon="phonein", key="K")
        self._desk = desk
        self.clicked.connect(self._take)

    def refresh(self, *, needed: bool) -> None:
        self.setVisible(needed and port_in(self._desk.wizard.choices) is not None)

    def _take(self) -> None:
        """Once more as long as another may come along, then to the form of the last one."""
        offer = port_in(self._desk.wizard.choices)
        if offer is None:
            return
        count = min(self._desk.draft.picks.get(offer.id, 0) + 1, offer.most)
        self._desk.edit(edits.pick(offer.id, count))
        self.taken.emit(f"{offer.id}#{count}:{PORTED}")
