"""The application's steps of an order as rows of a film or log."""

from __future__ import annotations

from app.orders import records
from ui.widgets.step_film import NoReturn, Step


def shown(each: records.Step | records.NoReturn, line_note: str = "") -> Step | NoReturn:
    """A row of the film; `line_note` is said at the line of no return instead of its own."""
    if isinstance(each, records.NoReturn):
        return NoReturn(each.text, line_note if each.note and line_note else each.note)
    return Step(
        each.id, each.state, each.title, each.by, each.when, each.when_note,
        each.told, each.told_note, each.told_lead,
    )  # fmt: skip


def logged(line: records.LogLine) -> Step:
    return Step(line.id, line.state, line.title, line.by, line.when, "", line.outcome, line.note)
