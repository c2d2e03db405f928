"""What the pages show, in words: offers, basket, numbers, settings, bill, steps, order number."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from msgspec.structs import replace

from app.wizard import edits
from app.wizard.basket_view import basket_view
from app.wizard.billing_view import BY_EMAIL, BY_PAPER, bill_by, paper_price, price_lists, send_bill
from app.wizard.choices import (
    Characteristic,
    Choices,
    HiddenOffer,
    MissingChoice,
    OfferChoice,
    PriceList,
    Section,
    Totals,
)
from app.wizard.creation_view import created_view, report_view, spoken_lines, terms_line
from app.wizard.customer_view import label_of, network_words
from app.wizard.draft import Draft
from app.wizard.fields import form_for
from app.wizard.frame_view import facts_line, head_view, steps
from app.wizard.messages_view import changed, message_to, recipients
from app.wizard.numbers_view import first_free, head_line, places, prices, rows
from app.wizard.offer_details import details_of
from app.wizard.offers_view import (
    families,
    merged,
    need_tabs,
    offer_page,
    search,
    split_name,
    toggled,
)
from app.wizard.report import check_draft
from app.wizard.service import Outcome
from app.wizard.settings_view import form, keys_in, units
from backend_client.choices import CharacteristicValue, Need, Reason
from backend_client.desk_records import FoundNumber, Numbers, Terms
from tests.app.wizard.stories import NOW, SIM_NEEDED, agreed, choices, hold, jorun

TODAY = NOW.date()
BASIC = OfferChoice(
    id="T01", name="Lanternview Basic (38 channels)", family="TV", kind="tv", needs=("tv",),
    monthly=Decimal("10.00"), once=Decimal(0), term=1,
)  # fmt: skip
PLUS = OfferChoice(
    id="T02", name="Lanternview Plus (72 channels)", family="TV", kind="tv", needs=("tv",),
    monthly=Decimal("18.00"), once=Decimal(0), term=12, picked=1,
)  # fmt: skip
BOX = OfferChoice(
    id="S01", name="Lantern Box HD", family="Set-top box", kind="stb", role="item", needs=("tv",),
    monthly=Decimal("4.00"), once=Decimal(0), term=12,
)  # fmt: skip
SAVING = OfferChoice(
    id="X02", name="Trio saving (largest of three)", family="Savings", kind="discount",
    role="discount", monthly=Decimal("-10.00"), once=Decimal(0), picked=1,
)  # fmt: skip
TELEVISION = Choices(
    needs=(Need(id="tv", name="Television", words=("tv", "television", "channels", "box")),),
    offers=(BASIC, PLUS, BOX, SAVING),
    sections=(
        Section(family="TV", name="TV package", rule="one at most", offers=("T01", "T02")),
        Section(family="TV", name="Main box", rule="exactly one", offers=("S01",)),
    ),
    hidden=(
        HiddenOffer(
            id="F04", name="Glimt 2500 (XGS-PON)", family="Internet",
            reasons=(Reason(rule="R26", text="2500 Mb/s needs XGS-PON."),),
        ),
    ),
    missing=(MissingChoice(rule="R73", text="TV needs exactly one main box.", serves=("S01",)),),
    totals=Totals(monthly=Decimal("8.00"), first_bill=dt.date(2026, 12, 1)),
)  # fmt: skip


def lines(count: int = 2) -> Draft:
    return edits.pick("M03", count)(edits.pick("M11", count)(jorun()))


def test_a_name_and_what_is_said_of_it_are_two_lines() -> None:
    assert split_name("Skarv 100 (100 GB, 5G)") == ("Skarv 100", "100 GB, 5G")
    assert split_name("Plastic SIM") == ("Plastic SIM", "")


def test_families_keep_the_catalogues_order_and_show_empty_ones() -> None:
    assert merged(["a", "c"], ["a", "b", "c", "d"]) == ["a", "b", "c", "d"]
    assert merged(["a", "x"], ["a", "b"]) == ["a", "x", "b"]
    counts = {family.id: family.count for family in families(TELEVISION)}
    assert counts == {"TV": 2, "Set-top box": 1, "Savings": 1, "Internet": 0}
    assert {tab.id: tab.count for tab in need_tabs(TELEVISION)}["tv"] == 3


def test_a_family_shows_its_sections_with_rule_and_what_is_missing() -> None:
    page = offer_page(TELEVISION, shown="TV")
    package, box = page.sections
    assert (package.title, package.hint) == ("TV package, one at most", "")
    assert (box.title, box.hint) == ("Main box, exactly one", "choose one to go on")
    assert [(offer.id, offer.mark, offer.chosen) for offer in package.offers] == [
        ("T01", "dot", False),
        ("T02", "dot", True),
    ]
    assert (page.refused[0].reason, page.refused_in_all) == ("2500 Mb/s needs XGS-PON.", 1)


def test_offers_are_found_by_need_speed_price_and_name() -> None:
    assert search(TELEVISION, "television") == {"T01", "T02", "S01"}
    assert search(TELEVISION, "plus") == {"T02"}
    assert search(TELEVISION, "lantern £10") == {"T01", "S01"}
    assert search(TELEVISION, "nothing like it") == frozenset()


def test_choosing_replaces_what_excludes_it_and_takes_as_many_as_needed() -> None:
    assert toggled({"T02": 1}, TELEVISION, "T01") == {"T02": 0, "T01": 1}
    assert toggled({"T02": 1}, TELEVISION, "T02") == {"T02": 0}
    needy = choices(replace(SIM_NEEDED, count=2))
    offers = tuple(replace(offer, most=9) for offer in needy.offers)
    assert toggled({"M03": 2}, replace(needy, offers=offers), "M11") == {"M03": 2, "M11": 2}


def test_details_say_the_price_the_end_and_a_sentence_for_the_caller() -> None:
    plus = details_of(TELEVISION, "T02", today=TODAY)
    assert plus is not None
    assert (plus.price, plus.term) == ("£18.00", "a month, 12 months")
    assert ("Ends", "20 Nov 2027") in plus.facts
    assert plus.sentence == "Lanternview Plus costs £18.00 a month. It runs 12 months."
    assert "TV needs exactly one main box." in plus.notes
    saving = details_of(TELEVISION, "X02", today=TODAY)
    assert saving is not None
    assert saving.sentence == "With Trio saving you save £10.00 a month."
    refused = details_of(TELEVISION, "F04", today=TODAY)
    assert refused is not None
    assert refused.notes == ("2500 Mb/s needs XGS-PON. (R26)",)
    assert details_of(TELEVISION, "Z99", today=TODAY) is None


def test_a_pick_that_cannot_stay_is_an_error_with_its_name() -> None:
    gone = replace(TELEVISION, offers=(replace(PLUS, offerable=False),), missing=())
    draft = edits.pick("T02", 1)(jorun())
    found = check_draft(draft, gone, now=NOW).errors()
    assert "Lanternview Plus cannot be had any more." in [each.title for each in found]
    assert "no longer" in offer_page(gone, shown="TV").sections[0].offers[0].text


def test_the_basket_puts_numbers_and_sims_under_their_line() -> None:
    draft = edits.hold_number("M03#1", hold())(lines(1))
    view = basket_view(draft, choices())
    (line,) = view.rows
    assert (line.name, line.kind) == ("Skarv 100", "main")
    assert line.text == "07700 900477, eSIM profile"
    assert line.once == "£40.00"
    assert basket_view(edits.set_only_account(only=True)(draft), choices()).rows == ()
    assert basket_view(draft, None).monthly == "£0.00"
    assert "last answer" in basket_view(draft, choices(), unchecked=True).missing


def test_places_count_the_time_down_and_warn_in_the_last_two_minutes() -> None:
    draft = edits.hold_number("M03#1", hold(minutes=14))(lines())
    held, empty = places(draft, choices(lines=2), now=NOW)
    assert (held.left, held.state, empty.state) == ("14:00", "held", "empty")
    soon = places(draft, choices(lines=2), now=NOW + dt.timedelta(minutes=12, seconds=2))[0]
    assert (soon.left, soon.state) == ("01:58", "soon")
    over = places(draft, choices(lines=2), now=NOW + dt.timedelta(minutes=20))[0]
    assert (over.left, over.state) == ("00:00", "over")


def test_rows_say_who_holds_a_number() -> None:
    until = NOW + dt.timedelta(minutes=3, seconds=10)
    found = Numbers(
        total=4,
        numbers=(
            FoundNumber(id="07700900477", display="07700 900477", memorable="477", grade="silver",
                        once=Decimal(40), state="held", holder="me", held_until=until),
            FoundNumber(id="2", display="07700 900440", grade="silver", state="held",
                        holder="Cosmo P.", held_until=until),
            FoundNumber(id="3", display="07700 900444", grade="platinum", state="release"),
            FoundNumber(id="4", display="07700 900412", grade="standard", state="available"),
        ),
    )  # fmt: skip
    mine, other, platinum, free = rows(found, {"M03#1": hold()}, now=NOW)
    assert mine.hold.startswith("held for you")
    assert (mine.lead, mine.memorable, mine.bars) == ("07700 900", "477", 2)
    assert (other.hold, other.free) == ("held by Cosmo P. 03:10", False)
    assert (platinum.hold, platinum.free) == ("supervisor releases", False)
    assert free.free
    assert first_free(found, {"M03#1": hold()}) == "4"
    shown, total = prices(
        edits.hold_number("M03#1", hold())(lines()), (found.numbers[3], found.numbers[0])
    )
    assert (len(shown), total) == (2, "£40.00")


def test_the_head_names_the_lines_that_need_a_number() -> None:
    from app.wizard.choices import lines_of

    assert head_line(lines_of({"M03": 1}, choices())) == "Skarv 100 needs a number"
    assert head_line(lines_of({"M03": 2}, choices())) == "2 lines need a number: Skarv 100"
    assert head_line(()) == "No line of this order needs a number"


SPEND = Characteristic(
    name="spendCap", label="Spending cap", type="choice", default="25",
    values=(
        CharacteristicValue(value="10", label="£10"),
        CharacteristicValue(value="25", label="£25"),
    ),
)  # fmt: skip


def with_caps() -> Choices:
    known = choices(lines=3)
    line = replace(known.offers[0], characteristics=(*known.offers[0].characteristics, SPEND))
    return replace(known, offers=(line, *known.offers[1:]))


def test_a_setting_that_differs_from_its_fellows_is_marked() -> None:
    draft = edits.set_setting("M03#2", "spendCap", "10")(lines(3))
    assert [unit.differs for unit in units(draft, with_caps())] == ["", "Spending cap", ""]
    cap = {each.name: each for each in form("M03#2", draft, with_caps())}["spendCap"]
    assert (cap.value, cap.differs) == ("10", "others: £25")


def test_a_change_is_for_one_for_the_ticked_or_for_all() -> None:
    draft, known = lines(3), with_caps()
    assert keys_in("one", "M03#1", ["M03#2"], "spendCap", draft, known) == ("M03#1",)
    ticked = keys_in("ticked", "M03#1", ["M03#3"], "spendCap", draft, known)
    assert ticked == ("M03#1", "M03#3")
    assert len(keys_in("all", "M03#1", [], "spendCap", draft, known)) == 3
    every = edits.set_for_all(ticked, "spendCap", "10")(draft)
    assert [unit.differs for unit in units(every, known)] == ["", "Spending cap", ""]


def test_an_extra_says_to_which_line_it_belongs_where_there_are_several() -> None:
    draft = edits.pick("M13", 1)(lines(2))
    belongs = form("M13#1", draft, choices(lines=2))
    assert [each.name for each in belongs] == ["line"]
    assert belongs[0].value == "M03#1"
    assert form("M13#1", edits.pick("M13", 1)(lines(1)), choices()) == ()


def test_lawful_price_lists_show_the_difference_before_they_are_chosen() -> None:
    known = replace(
        choices(),
        price_lists=(
            PriceList(id="PL-RES-26", name="Private 2026"),
            PriceList(id="PL-RES-25", name="Private 2025"),
        ),
    )
    compared = {"PL-RES-25": Totals(monthly=Decimal("17.50"), once=Decimal(0))}
    now, then = price_lists(lines(1), known, compared)
    assert (now.chosen, now.difference) == (True, "")
    assert then.difference == "−£1.50 a month, −£40.00 once"
    assert price_lists(lines(1), None, {}) == ()


def test_the_bill_comes_by_email_unless_what_brings_it_on_paper_is_picked() -> None:
    price = Decimal("1.75")
    paper = OfferChoice(
        id="POST", name="By post", family="Extras", kind="bill", role="paperBill",
        monthly=price, once=Decimal(0),
    )  # fmt: skip
    known = replace(choices(), offers=(paper,))
    assert (bill_by(jorun(), known), paper_price(known)) == (BY_EMAIL, price)
    draft = jorun()
    for edit in send_bill(known, BY_PAPER):
        draft = edit(draft)
    assert (draft.picks["POST"], bill_by(draft, known)) == (1, BY_PAPER)
    for edit in send_bill(known, BY_EMAIL):
        draft = edit(draft)
    assert (draft.picks.get("POST"), bill_by(draft, known)) == (None, BY_EMAIL)


def test_where_no_paper_is_sold_nothing_is_picked_for_it() -> None:
    assert paper_price(choices()) is None
    assert [edit(jorun()).picks for edit in send_bill(choices(), BY_EMAIL)] == [{}]


def test_taking_an_extra_away_leaves_an_account_only_draft_alone() -> None:
    draft = edits.set_only_account(only=True)(jorun())
    assert edits.pick("X09", 0)(draft).only_account


def test_the_steps_say_what_is_missing_in_two_words() -> None:
    draft, known = lines(2), choices(SIM_NEEDED, lines=2)
    views = {view.id: view for view in steps(draft, known, check_draft(draft, known, now=NOW))}
    assert (views["customer"].note, views["customer"].mark) == ("Jorun Netherfold", "current")
    assert (views["service"].note, views["service"].needs_work) == ("1 choice missing", True)
    assert views["numbers"].note == "2 to choose"
    assert (views["creation"].note, views["creation"].mark) == ("agreement", "open")
    made = steps(draft, known, check_draft(draft, known, now=NOW), order_number="KO-0093342-7")
    assert made[5].note == "KO-0093342-7"


def test_an_empty_draft_warns_of_nothing_on_its_first_step() -> None:
    from app.wizard.draft import new_draft

    draft = new_draft("maren", now=NOW)
    first, second, *_ = steps(draft, None, check_draft(draft, None, now=NOW))
    assert (first.needs_work, second.note) == (False, "nothing chosen yet")


def test_the_head_says_who_and_where() -> None:
    known = replace(choices(), facts={"segment": "RES", "credit": "C", "gpon": 1, "flat": 0})
    line = facts_line(jorun(), known, today=TODAY)
    assert line == "Private · 41 · credit C · house, fibre up to 1000"
    assert facts_line(jorun(), known, today=TODAY, place=False) == "Private · 41 · credit C"
    head = head_view(jorun(), known, today=TODAY, number="")
    assert (head.name, head.only_account, head.side) == (
        "Customer", "Only create an account", "Basket £19.00",
    )  # fmt: skip
    assert head_view(jorun(), known, today=TODAY, number="KO-1").only_account == ""


def test_the_order_number_is_read_out_in_three_lines() -> None:
    assert spoken_lines("KO-0093342-7") == (
        "K O", "zero zero nine three", "three four two, seven",
    )  # fmt: skip


def test_the_created_view_speaks_of_orders_accounts_and_waiting() -> None:
    made = created_view(Outcome("sent", order_number="KO-0093342-7", seconds=0.41))
    assert made.lead == "Order created, 0.4 s · copied to the clipboard"
    account = created_view(Outcome("sent", customer_id="KF-0104417-0", seconds=0.2))
    assert account.big == "KF-0104417-0"
    assert not created_view(Outcome("waiting")).copied


def test_the_report_counts_and_keeps_the_agreement_to_its_own_place() -> None:
    draft = edits.hold_number("M03#1", hold())(lines(1))
    view = report_view(check_draft(draft, choices(), now=NOW), choices())
    assert (view.errors, view.warnings, view.wrong) == ("0 errors", "0 warnings", ())
    assert [each.title for each in view.right][:2] == ["Customer", "Address and network"]
    doubtful = jorun(identity="")
    warned = report_view(check_draft(agreed(doubtful), None, now=NOW), None)
    assert (warned.warnings, warned.has_errors) == ("1 warning", True)


def test_the_terms_say_their_version_and_day() -> None:
    assert terms_line(None) == "the text has not come yet"
    assert terms_line(Terms(version="12")) == "version 12"
    dated = Terms(version="12", valid_from="2026-10-01T00:00:00Z")
    assert terms_line(dated) == "version 12 of 1 Oct 2026"


def test_emails_begin_with_what_was_ordered_and_keep_their_order() -> None:
    draft = lines(1)
    first = message_to(draft, "customer", choices())
    assert (first.chosen, first.content) == (False, "You have ordered: Skarv 100, eSIM profile.")
    draft = edits.set_messages(changed(draft, choices(), "customer", chosen=True))(draft)
    draft = edits.set_messages(changed(draft, choices(), "kin@example.com", subject="Hi"))(draft)
    draft = edits.set_messages(changed(draft, choices(), "customer", subject="Mine"))(draft)
    assert [message.to for message in draft.messages] == ["customer", "kin@example.com"]
    assert [each.to for each in recipients(draft)] == ["customer", "kin@example.com"]
    partner = jorun(reseller="R1")
    assert [each.to for each in recipients(partner)] == ["customer", "reseller"]


def test_fields_say_why_they_are_needed_and_addresses_what_the_network_can_do() -> None:
    (given,) = [each for each in form_for({}) if each.name == "givenName"]
    assert label_of(given) == "Given name · the contract is in this name"
    assert network_words({"xgspon": True, "cov5g": True}) == "Fibre up to 2500, 5G"
    assert network_words({"copper": True, "cov4g": True}, flat=True) == "Copper up to 17, 4G, flat"
    assert network_words({}) == "No fixed network"
