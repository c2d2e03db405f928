"""What a change comes to: what ends, what stays, and what hangs on what."""

from __future__ import annotations

from backend.qualification.schemas import ChoicesQuestion
from backend.qualification.situation import Change, change_of
from tests.backend.qualification.cases import demo_shelf, has


def asked(*, ends: tuple[str, ...], moves: dict[str, str] | None = None) -> tuple[Change, set[str]]:
    """The change, and the offers that end; products are named by their offers."""
    held = has("F02", "M03", "M11", "M18")
    ids = {each.offer: each.id for each in held}
    wanted = {
        "customerId": "KF-1",
        "ends": [ids[code] for code in ends],
        "moves": {ids[code]: target for code, target in (moves or {}).items()},
    }
    question = ChoicesQuestion.model_validate(wanted)
    change = change_of(demo_shelf(), question, held)
    return change, {each.offer for each in held if each.id in change.ends}


def test_what_hangs_on_a_line_ends_with_it_as_in_an_order() -> None:
    change, ended = asked(ends=("M03",))
    assert ended == {"M03", "M11", "M18"}
    assert [each.offer for each in change.stays] == ["F02"]


def test_what_becomes_something_else_does_not_end_with_its_line() -> None:
    _, ended = asked(ends=("M03",), moves={"M11": "M10"})
    assert ended == {"M03", "M18"}


def test_an_extra_ends_alone() -> None:
    _, ended = asked(ends=("M18",))
    assert ended == {"M18"}
