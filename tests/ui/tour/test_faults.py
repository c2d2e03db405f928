"""A failure in a slot does not go by unheard."""

from __future__ import annotations

import sys

import pytest

from ui.tour.faults import heard_faults


def test_what_nobody_caught_becomes_a_sentence_and_a_trace_in_the_log(
    expected_log: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_log.append("unhandled in a window")
    before = sys.excepthook
    with heard_faults() as faults:
        sys.excepthook(LookupError, LookupError("no such row"), None)
    assert faults == ["A part of the desk failed (LookupError: no such row); see desk.log."]
    assert "no such row" in caplog.text
    assert sys.excepthook is before
