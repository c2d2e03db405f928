"""Offers, rules and changes as lists with their form, and the proofs beside all of them."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.language import tr
from app.products import offers, rules
from app.products.documents import Kind, item
from app.products.proofs import Place
from app.products.tables import OfferRow, Rows, RuleRow, shown_offers, shown_rules
from app.products.words import ChangeView, views
from ui.page import Surroundings
from ui.products.changes_part import ChangeForm, ChangesPart
from ui.products.deeds import Deeds
from ui.products.offer_form import OfferForm
from ui.products.offers_list import offer_columns, offer_row, rule_columns, rule_row
from ui.products.proofs_panel import ProofsPanel
from ui.products.rule_form import RuleForm
from ui.products.session import ProductSession
from ui.products.three_parts import ThreeParts
from ui.rows_table import KeptLook, RecordRows, RowsTable
from ui.widgets.pieces import Escaping

OFFERS, RULES, CHANGES = "offers", "rules", "changes"
_FILTER_AFTER = 60  # ms: a word is typed before 5,000 rows are looked through
_TABS = {Kind.OFFER: OFFERS, Kind.RULE: RULES}


class Editing(QWidget):
    """`tab_wanted` asks for another tab, `said` carries a sentence for the message bar."""

    tab_wanted = Signal(str)
    said = Signal(str)

    def __init__(self, surroundings: Surroundings, session: ProductSession) -> None:
        super().__init__()
        self._theme = surroundings.theme
        self.session = session
        self._rows = Rows()
        self._offers: tuple[OfferRow, ...] = ()
        self._rules: tuple[RuleRow, ...] = ()
        self._changes: dict[str, ChangeView] = {}
        self._tab = OFFERS
        self._make_parts(surroundings)
        self._lists, self._forms = QStackedWidget(), QStackedWidget()
        for part in (self.offers, self.rules, self.changes):
            self._lists.addWidget(part)
        for form in (self.offer_form, self.rule_form, self.change_form):
            self._forms.addWidget(form)
        self.parts = ThreeParts(
            self._theme, {"list": self._lists, "form": self._forms, "side": self.proofs}
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.parts)
        self._filter_soon = QTimer(self)
        self._filter_soon.setSingleShot(True)
        self._filter_soon.setInterval(_FILTER_AFTER)
        self._filter_soon.timeout.connect(self._show_rows)
        self._connect()

    # --- what the page asks -------------------------------------------------------------

    def show_tab(self, tab: str) -> None:
        """Show offers, rules or changes."""
        self._tab = tab
        at = (OFFERS, RULES, CHANGES).index(tab)
        self._lists.setCurrentIndex(at)
        self._forms.setCurrentIndex(at)
        self.parts.bring("list")
        self._show_offer(self.offers.table.current_id())
        self._show_rule(self.rules.table.current_id())

    def focus_list(self) -> None:
        self.parts.bring("list")
        match self._tab:
            case "offers":
                self.offers.focus_rows()
            case "rules":
                self.rules.focus_rows()
            case _:
                self.changes.setFocus()

    def regions(self) -> tuple[QWidget, ...]:
        found = (self._lists.currentWidget(), self._forms.currentWidget(), self.proofs.rows)
        return tuple(part for part in found if part is not None and part.isVisible())

    def turn_proofs(self) -> None:
        """Bring the proofs to the front, or what stood there before."""
        if self.parts.shows_all():
            self.proofs.rows.setFocus()
        elif self.parts.front == "side":
            self.focus_list()
        else:
            self.parts.bring("side")
            self.proofs.rows.setFocus()

    def go(self, place: Place) -> None:
        """Show the offer or rule to be mended, with the focus in its form."""
        tab = _TABS.get(place.kind)
        if tab is None:  # whatever has no form of its own is seen among the changes
            self.tab_wanted.emit(CHANGES)
            self.changes.rows.choose(f"{place.kind}:{place.id}")
            return
        self.tab_wanted.emit(tab)
        table = self.offers if tab == OFFERS else self.rules
        if not table.choose(place.id):
            table.filter.clear()
            self._show_rows()
            table.choose(place.id)
        self._open_form(place.id)

    def new(self) -> None:
        """A new offer or rule, made from the current one."""
        if self._tab == RULES:
            self.deeds.copy_rule(self.rules.table.current_id())
        else:
            self.tab_wanted.emit(OFFERS)
            self.deeds.ask_copy(self.offers.table.current_id())

    # --- showing ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the copy as it is now."""
        working = self.session.working
        if working is None:
            return
        found = views(self.session.delta, working.base, working.now)
        self._changes = {each.key: each for each in found}
        self._offers = self._rows.offers(working.now, self.session.delta)
        self._rules = self._rows.rules(working.now, self.session.delta)
        self.changes.show_changes(found)
        self._show_rows()
        if self._tab == RULES:
            self._show_rule(self.rules.table.current_id())
        else:
            self._show_offer(self.offers.table.current_id())
        self._show_change(self.changes.rows.current_id())

    def show_proofs(self) -> None:
        session = self.session
        self.proofs.show_proofs(session.proofs, waits=session.checking, fault=session.check_fault)

    def _show_rows(self) -> None:
        table, look = self.offers, self.offers.look
        keep = table.table.current_id() if _has_focus(self.offer_form) else ""
        found = shown_offers(
            self._offers, table.text(), look.sort, descending=look.descending, keep=keep
        )
        table.show_records(found, len(self._offers))
        rules_table, look = self.rules, self.rules.look
        keep = rules_table.table.current_id() if _has_focus(self.rule_form) else ""
        ruled = shown_rules(
            self._rules, rules_table.text(), look.sort, descending=look.descending, keep=keep
        )
        rules_table.show_records(ruled, len(self._rules))

    def _show_offer(self, code: str) -> None:
        working = self.session.working
        offer = offers.offer(working.now, code) if working and code else None
        self.offer_form.setEnabled(offer is not None)
        if working is not None and offer is not None:
            change = self._changes.get(f"{Kind.OFFER}:{code}")
            groups = working.now.groups
            wanted = {code, *(name for name, codes in groups.items() if code in codes)}
            naming = [(row.id, row.sentence) for row in self._rules if wanted & set(row.names)]
            self.offer_form.show_offer(offer, groups, naming, change)

    def _show_rule(self, rule_id: str) -> None:
        working = self.session.working
        rule = rules.rule(working.now, rule_id) if working and rule_id else None
        self.rule_form.setEnabled(rule is not None)
        if working is not None and rule is not None:
            change = self._changes.get(f"{Kind.RULE}:{rule_id}")
            self.rule_form.show_rule(rule, working.now, change)

    def _show_change(self, key: str) -> None:
        self.change_form.show_change(self._changes.get(key))

    def _open_form(self, _id: str) -> None:
        self.parts.bring("form")
        form = self._forms.currentWidget()
        if isinstance(form, OfferForm | RuleForm):
            form.focus_field()

    def _open_change(self, key: str) -> None:
        change = self._changes.get(key)
        working = self.session.working
        if change is not None and working and item(working.now, change.kind, change.id) is not None:
            self.go(Place(change.kind, change.id))

    # --- joining ------------------------------------------------------------------------

    def _make_parts(self, surroundings: Surroundings) -> None:
        theme, background = surroundings.theme, surroundings.background
        preferences = surroundings.workplace.store.preferences
        self.offers: RowsTable[OfferRow] = RowsTable(
            theme,
            tr("Offers"),
            RecordRows(offer_columns(), offer_row),
            KeptLook(background, preferences, f"products.{OFFERS}", self),
            filter_words=tr("Filter offers: name, code, family, price"),
        )
        self.rules: RowsTable[RuleRow] = RowsTable(
            theme,
            tr("Rules"),
            RecordRows(rule_columns(), rule_row),
            KeptLook(background, preferences, f"products.{RULES}", self),
            filter_words=tr("Filter rules: words, a code they name"),
        )
        text = tr("What you change in offers and rules is listed here, until it is proposed.")
        self.changes = ChangesPart(theme, tr("Changes"), (tr("No changes yet"), text))
        self.offer_form = OfferForm(theme)
        self.rule_form = RuleForm(theme)
        self.change_form = ChangeForm(theme)
        self.proofs = ProofsPanel(theme)
        self.deeds = Deeds(theme, self.session, self.offers.filter, self)

    def _connect(self) -> None:
        for table, show in ((self.offers, self._show_offer), (self.rules, self._show_rule)):
            table.wanted.connect(self._filter_soon.start)
            table.current_changed.connect(show)
            table.opened.connect(self._open_form)
        self.changes.current_changed.connect(self._show_change)
        self.changes.opened.connect(self._open_change)
        forms: tuple[OfferForm | RuleForm, ...] = (self.offer_form, self.rule_form)
        for form in forms:
            form.edited.connect(self.session.edit)
            form.settled.connect(self.session.settle)
            form.take_back_wanted.connect(self.session.take_back)
        left: tuple[Escaping, ...] = (self.offer_form, self.rule_form, self.change_form)
        for each in left:
            each.left.connect(self.focus_list)
        deeds = self.deeds
        deeds.made.connect(self.go)
        deeds.gone.connect(self.focus_list)
        deeds.said.connect(self.said)
        self.offer_form.copy_wanted.connect(deeds.ask_copy)
        self.offer_form.retire_wanted.connect(deeds.retire)
        self.offer_form.rule_wanted.connect(lambda found: self.go(Place(Kind.RULE, found)))
        self.rule_form.copy_wanted.connect(deeds.copy_rule)
        self.rule_form.remove_wanted.connect(deeds.remove_rule)
        self.change_form.take_back_wanted.connect(self.session.take_back)
        self.change_form.go_wanted.connect(self.go)
        self.proofs.go_wanted.connect(self.go)
        self.proofs.again_wanted.connect(self.session.check)
        self.session.changed.connect(self.refresh)
        self.session.changed.connect(self.show_proofs)
        self.session.checked.connect(self.show_proofs)


def _has_focus(form: QWidget) -> bool:
    """Whether something is being typed there: its row stays, whatever the rows are filtered by."""
    focus = form.window().focusWidget()
    return focus is not None and form.isAncestorOf(focus)
