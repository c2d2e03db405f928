"""Whole offers and rules: copied from another, retired, removed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.language import tr
from app.products import offers, rules
from app.products.documents import Kind
from app.products.offers import Refusal
from app.products.proofs import Place
from ui.products.boxes import NewOfferBox
from ui.products.session import ProductSession
from ui.theme.theme import Theme


class Deeds(QObject):
    """`made` carries the Place of what is new, `gone` comes after something went, `said` a text."""

    made = Signal(object)
    gone = Signal()
    said = Signal(str)

    def __init__(
        self, theme: Theme, session: ProductSession, anchor: QWidget, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._anchor = anchor
        self.box: NewOfferBox | None = None

    def ask_copy(self, code: str) -> None:
        """Ask for code and name of a copy of this offer."""
        working = self._session.working
        known = offers.offer(working.now, code) if working else None
        if working is None or known is None:
            return
        if self.box is None:
            self.box = NewOfferBox(self._theme, self._anchor.window())
            self.box.made.connect(self.copy_offer)
        self.box.ask(self._anchor, code, offers.free_code(working.now, code), known.name)

    def copy_offer(self, source: str, code: str, name: str) -> None:
        """Make it, or say in the box why not."""
        working = self._session.working
        if working is None:
            return
        try:
            made = offers.copied(working.now, source, code, name)
        except Refusal as refusal:
            if self.box is not None:
                self.box.refuse(refusal.sentence)
            return
        if self.box is not None:
            self.box.close_up()
        self._session.edit(lambda _now: made, tr("New offer {code}", code=code))
        self.made.emit(Place(Kind.OFFER, code))
        words = tr("{code} is made. Groups and rules of {source} hold for it too.")
        self.said.emit(words.format(code=code, source=source))

    def retire(self, code: str) -> None:
        what = tr("Retired: {code}", code=code)
        if self._session.edit(lambda now: offers.retired(now, code), what):
            self.gone.emit()
            self.said.emit(tr("{} is retired in this copy. Ctrl+Z takes it back.").format(code))

    def copy_rule(self, rule_id: str) -> None:
        """A new rule that says the same, to be changed."""
        working = self._session.working
        found = rules.rule(working.now, rule_id) if working else None
        if working is None or found is None:
            return
        new = replace(found, id=rules.free_id(working.now))
        what = tr("New rule {id}", id=new.id)
        self._session.edit(lambda now: rules.with_rule(now, new, behind=rule_id), what)
        self.made.emit(Place(Kind.RULE, new.id))

    def remove_rule(self, rule_id: str) -> None:
        what = tr("Removed: rule {id}", id=rule_id)
        if self._session.edit(lambda now: rules.without_rule(now, rule_id), what):
            self.gone.emit()
            words = tr("Rule {} is gone from this copy. Ctrl+Z takes it back.")
            self.said.emit(words.format(rule_id))
