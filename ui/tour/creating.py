"""The second chapter: a new customer goes through the wizard to an order number."""

from __future__ import annotations

from ui.tour.eyes import found, reads
from ui.tour.guide import Guide
from ui.tour.patience import TourStopped, wait_until
from ui.widgets.offer_list import OfferList
from ui.widgets.record_list import RecordList
from ui.wizard.draft_page import DraftPage

GIVEN, FAMILY = "Liv", "Stormcastle"
DETAILS = (
    ("Given name", GIVEN),
    ("Family name", FAMILY),
    ("Date of birth", "9 March 1984"),
    ("E-mail", "liv.stormcastle@example.com"),
    ("Telephone", "07700 900862"),
)
POSTCODE = "QX4"
PIN = "4715"
PLAN = "skarv 25"


def new_customer(guide: Guide) -> None:
    """Ctrl+N, and the form from field to field."""
    guide.hands.keys = guide.hands.letters = 0
    guide.hands.press("Ctrl+N")
    guide.page(DraftPage, "The wizard did not open.")
    for label, text in DETAILS:
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
    """The plan by its name, the SIM that it needs, with the space bar."""
    _next(guide, "Service")
    offers = found(guide.main, OfferList)
    wait_until(lambda: bool(offers.records.records()), "No offers came.")
    guide.hands.press("S")
    raise TourStopped("to be done")


def _next(guide: Guide, step: str) -> None:
    guide.hands.press("Alt+Right")
    wait_until(lambda: reads(guide.main, step), f"The step {step} did not open.")
