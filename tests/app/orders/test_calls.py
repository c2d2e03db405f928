"""The log of an order: each call to a system, with its answer."""

from __future__ import annotations

import datetime as dt

from app.orders.calls import call_lines
from backend_client.ordering import SystemCall
from tests.support import edda

AT = dt.datetime(2026, 11, 18, 9, 5, 12, tzinfo=dt.UTC)


def call(outcome: str, text: str = "", at: dt.datetime | None = AT) -> SystemCall:
    return SystemCall(
        task_id="T-4", at=at, system="calendar", operation="book-visit", outcome=outcome, text=text
    )


def test_a_call_stands_with_its_step_its_second_and_its_answer() -> None:
    (line,) = call_lines((call("answered", "visit V-1"),), {"T-4": "Engineer booked"}, edda.NOW)
    assert (line.title, line.by, line.when) == (
        "Engineer booked",
        "calendar: book visit",
        "18 Nov 09:05:12",
    )
    assert (line.outcome, line.note, line.state) == ("Answered", "visit V-1", "done")


def test_every_outcome_has_a_word_and_a_mark() -> None:
    outcomes = ("answered", "pending", "refused", "unanswered", "other")
    lines = call_lines([call(each) for each in outcomes], {}, edda.NOW)
    assert [(line.outcome, line.state) for line in lines] == [
        ("Answered", "done"),
        ("Accepted, not done yet", "current"),
        ("Refused", "bad"),
        ("No answer", "warn"),
        ("other", "open"),
    ]
    assert {line.title for line in lines} == {"Another step"}
    assert len({line.id for line in lines}) == len(lines)


def test_a_call_without_a_time_is_left_out() -> None:
    assert call_lines((call("answered", at=None),), {}, edda.NOW) == ()
