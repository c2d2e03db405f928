"""Changes what a customer has: asks what it may become, ends it, takes a cheaper package."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal

from app.faults import Fault
from app.language import tr
from app.wizard.change_edits import (
    end_products,
    keep_products,
    take_package,
    take_target,
)
from app.wizard.change_view import ending_words, ends_with, product_by_id
from app.wizard.choices import InstalledProduct, Repackage, Target
from app.wizard.draft import INSTALLED
from app.wizard.offers_view import split_name
from ui.wizard.wizard_desk import WizardDesk

Shown = Literal["base", "targets", "package"]
TAKE = "take-package"


class ChangeDesk(QObject):
    """Shows, in turn, what there is, what one product may become, and a cheaper package.

    `turned` carries the row to stand at after something else is shown, `setting` the field of the
    settings step where a product is set anew. `warned` and `told` carry a sentence on what was
    asked for, empty when it holds no longer; `waiting` begins and ends with each question.
    """

    turned = Signal(str)
    setting = Signal(str)
    warned = Signal(str)
    told = Signal(str)
    waiting = Signal(bool)

    def __init__(self, desk: WizardDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._warned_of = ""
        self.shown: Shown = "base"
        self.product = ""
        self.targets: tuple[Target, ...] = ()
        self.package: Repackage | None = None

    def act(self, action: str, row: str) -> None:
        """Do what was asked for with a row: `take`, `move`, `end` or `keep`."""
        if self.shown == "package":
            if action == "take" and row == TAKE:
                self._take_package()
            return
        if self.shown == "targets":
            target = next((each for each in self.targets if each.id == row), None)
            choices = self._desk.wizard.choices
            if action == "take" and target is not None and choices is not None:
                ends = ends_with(choices, target.ends) if target.ends else ()
                self._desk.edit(take_target(self.product, target, ends))
                self.go_back()
            return
        product = product_by_id(self._desk.wizard.choices, row)
        if product is None:
            return
        if action == "keep":
            self._desk.edit(keep_products([row]))
        elif action == "end":
            self._end(product)
        elif action == "set":
            self._set(product)
        else:
            self._ask_targets(product)

    def move_to(self, product_id: str, offer: str) -> None:
        """Show what a product may become, and there this offer."""
        product = product_by_id(self._desk.wizard.choices, product_id)
        if product is not None:
            self._ask_targets(product, offer)

    def look_at(self, row: str) -> None:
        """Another row is in front: what was said of the one before holds no longer."""
        if row != self._warned_of:
            self._warn("", "")

    def go_back(self) -> None:
        """Show what there is, at the product that was looked at."""
        product, self.product = self.product, ""
        self.shown, self.package, self.targets = "base", None, ()
        self._warn("", "")
        self.waiting.emit(False)
        self.turned.emit(product)

    def ask_package(self) -> None:
        """Ask for the cheapest package that keeps what is used."""
        question = self._desk.wizard.question
        self.waiting.emit(True)
        self._desk.background.read(
            lambda: self._desk.service.changes.repackage(question),
            owner=self,
            done=self._propose,
            failed=self._failed,
            key="asked",
        )

    # --- what becomes of a product ------------------------------------------------------

    def _end(self, product: InstalledProduct) -> None:
        """End it, and with the second press what hangs on it; what ends already stays after all."""
        identity = product.product_id
        if identity in self._desk.draft.ends:
            self._desk.edit(keep_products([identity]))
            return
        choices = self._desk.wizard.choices
        if choices is None:
            return
        together = ends_with(choices, [identity])
        if not (product.may_end or product.end_with):
            self._warn(identity, ending_words(choices, product))
        elif len(together) > 1 and self._warned_of != identity:
            words = ending_words(choices, product)
            self._warn(identity, f"{words} {tr('Delete again ends them all.')}")
        else:
            self._warn("", "")
            self._desk.edit(end_products(together))

    def _ask_targets(self, product: InstalledProduct, offer: str = "") -> None:
        """Ask what it may become; the list then stands at this offer."""
        identity = product.product_id
        if not product.may_move:
            name = split_name(product.name)[0]
            self._warn(identity, tr("There is nothing that {name} could become.", name=name))
            return
        question = self._desk.wizard.question

        def done(targets: tuple[Target, ...]) -> None:
            self.waiting.emit(False)
            self._warn("", "")
            self.product, self.targets, self.shown = identity, targets, "targets"
            self.turned.emit(offer or self._desk.draft.moves.get(identity, ""))

        self.waiting.emit(True)
        self._desk.background.read(
            lambda: self._desk.service.changes.targets(question, identity),
            owner=self,
            done=done,
            failed=self._failed,
            key="asked",
        )

    def _set(self, product: InstalledProduct) -> None:
        """Go to the settings of a product that has some and stays."""
        first = next((each.name for each in product.characteristics), "")
        if not first:
            name = split_name(product.name)[0]
            self._warn(product.product_id, tr("{name} has no settings.", name=name))
        elif product.product_id not in self._desk.draft.ends:
            self.setting.emit(f"{INSTALLED}{product.product_id}:{first}")

    # --- a cheaper package --------------------------------------------------------------

    def _propose(self, package: Repackage | None) -> None:
        self.waiting.emit(False)
        if package is None:
            self.told.emit(tr("There is no cheaper package that keeps what is used."))
            return
        self._warn("", "")
        self.package, self.shown = package, "package"
        self.turned.emit(TAKE)

    def _take_package(self) -> None:
        package = self.package
        if package is not None:
            self._desk.edit(take_package(package.moves, package.ends, package.picks))
            self.go_back()

    def _failed(self, fault: Fault) -> None:
        self.waiting.emit(False)
        self._warn("", fault.sentence)

    def _warn(self, row: str, words: str) -> None:
        self._warned_of = row
        self.told.emit("")
        self.warned.emit(words)
