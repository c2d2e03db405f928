"""The film of an order: steps, promises, and what the customer was told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.accounts.view import AccountView
from app.orders.records import Film, NoReturn, Step
from app.orders.times import lasting, until
from tests.support import edda
from tests.support.account_views import edda_with, flow, task, view_of


def film_of(view: AccountView) -> Film:
    film = view.open_order
    assert film is not None
    return film


def steps_of(*tasks: dict[str, Any]) -> list[Step]:
    film = film_of(edda_with(flows=flow(*tasks)))
    return [step for step in film.steps if isinstance(step, Step)]


def test_the_film_is_that_of_the_picture() -> None:
    film = film_of(view_of(edda.account_bytes()))
    visit = film.steps[4]
    assert isinstance(visit, Step)
    assert (visit.title, visit.state) == ("Engineer visit", "current")
    assert (visit.when, visit.when_note) == ("Tue 24 Nov, 08:00–12:00", "starts in 3 days 22 h")
    assert (visit.by, visit.brief) == ("field dispatch, Jory Mossbeck", "Tue 24 Nov 08–12")


def test_the_line_of_no_return_stands_before_its_step() -> None:
    steps = film_of(view_of(edda.account_bytes())).steps
    line = steps[5]
    assert isinstance(line, NoReturn)
    assert line.note == "Until then it can be cancelled"


def test_a_passed_line_no_longer_says_what_is_free() -> None:
    done = task(1, name="SIM shipped", state="completed", pointOfNoReturn=True)
    line = film_of(edda_with(flows=flow(done))).steps[0]
    assert isinstance(line, NoReturn)
    assert line.note == ""


def test_a_done_step_says_when_and_what_was_told() -> None:
    booked = film_of(view_of(edda.account_bytes())).steps[3]
    assert isinstance(booked, Step)
    assert (booked.when, booked.when_note) == ("18 Nov 09:05", "promised 19 Nov")
    assert booked.told == "LT09 Engineer appointment"
    assert (booked.told_lead, booked.told_note) == ("e-mail returned", ", text delivered 09:05")


def test_skipped_steps_are_not_part_of_the_film() -> None:
    skipped = task(2, name="SIM sheet", state="cancelled", outcome="skipped")
    assert [step.title for step in steps_of(task(1, name="First"), skipped)] == ["First"]


def test_what_happens_only_when_something_goes_wrong_is_told_when_it_does() -> None:
    first = task(1, name="Engineer's visit", state="active")
    assert [step.title for step in steps_of(first, task(2, name="Again", exceptional=True))] == [
        "Engineer's visit"
    ]
    begun = task(2, name="Again", exceptional=True, state="active")
    assert [step.title for step in steps_of(first, begun)] == ["Engineer's visit", "Again"]


def test_a_notice_is_told_beside_the_step_before_it() -> None:
    done = {"state": "completed", "completionDate": "2026-11-20T08:00:00Z"}
    told = [{"letter": "LT01", "documentId": "D-1"}]
    notice = task(2, name="Confirmation", kind="notice", told=told, **done)
    (step,) = steps_of(task(1, name="Order accepted", **done), notice)
    assert (step.title, step.told) == ("Order accepted", "LT01 Order confirmation")


def test_a_notice_on_its_way_makes_no_row_that_would_vanish_again() -> None:
    done = {"state": "completed", "completionDate": "2026-11-20T08:00:00Z"}
    notice = task(2, name="Confirmation", kind="notice", state="active", letters=["LT01"])
    (step,) = steps_of(task(1, name="Order accepted", **done), notice)
    assert (step.state, step.told) == ("done", "LT01 Order confirmation")


def test_a_notice_that_is_stuck_is_a_step_of_its_own() -> None:
    done = {"state": "completed", "completionDate": "2026-11-20T08:00:00Z"}
    notice = task(2, name="Confirmation", kind="notice", state="hold", reason="No address.")
    first, second = steps_of(task(1, name="Order accepted", **done), notice)
    assert (first.title, second.title, second.state) == ("Order accepted", "Confirmation", "warn")


def test_a_held_step_says_why_since_when_and_who_is_asked() -> None:
    held = task(
        1, name="SIM reserved", state="hold", startDate="2026-11-20T08:00:00Z", attempts=3,
        reason="No such SIM in stock.", waitsFor="provisioning fallout", who="SIM stock",
    )  # fmt: skip
    (step,) = steps_of(held)
    assert step.by == "No such SIM in stock, 3 tries"
    assert (step.when, step.when_note) == ("Today 08:00", "waits for provisioning fallout")


def test_letters_still_to_come_are_named() -> None:
    (step,) = steps_of(task(1, name="Works", letters=["LT04", "LT03"]))
    assert step.told == "LT04 Service active, LT03 Welcome"
    assert step.told_note == ""


def test_a_promise_of_a_plain_server_is_its_requested_completion() -> None:
    (step,) = steps_of(task(1, name="Line test", requestedCompletionDate="2026-11-24T13:00:00Z"))
    assert step.when == "Tue 24 Nov by 13:00"


def test_a_promise_that_has_passed_is_late() -> None:
    (step,) = steps_of(task(1, state="active", requestedCompletionDate="2026-11-20T08:00:00Z"))
    assert (step.when, step.when_note) == ("Today by 08:00", "late")


def test_nothing_is_promised_where_nothing_is_known() -> None:
    assert [step.when for step in steps_of(task(1), task(2, state="active"))] == ["–", "–"]


def test_an_order_without_a_flow_has_an_empty_film() -> None:
    film = film_of(edda_with(flows=[]))
    assert film.steps == ()
    assert film.state.text == "In progress"
    assert film.sentence.startswith("Your order is being worked on.")


def test_the_log_is_what_began_the_latest_first() -> None:
    log = film_of(view_of(edda.account_bytes())).log
    assert [line.title for line in log][:2] == ["Engineer visit", "Engineer booked"]
    assert log[0].outcome == "active, waits for engineer"
    assert log[1].outcome == "completed, 22 h 21 min"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (dt.timedelta(seconds=-5), "0 min"),
        (dt.timedelta(minutes=4), "4 min"),
        (dt.timedelta(minutes=130), "2 h 10 min"),
        (dt.timedelta(days=1), "1 day"),
        (dt.timedelta(days=3, hours=22), "3 days 22 h"),
    ],
)
def test_times_to_come_in_their_two_largest_parts(span: dt.timedelta, words: str) -> None:
    assert until(span) == words


def test_what_took_less_than_a_second_took_one() -> None:
    assert lasting(dt.timedelta(milliseconds=20)) == "1 s"


def test_how_long_it_usually_takes_stands_beside_what_is_promised() -> None:
    promised = {"requestedCompletionDate": "2026-11-20T10:10:00Z", "usually": "PT20M"}
    (now,) = steps_of(task(1, state="active", **promised))
    assert (now.when, now.when_note) == ("Today by 10:10", "usually 20 min, in 56 min")
    (later,) = steps_of(task(1, **promised))
    assert later.when_note == "usually 20 min"
    (waiting,) = steps_of(task(1, state="active", usually="P1DT2H"))
    assert waiting.when_note == "usually 1 day 2 h"


def test_a_promise_in_danger_says_so_before_it_is_late() -> None:
    promised = {"requestedCompletionDate": "2026-11-20T10:10:00Z", "inDanger": True}
    view = edda_with(flows=flow(task(1, state="active", **promised)))
    (step,) = [step for step in film_of(view).steps if isinstance(step, Step)]
    assert step.when_note == "may become late"
    assert (view.orders[0].state.text, view.orders[0].state.tone) == ("May become late", "warn")


def test_what_is_no_length_of_time_is_passed_over() -> None:
    (step,) = steps_of(task(1, state="active", usually="soon"))
    assert step.when_note == ""


def test_a_flow_begun_anew_takes_the_place_of_the_one_taken_back() -> None:
    (old,) = flow(task(1, name="SIM reserved", state="completed"))
    (new,) = flow(task(2, name="SIM reserved anew", state="active"))
    old["processFlow"] = {**old["processFlow"], "state": "cancelled"}
    both = film_of(edda_with(flows=[old, new])).steps
    assert [step.title for step in both if isinstance(step, Step)] == ["SIM reserved anew"]
    alone = film_of(edda_with(flows=[old]))
    assert len(alone.steps) == 1


def test_while_it_is_cancelled_the_film_shows_what_is_taken_back_and_not_what_never_was() -> None:
    steps = steps_of(
        task(1, name="Number assigned", state="completed", completionDate="2026-11-20T09:00:00Z"),
        task(2, name="SIM reserved", state="cancelled", outcome="uncertain"),
        task(3, name="SIM shipped", state="cancelled", outcome="notNeeded", pointOfNoReturn=True),
        task(4, name="Taken back: Number assigned", state="active"),
    )
    assert [(step.title, step.state) for step in steps] == [
        ("Number assigned", "done"),
        ("SIM reserved", "open"),
        ("Taken back: Number assigned", "current"),
    ]
