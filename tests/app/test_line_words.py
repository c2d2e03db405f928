"""What the status bar and the offline bar say."""

from __future__ import annotations

import datetime as dt

from app.connection import Line
from app.line_words import (
    back_online,
    connection_words,
    offline_notice,
    saved_words,
    waiting_words,
    what_still_works,
)

NOW = dt.datetime(2026, 11, 20, 9, 26, 41, tzinfo=dt.UTC)
GONE = Line(online=False, since=NOW.replace(minute=12))


def test_the_bar_of_the_picture() -> None:
    notice = offline_notice(GONE, NOW, waiting=2, next_try=NOW + dt.timedelta(seconds=12))
    assert notice.lead == "No connection. As of 09:12."
    assert notice.waiting == "2 wait to be sent"
    assert notice.next_try == "next try in 12 s"


def test_nothing_that_waits_is_not_said_and_a_try_that_is_due_is() -> None:
    notice = offline_notice(GONE, NOW, waiting=0, next_try=NOW - dt.timedelta(seconds=1))
    assert notice.waiting == ""
    assert notice.next_try == "trying now"
    assert offline_notice(GONE, NOW, waiting=1, next_try=None).waiting == "1 waits to be sent"


def test_the_status_bar_follows_the_line() -> None:
    assert connection_words(Line(online=True, since=NOW), NOW) == "Connected"
    assert connection_words(GONE, NOW) == "Offline since 09:12"
    assert saved_words(None, online=True) == ""
    assert saved_words(NOW, online=True) == "Saved 09:26:41"
    assert saved_words(NOW, online=False) == "Saved here 09:26:41"
    assert waiting_words(0) == "Nothing waiting to be sent"


def test_a_line_that_is_back_says_what_became_of_the_work() -> None:
    assert back_online(0, 0) == "Connected again."
    assert back_online(2, 0) == "Connected again. 2 sent, none refused."
    assert back_online(2, 1) == "Connected again. 2 sent, 1 refused."


def test_what_still_works_has_all_three_kinds() -> None:
    kinds = [{line.how for line in lines} for _, lines in what_still_works()]
    assert kinds == [{"works"}, {"waits"}, {"off"}]
