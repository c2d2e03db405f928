"""What a move would bring says of each fixed number whether it stays, before anybody agrees."""

from __future__ import annotations

import pytest

from app.deeds import deed as edits
from app.deeds.foretelling import Line, foretold
from backend_client.desk_records import MovingNumber, Preview
from tests.app.deeds.test_checks import TODAY, begun
from tests.support.account_views import edda_with


@pytest.mark.parametrize(
    ("stays", "fate", "words"),
    [
        (True, "stays", "The number 0113 496 0077 stays."),
        (
            False,
            "a new one",
            "The number 0113 496 0077 belongs to the old town and ends: there will be a new one.",
        ),
    ],
)
def test_a_fixed_number_that_moves(stays: bool, fate: str, words: str) -> None:  # noqa: FBT001 - a parameter of the story
    deed = begun("move", edits.go_to_address("A-9", "3 Sprucegate"))
    preview = Preview(numbers=(MovingNumber(number="01134960077", stays=stays),))
    told = foretold(deed, preview, edda_with(orders=[], flows=[]).account, today=TODAY)
    assert told.lines[-1] == Line("0113 496 0077", fate)
    assert told.sentence.startswith(words)
    assert told.sentence.endswith("Do you agree?")


def test_without_a_fixed_number_nothing_is_said_of_one() -> None:
    deed = begun("move", edits.go_to_address("A-9", "3 Sprucegate"))
    told = foretold(deed, Preview(), edda_with(orders=[], flows=[]).account, today=TODAY)
    assert "number" not in told.sentence
