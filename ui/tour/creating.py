"""The second chapter: a new customer goes through the wizard to an order number."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from PySide6.QtWidgets import QApplication

from ui.tour.eyes import button, found, reads, texts
from ui.tour.guide import Guide
from ui.tour.patience import LONG, TourStopped, wait_until
from ui.widgets.offer_delegate import Offer
from ui.widgets.offer_list import OfferList
from ui.widgets.record_list import RecordList
from ui.widgets.table import Table
from ui.widgets.table_model import Cell, Row
from ui.widgets.tick import Tick
from ui.wizard.basket import Totals
from ui.wizard.created_page import CreatedPage
from ui.wizard.draft_page import DraftPage
from ui.wizard.held_number import HeldNumber


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the phone who wants to become a customer."""

    given: str
    family: str
    email: str
    telephone: str = "07700 900862"
    born: str = "9 March 1984"

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


CALLER = Person("Liv", "Stormcastle", "liv.stormcastle@example.com")
POSTCODE = "QX4"
PIN = "4715"
_ONCE = 3  # the column with the price


def new_customer(guide: Guide, person: Person = CALLER) -> None:
    """Ctrl+N, and the form from field to field."""
    guide.hands.keys = guide.hands.letters = 0
    guide.hands.press("Ctrl+N")
    guide.page(DraftPage, "The wizard did not open.")
    details = (
        ("Given name", person.given),
        ("Family name", person.family),
        ("Date of birth", person.born),
        ("E-mail", person.email),
        ("Telephone", person.telephone),
    )
    for label, text in details:
        guide.hands.stand_in(label)
        guide.hands.type(text)
        guide.hands.press("Tab")
    _address(guide)
    guide.hands.stand_in("Customer PIN")
    guide.hands.type(PIN)
    guide.hands.press("Tab", "Tab")
    guide.hands.stand_in("Identity seen")
    guide.hands.press("P")  # passport
    wait_until(lambda: not reads(guide.main, "missing"), "Something is missing of the customer.")
    guide.picture("wizard-customer")


def _address(guide: Guide) -> None:
    """The postcode brings the register's addresses; Enter takes the first."""
    guide.hands.stand_in("Address")
    guide.hands.type(POSTCODE)
    found(guide.main, RecordList, "Addresses found")
    guide.picture("wizard-address")
    guide.hands.press("Return")


def service(guide: Guide) -> None:
    """The plan, then the SIM it needs, with arrows and the space bar."""
    wanted = tomllib.loads((files("resources.demo") / "tour.toml").read_text("utf-8"))
    _next(guide, "Service")
    _choose(guide, wanted["plan"])
    guide.hands.press("M")  # to what is missing
    _choose(guide, wanted["sim"])
    guide.picture("wizard-service")


def number(guide: Guide) -> None:
    """A memorable number of the pool that is free, held with Enter."""
    _next(guide, "Numbers")
    table = found(guide.main, Table)
    model = table.model()
    wait_until(lambda: model.total() > 1, "The pool has no numbers.")
    row: Row | None = None
    for _number in range(model.total()):
        guide.hands.press("Down")
        row = model.row(table.view.currentIndex().row())
        if row is not None and row.enabled:
            break
    guide.picture("wizard-numbers")
    guide.hands.press("Return")
    found(guide.main, HeldNumber)
    # nothing else in this order costs anything once: the sum is the number's price
    once = f"once {_price(row)}"
    totals = found(guide.main, Totals)
    wait_until(lambda: totals.accessibleName().endswith(once), "The number was not priced.")
    guide.picture("wizard-number-held")


def _price(row: Row | None) -> str:
    once = row.cells[_ONCE] if row is not None else ""
    return once.text if isinstance(once, Cell) else once


def settings_and_billing(guide: Guide) -> None:
    """Nothing is missing there: both are only looked at."""
    _next(guide, "Settings")
    guide.picture("wizard-settings")
    _next(guide, "Billing")
    guide.picture("wizard-billing")


def agree(guide: Guide) -> None:
    """The sentence is read out, the caller says yes, the space bar ticks it."""
    _next(guide, "Creation")
    agreed = found(guide.main, Tick)
    wait_until(lambda: agreed.isEnabled() and agreed.hasFocus(), "The terms did not come.")
    guide.hands.press("Space")
    press = button(guide.main, "Create services")
    wait_until(lambda: press is not None and press.isEnabled(), "Something stops the order.")
    guide.picture("wizard-creation")


def create(guide: Guide) -> None:
    """Ctrl+Enter, and the number is there to be read out."""
    guide.since_created.start()
    guide.hands.press("Ctrl+Return")
    guide.seen.order_number = order_number(guide)
    guide.seen.wizard_keys, guide.seen.wizard_letters = guide.hands.keys, guide.hands.letters
    if QApplication.clipboard().text() != guide.seen.order_number:
        raise TourStopped("The order number is not on the clipboard.")
    guide.picture("wizard-created")


def order_number(guide: Guide, seconds: float = LONG) -> str:
    """The big number on the created page, waited for."""
    created = found(guide.main, CreatedPage)
    wait_until(lambda: created.number().startswith("KO-"), "No order number came.", seconds)
    return created.number()


def _choose(guide: Guide, offer_id: str) -> None:
    """Down to an offer, then Space; its price is in the basket when the server has answered."""
    offers = found(guide.main, OfferList)
    wait_until(lambda: offer_id in _offered(offers), f"{offer_id} is not offered.")
    wait_until(offers.hasFocus, "The focus did not come to the offers.")
    for _offer in offers.records.records():
        if offers.current_id() == offer_id:
            break
        guide.hands.press("Down")
    guide.hands.press("Space")
    wait_until(lambda: offer_id in _offered(offers, chosen=True), f"{offer_id} was not chosen.")


def _offered(offers: OfferList, *, chosen: bool = False) -> set[str]:
    every = (each for each in offers.records.records() if isinstance(each, Offer))
    return {each.id for each in every if each.chosen or not chosen}


def _next(guide: Guide, step: str) -> None:
    guide.hands.press("Alt+Right")
    wait_until(lambda: step in texts(guide.main), f"The step {step} did not open.")
