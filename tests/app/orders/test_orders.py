"""The three lanes, the states, the lines and the sentence to say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.accounts.view import AccountView
from app.orders.records import Lane
from tests.support import edda
from tests.support.account_views import edda_with, flow, task, view_of

LATER = "2026-11-24T12:00:00Z"


def test_orders_stand_in_three_lanes() -> None:
    lanes = [(row.lane, row.title) for row in view_of(edda.account_bytes()).orders]
    assert lanes == [
        (Lane.OPEN, "Glimt 500 to Glimt 2500"),
        (Lane.DONE, "World roaming pass"),
        (Lane.DONE, "Skarv Flock for Jory"),
        (Lane.DONE, "Ormsund A2 handset on credit"),
        (Lane.DONE, "Glimt 500, Lanternview Plus, Skarv 100"),
        (Lane.ENDED, "Touchline Sports"),
    ]


def test_days_of_an_order_are_told_as_far_as_it_has_come() -> None:
    when = {row.number: row.when for row in view_of(edda.account_bytes()).orders}
    assert when["KO-0093317-4"] == "ordered 17 Nov"
    assert when["KO-0091022-8"] == "6 Oct to 13 Oct"
    assert when["KO-0084410-3"] == "2 Jun"
    assert when["KO-0088127-5"] == "ended 31 Aug"


def in_state(state: str, *tasks: dict[str, Any], **changes: Any) -> AccountView:
    order = {**edda.account()["orders"][0], "state": state, **changes}
    return edda_with(orders=[order], flows=flow(*tasks))


@pytest.mark.parametrize(
    ("state", "word", "tone"),
    [
        ("acknowledged", "Accepted", "info"),
        ("held", "Stuck", "warn"),
        ("pendingCancellation", "Being cancelled", "warn"),
        ("completed", "Done", "plain"),
        ("cancelled", "Cancelled", "plain"),
        ("failed", "Failed", "bad"),
        ("rejected", "Refused", "bad"),
        ("partial", "Partly done", "warn"),
    ],
)
def test_states_in_a_word(state: str, word: str, tone: str) -> None:
    chip = in_state(state).orders[0].state
    assert (chip.text, chip.tone) == (word, tone)


def test_on_time_only_where_a_promise_says_so() -> None:
    promised = in_state("inProgress", task(1, requestedCompletionDate=LATER))
    late = in_state("inProgress", task(1, requestedCompletionDate="2026-11-19T12:00:00Z"))
    assert promised.orders[0].state.text == "On time"
    assert late.orders[0].state.text == "Late"
    assert in_state("inProgress", task(1)).orders[0].state.text == "In progress"


def test_cancelling_is_possible_until_the_point_of_no_return() -> None:
    def may(state: str, passed: str) -> bool:
        film = in_state(state, task(1, state=passed, pointOfNoReturn=True)).film("O-93317")
        assert film is not None
        return film.may_cancel

    assert may("inProgress", "new")
    assert not may("inProgress", "active")
    assert not may("completed", "new")
    assert not may("pendingCancellation", "new")


def test_lines_carry_their_sign_and_the_sums_what_changes() -> None:
    film = view_of(edda.account_bytes()).open_order
    assert film is not None
    assert [(line.mark, line.name, line.price) for line in film.lines] == [
        ("-", "Glimt 500", "−£35.00"),
        ("+", "Glimt 2500 (XGS-PON)", "£65.00"),
        ("+", "Engineer installation visit", "£60.00 once"),
    ]
    assert [(line.name, line.price) for line in film.sums] == [
        ("Change each month", "+£30.00"),
        ("Once", "£60.00"),
    ]


def test_a_product_that_is_exchanged_is_told_with_both_prices() -> None:
    item = {
        **edda.account()["orders"][0]["productOrderItem"][1],
        "action": "modify",
        "product": {"id": "P-F02", "name": "Glimt 500"},
    }
    film = in_state("inProgress", productOrderItem=[item]).film("O-93317")
    assert film is not None
    assert [(line.mark, line.name, line.price) for line in film.lines] == [
        ("-", "Glimt 500", "−£35.00"),
        ("+", "Glimt 2500 (XGS-PON)", "£65.00"),
    ]
    assert film.sums[0].price == "+£30.00"
    assert film.sentence.endswith("you pay £65.00 a month instead of £35.00.")


def said(view: AccountView) -> str:
    film = view.film("O-93317")
    assert film is not None
    return film.sentence


def test_the_sentence_says_state_next_step_and_price() -> None:
    assert said(view_of(edda.account_bytes())) == (
        "Your order is on time. The next step is: Engineer visit, on Tuesday 24 November between"
        " 08:00 and 12:00. From 25 November you pay £65.00 a month instead of £35.00."
    )


def test_the_flows_own_words_are_used_where_it_has_some() -> None:
    step = task(
        1,
        state="active",
        says="We set up your line.",
        requestedCompletionDate="2026-11-20T13:00:00Z",
    )
    assert "We set up your line. This is promised today by 13:00." in said(
        in_state("inProgress", step)
    )


def test_nothing_is_promised_in_the_sentence_that_nobody_promised() -> None:
    order = {**edda.account()["orders"][0], "productOrderItem": []}
    view = edda_with(orders=[order], flows=flow(task(1, name="Port asked for", state="active")))
    assert said(view) == "Your order is being worked on. The next step is: Port asked for."


def test_a_late_order_is_said_to_be_late() -> None:
    step = task(1, name="Visit", state="active", requestedCompletionDate="2026-11-19T12:00:00Z")
    assert said(in_state("inProgress", step)).startswith(
        "Your order is later than promised; I am sorry. The next step is: Visit."
    )


def test_a_stuck_order_says_where_it_waits() -> None:
    step = task(1, name="SIM reserved", state="hold", reason="Internal.")
    sentence = said(in_state("held", step))
    assert sentence.startswith("Your order waits at this step: SIM reserved.")
    assert "Internal" not in sentence


def test_ended_orders_are_said_with_their_day() -> None:
    done = in_state("completed", completionDate="2026-11-19T12:00:00Z")
    assert said(done) == "Your order Glimt 500 to Glimt 2500 was done on Thursday 19 November."
    assert said(in_state("failed")) == (
        "Your order Glimt 500 to Glimt 2500 could not be carried out."
    )


def test_titles_name_who_a_line_is_for_and_stop_at_three() -> None:
    def titled(*names: str, user: str = "") -> str:
        items = [
            {
                "id": str(at),
                "action": "add",
                "productOffering": {"id": f"X{at}", "name": name},
                "product": {"productCharacteristic": [{"name": "userName", "value": user}]},
                "itemPrice": edda.account()["orders"][1]["productOrderItem"][0]["itemPrice"],
            }
            for at, name in enumerate(names)
        ]
        return in_state("inProgress", productOrderItem=items).orders[0].title

    assert titled("Skarv Flock (15 GB)", user="Jory") == "Skarv Flock for Jory"
    assert titled("A", "B", "C", "D") == "A, B, C and 1 more"
    assert titled() == "Order"


def test_times_are_told_in_the_persons_own_zone() -> None:
    east = dt.datetime(2026, 11, 20, 11, 14, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    view = edda_with(now=east)
    film = view.open_order
    assert film is not None
    assert "between 10:00 and 14:00" in film.sentence


@pytest.mark.parametrize(
    ("usually", "words"),
    [
        ("PT20M", "It usually takes 20 minutes, and is promised today by 13:00."),
        ("PT1M", "It usually takes 1 minute, and is promised today by 13:00."),
        ("PT3H", "It usually takes 3 hours, and is promised today by 13:00."),
        ("P2D", "It usually takes 2 days, and is promised today by 13:00."),
    ],
)
def test_the_sentence_says_how_long_it_usually_takes(usually: str, words: str) -> None:
    step = task(
        1,
        state="active",
        says="We set up your line.",
        usually=usually,
        requestedCompletionDate="2026-11-20T13:00:00Z",
    )
    assert f"We set up your line. {words}" in said(in_state("inProgress", step))


def test_what_is_not_promised_is_told_by_its_usual_length_alone() -> None:
    step = task(1, state="active", says="We set up your line.", usually="PT20M")
    assert "It usually takes 20 minutes." in said(in_state("inProgress", step))
