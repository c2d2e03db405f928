"""Drafts as rows of the home page."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from app.home.drafts import draft_row
from app.store.drafts import Draft
from app.wizard.draft import Standing, draft_for, new_draft, to_json

NOW = dt.datetime(2026, 11, 20, 9, 14, tzinfo=dt.UTC)
_READY = Standing(price="+£6.00", about=("Skarv 100",))


def stored(payload: bytes, title: str = "Jorun Netherfold", changed: dt.datetime = NOW) -> Draft:
    return Draft(
        id="d1", owner="maren", kind="wizard", title=title, payload=payload, changed=changed
    )


def test_a_new_customer_is_told_from_more_services() -> None:
    new = new_draft("maren", now=NOW)
    more = draft_for("maren", "KF-0041873-6", "Edda Marrowby", now=NOW)
    only = msgspec.structs.replace(new, only_account=True)
    notes = [draft_row(stored(to_json(each)), NOW).note for each in (new, more, only)]
    assert notes == [
        "New customer",
        "More services for KF-0041873-6",
        "New customer, only an account",
    ]


def test_a_draft_without_a_name_and_one_that_cannot_be_read_are_still_there() -> None:
    row = draft_row(stored(b"not json", title=""), NOW)
    assert row.title == "No name yet"
    assert row.note == "Draft"
    assert row.spoken() == "No name yet, Draft, 09:14"
    assert row.can_be_current()


@pytest.mark.parametrize(
    ("changed", "when"),
    [
        (NOW - dt.timedelta(minutes=8), "09:06"),
        (NOW - dt.timedelta(days=1), "Thu"),
        (NOW - dt.timedelta(days=6), "Sat"),
        (NOW - dt.timedelta(days=7), "13 Nov"),
        (NOW - dt.timedelta(days=400), "16 Oct 2025"),
    ],
)
def test_when_it_was_touched_is_as_short_as_it_can_be(changed: dt.datetime, when: str) -> None:
    payload = to_json(new_draft("maren", now=NOW))
    assert draft_row(stored(payload, changed=changed), NOW).when == when


def test_what_is_missing_and_what_it_costs_stands_in_the_row() -> None:
    new = new_draft("maren", now=NOW)
    about = ("Glimt 500", "2 × Skarv 100")
    open_one = msgspec.structs.replace(
        new, standing=Standing(missing=1, price="£76.00", about=about)
    )
    ready = msgspec.structs.replace(new, kind="add", standing=_READY)
    row = draft_row(stored(to_json(open_one)), NOW)
    assert (row.state, row.ready, row.price) == ("1 thing missing", False, "£76.00")
    assert row.note == "New · Glimt 500, 2 × Skarv 100"
    row = draft_row(stored(to_json(ready)), NOW)
    assert (row.state, row.ready, row.price) == ("ready to send", True, "+£6.00")
    assert row.spoken() == "Jorun Netherfold, More · Skarv 100, ready to send, +£6.00, 09:14"
