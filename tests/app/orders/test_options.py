"""What can still be done about an order, in words."""

from __future__ import annotations

import datetime as dt

import pytest

from app.orders.options import Options, options_of, uncapitalised, without_options
from app.orders.reasons import OTHER, reason_text, reasons, taken_back
from app.orders.records import NoReturn, Step
from backend_client.ordering import Amendment, Cancelling, ItemOption, OrderOptions
from tests.support import edda
from tests.support.fake_orders import OPEN


def told(cancel: Cancelling, *amend: Amendment) -> Options:
    return options_of("o1", OrderOptions(cancel=cancel, amend=amend), edda.NOW)


FREE = Cancelling(possible=True, until_step="SIM sent", fee="0.00")
DAY = Amendment(what="day", possible=True)


def test_each_thing_stands_with_its_end() -> None:
    options = options_of("o1", OPEN, edda.NOW)
    assert [(each.text, each.until) for each in options.remaining] == [
        ("Appointment", "until Mon 23 Nov 12:00"),
        ("Speed, add-ons", "until fibre terminal linked"),
        ("Cancel, free of charge", "until fibre terminal linked"),
    ]
    assert options.changes == (("visit", "Appointment"), ("items", "Speed, add-ons"))
    assert [item.id for item in options.items] == ["3"]


def test_the_same_day_and_no_end_at_all() -> None:
    soon = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    rows = told(FREE, Amendment(what="contact", possible=True, until=soon), DAY).remaining
    untils = [each.until for each in rows]
    assert untils == ["until today 12:00", "until it is done", "until SIM sent"]


@pytest.mark.parametrize(
    ("cancel", "amend", "note"),
    [
        (FREE, (DAY,), "Until then: cancel or change free of charge"),
        (FREE, (), "Until then: cancel free of charge"),
        (
            Cancelling(possible=True, fee="25.00"),
            (DAY,),
            "Until then: cancel or change, cancelling costs £25.00",
        ),
        (Cancelling(possible=True, fee="25.00"), (), "Until then: cancel for £25.00"),
        (Cancelling(), (DAY,), ""),
    ],
)
def test_the_line_of_no_return_says_what_is_free_until_then(
    cancel: Cancelling, amend: tuple[Amendment, ...], note: str
) -> None:
    assert told(cancel, *amend).line_note == note


def test_what_nobody_knows_how_to_change_is_not_offered() -> None:
    assert told(FREE, Amendment(what="colour", possible=True)).changes == ()
    assert told(Cancelling(fee="nothing")).fee == ""


def test_a_person_is_offered_only_what_he_may_do() -> None:
    options = options_of("o1", OPEN, edda.NOW).allowed(cancel=False, change=True)
    assert (options.may_cancel, options.undo_seconds, options.may_change) == (False, None, True)
    assert not options_of("o1", OPEN, edda.NOW).allowed(cancel=True, change=False).may_change


def test_a_server_without_options_lets_cancel_as_far_as_the_flow_says() -> None:
    assert without_options("o1", may_cancel=True) == Options("o1", may_cancel=True)


def test_items_that_must_stay_are_no_choice() -> None:
    items = (ItemOption(id="1", name="Line"), ItemOption(id="2", name="SIM", may_go=True))
    found = told(FREE, Amendment(what="items", possible=True, items=items))
    assert [item.name for item in found.items] == ["SIM"]


def test_a_name_within_a_sentence_keeps_its_capitals() -> None:
    assert uncapitalised("Engineer visit") == "engineer visit"
    assert uncapitalised("SIM sent") == "SIM sent"


def test_a_reason_is_what_was_chosen_and_what_was_said() -> None:
    assert reason_text("mind", " a neighbour ") == "Changed their mind: a neighbour"
    assert reason_text("slow", "") == "Takes too long"
    assert reason_text(OTHER, "  ") == ""
    assert reason_text(OTHER, "the dog") == "the dog"
    assert len({text for _, text in reasons()}) == len(reasons())


def test_what_is_taken_back_is_told_the_last_first() -> None:
    steps = (Step("1", "done", "SIM reserved"), NoReturn("", ""), Step("2", "done", "Line set up"))
    assert taken_back(steps) == "Taken back, the last first: line set up, SIM reserved."
    assert taken_back(()) == "Nothing has been done yet that would have to be taken back."
