"""The service step of somebody who is a customer: what he has comes before what may be added."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from app.language import tr
from app.wizard.change_view import in_use, product_by_id, search_installed
from app.wizard.choices import Choices
from app.wizard.draft import INSTALLED
from app.wizard.offers_view import NOT_OFFERED, Details, FamilyView
from app.wizard.steps import Step
from ui.theme.theme import Theme
from ui.widgets.offer_delegate import Offer, Refused, Section
from ui.widgets.status_bar import KeyHint
from ui.wizard.change_part import PACKAGE_KEY, ChangePart
from ui.wizard.service_page import ServicePage
from ui.wizard.wizard_desk import WizardDesk

HAS_NOW = "has-now"


class ChangePage(ServicePage):
    """The first of the families is what the customer has; without any it is the service step."""

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__(theme, desk)
        self._to_stand_at = ""
        self._was_covered = False
        self.base = ChangePart(theme, desk)
        middle = self.offers.parentWidget()
        column = middle.layout() if middle is not None else None
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.indexOf(self.offers), self.base, 1)
        self.base.hide()
        self.base.searched.connect(self._type)
        self.base.detailed.connect(self._show_product)
        self.base.change.setting.connect(lambda field: self.wanted_step.emit(Step.SETTINGS, field))
        self.search.results_wanted.connect(self._into_base)
        self.openers.moves.connect(self._move)

    @property
    def at_base(self) -> bool:
        """Whether the list of what the customer has is in front."""
        return self._shown == HAS_NOW and not self.search.text()

    def refresh(self) -> None:
        choices = self.desk.wizard.choices
        installed = in_use(choices) if choices else ()
        has = FamilyView(HAS_NOW, tr("Has now"), len(installed))
        self._leading = (has,) if installed else ()
        if installed and not self._shown:
            self._shown = HAS_NOW
        self._covered = self.at_base
        super().refresh()
        self._show_parts()
        if self._to_stand_at and installed:
            product, self._to_stand_at = self._to_stand_at, ""
            self._stand_at_product(product)

    def focus_first(self) -> None:
        choices = self.desk.wizard.choices
        waits = choices is None and self.desk.draft.customer_id is not None
        if waits or (self.at_base and choices is not None and not choices.missing):
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()

    def stand_at(self, field: str) -> bool:
        if not field.startswith(INSTALLED):
            return super().stand_at(field)
        product = field.removeprefix(INSTALLED)
        if self.desk.wizard.choices is None:
            self._to_stand_at = product  # as soon as it is known what there is
        elif not self._stand_at_product(product):
            return False
        return True

    def keys(self) -> Sequence[KeyHint]:
        if not self.at_base:
            return super().keys()
        return (
            KeyHint("Return", tr("change")),
            KeyHint("Del", tr("end")),
            KeyHint("Space", tr("keep")),
            KeyHint("F2", tr("settings")),
            KeyHint(PACKAGE_KEY, tr("cheapest")),
        )

    # --- showing ------------------------------------------------------------------------

    def _show_parts(self) -> None:
        self._covered = self.at_base
        if self._covered is not self._was_covered:
            self._was_covered = self._covered
            self.looks_other.emit()
        known = self.desk.wizard.choices is not None
        self.offers.setVisible(known and not self._covered)
        self.base.setVisible(known and self._covered)
        if known and self._covered:
            self.base.refresh()

    def _show_offers(self, choices: Choices) -> None:
        super()._show_offers(choices)
        text = self.search.text()
        found = search_installed(choices, text) if text.strip() else ()
        if not found:
            return
        current = self.offers.current_id()
        rows = [
            Offer(f"{INSTALLED}{each.id}", each.name, each.text, each.until, each.price,
                  mark="tick", chosen=True)
            for each in found
        ]  # fmt: skip
        records = list(self.offers.records.records())
        at = next((at for at, each in enumerate(records) if each.id == NOT_OFFERED), len(records))
        head = Section(HAS_NOW, tr("Has now"))
        self.offers.set_records([*records[:at], head, *rows, *records[at:]])
        self.offers.choose(current)

    def _show_details(self, offer_id: str) -> None:
        if self.at_base:
            return
        choices = self.desk.wizard.choices
        product = product_by_id(choices, offer_id.removeprefix(INSTALLED))
        if offer_id.startswith(INSTALLED) and product is not None:
            self.details.show_details(self.base.details_of(product.product_id))
        else:
            super()._show_details(offer_id)

    def _show_product(self, details: Details | None) -> None:
        if self.at_base:
            self.details.show_details(details)

    # --- what the agent does ------------------------------------------------------------

    def _look(self) -> None:
        super()._look()
        rows = self.offers.records.records()
        if self.search.text() and not any(isinstance(each, Offer) for each in rows):
            refused = next((each.id for each in rows if isinstance(each, Refused)), "")
            self.offers.choose(refused)
        self._show_parts()

    def _look_at_refused(self) -> None:
        if not self.at_base:
            super()._look_at_refused()

    def _take_found(self) -> None:
        """Enter where nothing can be added: the first that is not offered is opened, if it can."""
        rows = self.offers.records.records()
        refused = next((each for each in rows if isinstance(each, Refused)), None)
        words = self.search.text().lower().split()
        named = refused is not None and all(word in refused.name.lower() for word in words)
        if refused is not None and words and named and not any(isinstance(r, Offer) for r in rows):
            self.openers.act(refused.id)
        else:
            super()._take_found()

    def _move(self, product: str, offer: str) -> None:
        if self._stand_at_product(product):
            self.base.change.move_to(product, offer)

    def _choose(self, offer_id: str) -> None:
        if offer_id.startswith(INSTALLED):
            self._stand_at_product(offer_id.removeprefix(INSTALLED))
        else:
            super()._choose(offer_id)

    def _type(self, letter: str) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(letter)

    def _into_base(self) -> None:
        if self.at_base:
            self.base.focus_first()

    def _stand_at_product(self, product: str) -> bool:
        self.search.clear()
        self._shown = HAS_NOW
        self.refresh()
        if not self.base.choose(product):
            return False
        self.base.focus_first()
        return True
