"""The first step: who the customer is, and whether we know him already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.language import tr
from app.wizard import edits
from app.wizard.basket_view import basket_of
from app.wizard.customer_view import AddressView, address_views, first_missing, network_words
from app.wizard.radar import Likely
from app.wizard.sellers import DIRECT
from app.wizard.service import Address
from app.wizard.steps import Step
from ui.theme.theme import Theme
from ui.widgets.choice import Choice, Item
from ui.widgets.label import Prose
from ui.widgets.status_bar import KeyHint
from ui.wizard.basket import Basket
from ui.wizard.customer_form import CustomerForm
from ui.wizard.radar_strip import RadarStrip
from ui.wizard.step_page import StepPage
from ui.wizard.wizard_desk import WizardDesk

RADAR_AFTER = 300  # ms after the last key


class CustomerPage(StepPage):
    """The form; every key goes into the draft; the radar looks for the same person."""

    step = Step.CUSTOMER

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__(theme, desk)
        self._addresses: dict[str, AddressView] = {}
        self._sellers: tuple[Item, ...] = ()
        self._somebody_else: frozenset[str] = frozenset()
        self.radar = RadarStrip(theme)
        self._known = Prose(theme, "", "lead")
        self.form = CustomerForm(
            theme, lambda: self.desk.draft.fields, lambda: self.desk.clock().date()
        )
        self._basket = Basket(theme, tr("Basket"), width=284)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(RADAR_AFTER)
        self._look.timeout.connect(self._ask_radar)
        self._build()
        self.form.edited.connect(self._set)
        self.form.stood.connect(self.desk.wizard.stand_at)
        self.radar.taken.connect(self._take_customer)
        self.radar.dismissed.connect(self._not_they)

    def refresh(self) -> None:
        draft, wizard = self.desk.draft, self.desk.wizard
        self._basket.show_view(basket_of(wizard))
        existing = bool(draft.customer_id)
        self._known.setVisible(existing)
        self.form.setVisible(not existing)
        if existing:
            words = tr("{} is a customer already. New services go on this account.")
            self._known.say(words.format(draft.title))
            return
        if self.form.refresh():
            self._join_address()
        self._show_sellers()
        if self.form.address is not None:
            self.form.address.show_known(self._known_place())

    def focus_first(self) -> None:
        if not self.stand_at(first_missing(self.desk.report)):
            self.stand_at("givenName")

    def stand_at(self, field: str) -> bool:
        return self.form.stand_at(field)

    def fit_middle(self, width: int) -> None:
        self.form.fit(width)

    def keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("Alt+1–7", tr("step")),
            KeyHint("Tab", tr("next field, takes a fix")),
            KeyHint("Ctrl+E", tr("existing customer")),
            KeyHint("F8", tr("next error")),
        )

    def _build(self) -> None:
        column = self.add_column()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        px = self.theme.px
        rows.setContentsMargins(px(20), px(16), px(20), px(16))
        rows.setSpacing(0)
        rows.addWidget(self.radar)
        rows.addWidget(self._known)
        rows.addWidget(self.form)
        rows.addStretch(1)
        area.setWidget(inner)
        column.addWidget(area)
        self.add_column(284).addWidget(self._basket)
        self._known.hide()

    def _set(self, name: str, value: str) -> None:
        self.desk.edit(edits.set_field(name, value))
        self._look.start()

    # --- the address --------------------------------------------------------------------

    def _join_address(self) -> None:
        address = self.form.address
        if address is not None:
            address.edited.connect(self._type_address)
            address.looked_for.connect(self._look_up)
            address.taken.connect(self._take_address)

    def _type_address(self, text: str) -> None:
        self.desk.edit(edits.forget_address(), edits.set_field("address", text))

    def _look_up(self, text: str) -> None:
        self.desk.background.read(
            lambda: self.desk.service.addresses(text),
            owner=self,
            done=self._found_addresses,
            failed=lambda _fault: self._found_addresses(()),
            key="addresses",
        )

    def _found_addresses(self, found: tuple[Address, ...]) -> None:
        views = address_views(found)
        self._addresses.update({each.id: each for each in views})
        if self.form.address is not None and not self.desk.draft.address_id:
            self.form.address.show_addresses(views)

    def _take_address(self, address_id: str) -> None:
        taken = self._addresses[address_id]
        self.desk.edit(edits.set_address(taken.id, taken.label))
        if self.form.address is not None:
            self.form.address.field.show_finding(None)
        self.focusNextChild()

    def _known_place(self) -> str:
        """What the network can do at the address taken; empty: it is not in the register."""
        draft, choices = self.desk.draft, self.desk.wizard.choices
        if not draft.address_id:
            return ""
        taken = self._addresses.get(draft.address_id)
        if taken is not None:
            return taken.note
        facts = choices.facts if choices else {}
        names = ("xgspon", "gpon", "vdsl", "copper", "cov5g", "cov4g")
        able = {name: bool(facts.get(name)) for name in names}
        return network_words(able, flat=bool(facts.get("flat"))) if facts else ""

    def _show_sellers(self) -> None:
        """Those the agent may sell for, as far as they are known."""
        editor, sellers = self.form.editors.get("reseller"), self.desk.sellers
        if not isinstance(editor, Choice):
            return
        items = tuple(Item(each.id, each.name) for each in sellers)
        if items != self._sellers or not editor.count():  # a form drawn anew is empty
            self._sellers = items
            editor.set_items(items, self.desk.draft.fields.get("reseller", DIRECT))

    # --- the radar ----------------------------------------------------------------------

    def _ask_radar(self) -> None:
        fields = dict(self.desk.draft.fields)
        self.desk.background.read(
            lambda: self.desk.service.nearest(fields),
            owner=self,
            done=self._show_likely,
            failed=lambda _fault: self._show_likely(()),
            key="radar",
        )

    def _show_likely(self, found: tuple[Likely, ...]) -> None:
        others = [each for each in found if each.customer_id not in self._somebody_else]
        self.radar.show_likely(others if not self.desk.draft.customer_id else ())

    def _not_they(self) -> None:
        seen = (each.customer_id for each in self.radar.shown())
        self._somebody_else = self._somebody_else.union(seen)

    def _take_customer(self, customer_id: str, name: str) -> None:
        self.radar.show_likely(())
        self.desk.edit(edits.take_customer(customer_id, name))
        self.wanted_step.emit(Step.SERVICE, "")
