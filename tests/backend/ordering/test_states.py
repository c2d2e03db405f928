"""The order's state follows from its items', and only by steps of TM Forum's drawing."""

from __future__ import annotations

from collections import deque
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.ordering.states import (
    FINAL,
    ITEM_MOVES,
    ITEM_STATES,
    MOVES,
    derive,
    require_item_move,
    way,
)
from backend.rest.errors import Refused

SOME = st.lists(st.sampled_from(sorted(ITEM_STATES)), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("items", "order"),
    [
        (["acknowledged", "acknowledged"], "acknowledged"),
        (["acknowledged", "inProgress"], "inProgress"),
        (["acknowledged", "completed"], "inProgress"),
        (["inProgress", "pending"], "pending"),
        (["pending", "held"], "held"),
        (["completed", "completed"], "completed"),
        (["completed", "failed"], "partial"),
        (["completed", "cancelled"], "partial"),
        (["failed", "failed"], "failed"),
        (["failed", "cancelled"], "cancelled"),
        (["rejected"], "rejected"),
        (["assessingCancellation", "inProgress"], "inProgress"),
        (["assessingCancellation", "pendingCancellation"], "assessingCancellation"),
        (["pendingCancellation", "cancelled"], "pendingCancellation"),
        (["completed", "pendingCancellation"], "inProgress"),
    ],
)
def test_the_order_is_what_its_items_are(items: list[str], order: str) -> None:
    assert derive(items) == order


@given(SOME)
def test_an_order_is_over_exactly_when_all_its_items_are(items: list[str]) -> None:
    assert (derive(items) in FINAL) == all(item in FINAL for item in items)


@given(SOME, st.randoms())
def test_the_order_of_the_items_does_not_matter(items: list[str], chance: object) -> None:
    shuffled = list(items)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis' own Random
    assert derive(shuffled) == derive(items)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_whatever_items_do_their_order_has_a_lawful_way(count: int) -> None:
    """Every state that some number of items can reach, every step they can take from there."""
    start = ("acknowledged",) * count
    seen, queue = {start}, deque([start])
    while queue:
        items = queue.popleft()
        for place, state in enumerate(items):
            for after in ITEM_MOVES.get(state, ()):
                moved = tuple(sorted((*items[:place], after, *items[place + 1 :])))
                steps = way(derive(items), derive(moved))
                for before, step in zip((derive(items), *steps), steps, strict=False):
                    assert step in MOVES[before]
                if moved not in seen:
                    seen.add(moved)
                    queue.append(moved)
    assert len(seen) > count
    assert ("completed",) * count in seen
    assert ("cancelled",) * count in seen


def test_from_an_end_there_is_no_way() -> None:
    for state in FINAL:
        assert way(state, state) == ()
        with pytest.raises(Refused):
            way(state, "inProgress")


def test_items_take_only_the_drawings_steps() -> None:
    for before, after in product(sorted(ITEM_STATES), repeat=2):
        if after in ITEM_MOVES.get(before, ()):
            require_item_move(before, after)
        else:
            with pytest.raises(Refused):
                require_item_move(before, after)
