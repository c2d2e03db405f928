"""The second step: what may be chosen, with reasons for what may not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from app.wizard import edits
from app.wizard.basket_view import basket_of
from app.wizard.choices import Choices
from app.wizard.offer_details import details_of
from app.wizard.offers_view import (
    FamilyView,
    families,
    need_tabs,
    offer_page,
    place_hint,
    toggled,
)
from app.wizard.steps import Step
from ui.theme.theme import Theme
from ui.widgets.empty_state import Skeleton
from ui.widgets.note import Note
from ui.widgets.offer_delegate import Offer, Refused
from ui.widgets.panel import Hairline
from ui.widgets.search_field import SearchField
from ui.widgets.segments import Option, Segments
from ui.widgets.status_bar import KeyHint
from ui.wizard.advice import Advice
from ui.wizard.basket import Basket
from ui.wizard.family_tabs import FamilyTabs
from ui.wizard.news import REPAIR
from ui.wizard.offer_details import OfferDetails
from ui.wizard.offer_records import records_of
from ui.wizard.opener_desk import OpenerDesk
from ui.wizard.service_list import ServiceList
from ui.wizard.step_page import StepPage
from ui.wizard.wizard_desk import WizardDesk

LOOKED_AT = 250  # ms that rows stand still before it is asked what opens them


class ServicePage(StepPage):
    """Search, families, offers in sections; details follow the arrows; the basket at the side."""

    step = Step.SERVICE

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__(theme, desk)
        self._shown = ""
        self._leading: tuple[FamilyView, ...] = ()  # before the families
        self._covered = False  # something else stands in the list's place
        self._by_need = False
        self._all_refused = False
        self._opened = False
        self.openers = OpenerDesk(desk, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(LOOKED_AT)
        self.search = SearchField(theme, tr("Type a need, a speed, a price or a name"))
        ways = (Option("offer", tr("By offer")), Option("need", tr("By need")))
        self._way = Segments(theme, tr("Sorted"), ways)
        self.tabs = FamilyTabs(theme, tr("Families"))
        self._hint = Note(theme, "info")
        self.offers = ServiceList(theme, tr("Offers"))
        self._waiting = Skeleton(theme)
        self.details = OfferDetails(theme)
        self.advice = Advice(theme, desk)
        self._basket = Basket(theme, tr("Basket"), width=284)
        self._build()
        self._connect()

    def refresh(self) -> None:
        choices = self.desk.wizard.choices
        self._basket.show_view(basket_of(self.desk.wizard))
        self._waiting.setVisible(choices is None)
        self.offers.setVisible(choices is not None and not self._covered)
        self._hint.say(place_hint(self.desk.draft))
        self.advice.refresh()
        if choices is None:
            return
        self._way.setVisible(bool(choices.needs))
        if self._by_need and not choices.needs:  # another catalogue came into force
            self._way.choose("offer")
            return
        tabs = (*self._leading, *(need_tabs(choices) if self._by_need else families(choices)))
        if self._shown not in {tab.id for tab in tabs}:
            self._shown = next((tab.id for tab in tabs if tab.count), tabs[0].id if tabs else "")
        self.tabs.set_families(tabs, self._shown)
        self._show_offers(choices)
        if not self._opened:
            self._opened = True
            self.offers.choose_first(Offer)
        self._go_to_opened(choices)
        self._show_details(self.offers.current_id())

    def focus_first(self) -> None:
        self._go_to_missing()
        self.offers.setFocus(Qt.FocusReason.OtherFocusReason)

    def stand_at(self, field: str) -> bool:
        return field == REPAIR and self.advice.stand_at_repair()

    def keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("Alt+1–7", tr("step")),
            KeyHint("Up Down", tr("offer")),
            KeyHint("Space", tr("choose")),
            *((KeyHint("M", tr("missing")),) if _lacks(self.desk.wizard.choices) else ()),
            KeyHint("W", tr("why not")),
            KeyHint("Ctrl+Return", tr("create")),
        )

    # --- making -------------------------------------------------------------------------

    def _build(self) -> None:
        px = self.theme.px
        column = self.add_column()
        head = QWidget()
        rows = QVBoxLayout(head)
        rows.setContentsMargins(px(20), px(12), px(20), px(8))
        rows.setSpacing(px(8))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.search, 1)
        line.addWidget(self._way)
        rows.addLayout(line)
        rows.addWidget(self.advice)
        rows.addWidget(self._hint)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(-px(8), 0, 0, 0)
        tabs.addWidget(self.tabs, 1)
        rows.addLayout(tabs)
        column.addWidget(head)
        column.addWidget(Hairline(self.theme))
        column.addWidget(self._waiting)
        column.addWidget(self.offers, 1)
        column.addWidget(self.advice.foot)
        column.addStretch(0)
        self.add_column(252).addWidget(self.details)
        self.add_column(284).addWidget(self._basket)

    def _connect(self) -> None:
        self.search.changed.connect(lambda _text: self._look())
        self.search.entered.connect(self._take_found)
        self.search.results_wanted.connect(self.offers.setFocus)
        self._way.chosen.connect(self._choose_way)
        self.tabs.chosen.connect(self._choose_tab)
        self.offers.chosen.connect(self._choose)
        self.offers.quantity_wanted.connect(
            lambda offer, quantity: self.desk.edit(edits.pick(offer, quantity))
        )
        self.offers.action_asked.connect(self.openers.act)
        self.offers.verticalScrollBar().valueChanged.connect(lambda _at: self._rest.start())
        self._rest.timeout.connect(self._look_at_refused)
        self.openers.learned.connect(self._show_opener)
        self.openers.leads.connect(self.wanted_step)
        self.advice.needs.connect(self.openers.go_to)
        self.details.wanted.connect(lambda: self.openers.act(self.offers.current_id()))
        self.offers.why_asked.connect(lambda _id: self._turn_refused())
        self.offers.keyed.connect(self._keyed)
        self.offers.current_changed.connect(self._show_details)
        self.details.copied.connect(lambda text: QGuiApplication.clipboard().setText(text))
        for key, by in (("Ctrl+Right", 1), ("Ctrl+Left", -1)):
            move = QShortcut(QKeySequence(key), self)
            move.activated.connect(lambda step=by: self.tabs.step(step))

    # --- showing ------------------------------------------------------------------------

    def _show_offers(self, choices: Choices) -> None:
        page = offer_page(
            choices,
            shown=self._shown,
            by_need=self._by_need,
            text=self.search.text(),
            all_refused=self._all_refused,
        )
        self.offers.set_offers(records_of(page, self.openers.opening))
        self._rest.start()

    def _show_details(self, offer_id: str) -> None:
        choices = self.desk.wizard.choices
        if choices is not None and offer_id:
            today, opening = self.desk.clock().date(), self.openers.opening(offer_id)
            self.details.show_details(details_of(choices, offer_id, today=today, opening=opening))
            if opening is None and choices.offer(offer_id) is None:
                self.openers.want([offer_id])

    def _go_to_missing(self) -> None:
        """Make the first offer of the first choice that is missing the current one."""
        choices = self.desk.wizard.choices
        if choices is None or not choices.missing or self.search.text():
            return
        serves = choices.missing[0].serves
        offer = next((found for code in serves if (found := choices.offer(code))), None)
        if offer is None:
            return
        if not self._by_need and self._shown != offer.family:
            self._shown = offer.family
            self.refresh()
        self.offers.choose(offer.id)

    # --- what the agent does ------------------------------------------------------------

    def _look(self) -> None:
        choices = self.desk.wizard.choices
        if choices is None:
            return
        self._show_offers(choices)
        self.offers.choose_first(Offer)

    def _take_found(self) -> None:
        """Enter in the search takes the first that was found, and looks at what it needs."""
        found = [each for each in self.offers.records.records() if isinstance(each, Offer)]
        if not self.search.text() or not found:
            return
        self.search.clear()
        choices = self.desk.wizard.choices
        offer = choices.offer(found[0].id) if choices else None
        if offer and not self._by_need:
            self._shown = offer.family
        self._choose(found[0].id)
        self.refresh()
        self.offers.choose(found[0].id)
        self.offers.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_way(self, way: str) -> None:
        self._by_need = way == "need"
        self.refresh()

    def _choose_tab(self, tab: str) -> None:
        if tab != self._shown:
            self._shown = tab
            self._all_refused = False
            self.search.clear()
            self.refresh()
            self.offers.choose_first(Offer)

    def _choose(self, offer_id: str) -> None:
        choices = self.desk.wizard.choices
        if choices is None:
            return
        before = self.desk.draft.picks
        after = toggled(before, choices, offer_id)
        changed = {code: count for code, count in after.items() if count != before.get(code, 0)}
        self.desk.edit(*(edits.pick(code, count) for code, count in changed.items()))

    def _turn_refused(self) -> None:
        """W shows all that is not offered and goes there; once more goes back to the offers."""
        self._all_refused = not self._all_refused
        self.refresh()
        self.offers.choose_first(Refused if self._all_refused else Offer)

    def _look_at_refused(self) -> None:
        """Ask what opens the rows that are seen, the current one first."""
        if not self.isVisible():
            return
        self.openers.want(self.offers.refused_in_sight())

    def _show_opener(self, offer_id: str) -> None:
        choices = self.desk.wizard.choices
        if choices is None:
            return
        self._show_offers(choices)
        if offer_id == self.offers.current_id():
            self._show_details(offer_id)

    def _go_to_opened(self, choices: Choices) -> None:
        """What was opened, or is still needed, is an offer now: go there once."""
        offer = choices.offer(self.openers.arrival) if self.openers.arrival else None
        if offer is None:
            return
        self.openers.arrival = ""
        self.search.clear()
        if not self._by_need and self._shown != offer.family:
            self._choose_tab(offer.family)
        self.offers.choose(offer.id)

    def _keyed(self, letter: str, _offer_id: str) -> None:
        if letter == "C":
            QGuiApplication.clipboard().setText(self.details.sentence())
        elif letter == "M":
            self.search.clear()  # what is missing need not be among what was looked for
            self._go_to_missing()
        else:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.setText(letter.lower())


def _lacks(choices: Choices | None) -> bool:
    return choices is not None and bool(choices.missing)
