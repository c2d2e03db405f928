"""The gallery's second sheet: the larger parts that screens are put together from."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.widgets.account_tabs import AccountTabs, Tab
from ui.widgets.answers import AnswerText, FiveAnswers
from ui.widgets.fact_rows import Fact, FactRows, PairRow
from ui.widgets.gallery_states import Sheet
from ui.widgets.label import Prose
from ui.widgets.message_bar import Message, MessageStrip
from ui.widgets.offer_delegate import Offer, Refused, Section
from ui.widgets.offer_list import OfferList
from ui.widgets.panel import Ground, Hairline
from ui.widgets.product_board import TileBoard
from ui.widgets.product_paint import Tile, TileGroup
from ui.widgets.rail import Place, Rail
from ui.widgets.search_field import SearchField
from ui.widgets.segments import Option, Segments
from ui.widgets.status_bar import KeyHint, StatusBar
from ui.widgets.step_film import NoReturn, Step, StepFilm
from ui.widgets.step_list import StepList, WizardStep
from ui.widgets.work_tabs import WorkTab, WorkTabs

SHEET = QSize(1440, 900)
_PLACES = (
    Place("home", "home", "Home"),
    Place("customers", "users", "Customers"),
    Place("orders", "film", "Orders", badge="6"),
    Place("tickets", "ticket", "Tickets"),
    Place("letters", "letter", "Letters"),
    Place("day", "chart", "My day"),
    Place("keys", "keyboard", "Keys", foot=True),
)
_WORK = (
    WorkTab("home", "Home", "home", fixed=True),
    WorkTab("edda", "Edda Marrowby", "user"),
    WorkTab("draft", "Draft: J. Netherfold", "note", unsent=True),
)
_ANSWERS = (
    AnswerText(
        "bill",
        "receipt",
        "Why is my bill higher?",
        "£118.60",
        "£15.60 more: World pass £12.00, calls £3.60",
        note="due 24 Nov",
        key="E",
    ),
    AnswerText(
        "order",
        "film",
        "Where is my order?",
        "Engineer Tue 24 Nov",
        "08:00 to 12:00 · on time · step 5 of 9",
        key="C",
    ),
    AnswerText(
        "used",
        "chart",
        "How much have I used?",
        "31.4 of 100 GB",
        "Starts again 1 Dec · £4.20 outside the plan",
    ),
    AnswerText(
        "broken",
        "wifi",
        "Is something broken?",
        "No known fault",
        "Line tested 09:12 · 497 Mb/s · router on",
    ),
    AnswerText(
        "ends",
        "calendar",
        "When does my contract end?",
        "11 Mar 2028",
        "Ending today costs £412.00",
    ),
)
_TABS = (
    Tab("customer", "Customer"),
    Tab("subscriptions", "Products", "12"),
    Tab("orders", "Orders", "1", new=True),
    Tab("tickets", "Tickets"),
    Tab("usage", "Usage"),
    Tab("entries", "Bills and payments"),
    Tab("letters", "Letters", "2 new", new=True),
    Tab("contacts", "Timeline"),
    Tab("calendar", "TV and content"),
)
_FACTS = (
    Fact("born", "Date of birth", "8 May 1992"),
    Fact("mobile", "Mobile", "07700 900471", note="after 16:00"),
    Fact("mail", "E-mail", "Returned 18 Nov", tone="warn", strong=True),
    Fact("lives", "Lives at", "14 Pebblewick Rise, QX4 7TR"),
    Fact("pays", "Pays by", "Direct debit, 24th", gap=True),
    Fact("mailbox", "Mailbox", "Send a reset link", link=True),
)
_TILES = (
    Tile(
        "1", "fibre", "Glimt 500", "Until 11 Mar 2028", "£35.00", "Becomes Glimt 2500", chip="info"
    ),
    Tile("2", "router", "Pro router (Wi-Fi 7)", "Monthly", "£6.00", "Online for 21 days"),
    Tile("3", "plus", "Add to this number", adds=True),
)
_STEPS = (
    Step(
        "1", "done", "Contract summary agreed", "by voice, Cosmo Pellwether", "17 Nov 10:42",
        "promised 17 Nov", "LT02 Contract summary", "e-mail delivered 10:42, read back 10:44",
    ),
    Step(
        "4", "done", "Engineer booked", "Tue 24 Nov, 08:00 to 12:00", "18 Nov 09:05",
        "promised 19 Nov", "LT09 Engineer appointment", ", text delivered 09:05",
        told_lead="e-mail returned",
    ),
    Step(
        "5", "current", "Engineer visit", "field dispatch, Jory Mossbeck",
        "Tue 24 Nov, 08:00–12:00", "starts in 3 days 22 h", "LT10 Reminder, Mon 23 Nov 16:00",
        "text to 07700 900471",
    ),
    NoReturn("No way back after this line", "Until then: cancel or change free of charge"),
    Step("6", "open", "Fibre terminal linked", "engineer, with photo", "24 Nov by 12:00"),
    Step(
        "7", "open", "Line test", "automatic, 2,300 Mb/s or better", "24 Nov by 13:00",
        told="LT04 Service active", told_note="text",
    ),
)  # fmt: skip
_OFFERS = (
    Section("s1", "TV package, one at most"),
    Offer("T01", "Lanternview Basic", "38 channels", "1 month", "£10.00"),
    Offer(
        "T02", "Lanternview Plus", "72 channels, three streams", "12 months", "£18.00", chosen=True
    ),
    Section("s2", "Main box, exactly one", hint="choose one to go on"),
    Offer("B01", "Lantern Box HD", "one HD stream", "12 months", "£4.00"),
    Offer(
        "B03", "Lantern Mini (extra room)", "up to 4 on Glimt 500", "12 months", "£5.00",
        mark="quantity", most=4,
    ),
    Section(
        "s3", "Not offered: why, and what opens it", icon="lock", count="24",
        note="in all families",
    ),
    Refused(
        "F04", "Glimt 2500 (XGS-PON)", "2500 Mb/s needs XGS-PON, not in this street yet.",
        "Register interest",
    ),
    Refused(
        "X01", "Copperleaf 67 (VDSL2)", "Copper is being withdrawn in this area.",
        note="cannot be changed",
    ),
)  # fmt: skip
_WIZARD = (
    WizardStep("1", "Customer", "Jorun Netherfold", "done"),
    WizardStep("2", "Service", "choose a box for TV", "warn", needs_work=True),
    WizardStep("3", "Numbers", "2 to choose", "warn", needs_work=True),
    WizardStep("4", "Creation", "agreement", "open"),
)


def parts_sheet(theme: Theme) -> Sheet:
    """Rail, top bar, answers, alerts, tabs, facts, tiles, film, offers, steps, status bar."""
    sheet = Sheet(theme, SHEET, "shell")
    rail = Rail(theme, _PLACES)
    rail.show_current("customers")
    lower = QHBoxLayout()
    lower.setSpacing(0)
    lower.addWidget(rail)
    lower.addWidget(_page(theme), 1)
    outer = QVBoxLayout(sheet)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    outer.addWidget(_top_bar(theme))
    outer.addLayout(lower, 1)
    outer.addWidget(_status(theme))
    return sheet


def _top_bar(theme: Theme) -> QWidget:
    bar = Ground(theme, "shell")
    bar.setFixedHeight(48)
    row = QHBoxLayout(bar)
    row.setContentsMargins(72, 8, 16, 8)
    row.setSpacing(16)
    search = SearchField(theme, "Customer, number, order, postcode", key="Ctrl+K")
    search.setFixedWidth(336)
    tabs = WorkTabs(theme, "Work tabs")
    for tab in _WORK:
        tabs.open_tab(tab)
    tabs.show_tab("edda")
    row.addWidget(search)
    row.addWidget(tabs, 1)
    return bar


def _status(theme: Theme) -> StatusBar:
    bar = StatusBar(theme)
    bar.show_connection("Connected")
    bar.show_saved("Saved 09:14:02  ·  Nothing waiting to be sent")
    bar.show_keys((KeyHint("P", "product"), KeyHint("Up Down", "order"), KeyHint("?", "all keys")))
    return bar


def _page(theme: Theme) -> QWidget:
    page = Ground(theme)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 20, 0, 0)
    column.setSpacing(0)
    head = QVBoxLayout()
    head.setContentsMargins(20, 0, 20, 0)
    head.setSpacing(12)
    head.addWidget(FiveAnswers(theme, _ANSWERS))
    alert = Message(
        "a", "warning", "about the engineer visit", lead="Call-back promised today 14:00",
        action="Done", icon="clock", who="Maren Tindlewick",
    )  # fmt: skip
    head.addWidget(MessageStrip(theme, alert))
    column.addLayout(head)
    column.addSpacing(8)
    column.addWidget(AccountTabs(theme, "Account", _TABS, inset=20))
    columns = QHBoxLayout()
    columns.setSpacing(0)
    for at, part in enumerate((_left(theme), _middle(theme), _right(theme))):
        if at:
            columns.addWidget(Hairline(theme, "standing"))
        columns.addLayout(part, 1 if at == 1 else 0)
    column.addLayout(columns, 1)
    return page


def _left(theme: Theme) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(20, 12, 16, 12)
    column.setSpacing(12)
    facts = FactRows(theme, "Customer information", _FACTS)
    facts.setFixedWidth(272)
    steps = StepList(theme, "Steps")
    steps.set_steps(_WIZARD)
    steps.choose("2")
    steps.setFixedSize(187, 4 * 52)
    column.addWidget(facts)
    column.addWidget(steps)
    column.addWidget(PairRow(theme, "Glimt 500", "−£35.00", mark="-"))
    column.addWidget(PairRow(theme, "Change each month", "+£30.00", strong=True))
    column.addStretch(1)
    return column


def _middle(theme: Theme) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(16, 12, 16, 0)
    column.setSpacing(12)
    tiles = TileBoard(theme, "Products")
    tiles.set_groups((TileGroup("all", _TILES),))
    column.addWidget(tiles)
    film = StepFilm(theme, "Film of the order")
    film.set_steps(_STEPS)
    column.addWidget(film, 1)
    return column


def _right(theme: Theme) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    options = (Option("a", "By offer"), Option("n", "By need"), Option("g", "Gold", "20"))
    segments = Segments(theme, "Sorted by", options)
    box = QVBoxLayout()
    box.setContentsMargins(16, 12, 16, 12)
    box.setSpacing(8)
    box.addWidget(segments)
    said = "Your order is on time. The engineer comes on Tuesday 24 November between 8 and 12."
    box.addWidget(Prose(theme, said, "lead"))
    column.addLayout(box)
    offers = OfferList(theme, "Offers")
    offers.set_offers(_OFFERS)
    offers.choose("T02")
    offers.setMinimumWidth(480)
    column.addWidget(offers, 1)
    return column
