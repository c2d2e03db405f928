"""Limits inside the solver: exactly the quantities that keep them are left."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pysat.solvers import Gluecard4, Minicard

from backend.product_rules.encoding import FALSE, TRUE, Encoding
from backend.product_rules.limits import Limit

PLACES = range(3)


def keeps(limit: Limit, quantities: tuple[int, ...]) -> bool:
    guarded = all(any(quantities[place] for place in guard) for guard in limit.guards)
    return not guarded or sum(w * quantities[place] for place, w in limit.terms) <= limit.bound


@st.composite
def limits(draw: st.DrawFn) -> tuple[dict[int, int], dict[int, int], Limit]:
    low = {place: draw(st.integers(0, 1)) for place in PLACES}
    high = {place: low[place] + draw(st.integers(0, 4)) for place in PLACES}
    weight = st.sampled_from([-3, -2, -1, 1, 2, 3])
    weights = draw(st.dictionaries(st.sampled_from(PLACES), weight, max_size=3))
    guard = st.lists(st.sampled_from(PLACES), min_size=1, max_size=2, unique=True).map(tuple)
    guards = tuple(draw(st.lists(guard, max_size=2)))
    return low, high, Limit("R", (), guards, tuple(weights.items()), draw(st.integers(-8, 12)))


@settings(max_examples=250, deadline=None)
@given(case=limits(), other_solver=st.booleans(), chosen=st.booleans())
def test_an_encoded_limit_leaves_exactly_what_keeps_it(
    *, case: tuple[dict[int, int], dict[int, int], Limit], other_solver: bool, chosen: bool
) -> None:
    low, high, limit = case
    solver = Gluecard4() if other_solver else Minicard()
    encoding = Encoding(solver, low, high)
    selector = encoding.fresh()
    encoding.add(limit, selector)
    held = [selector if chosen else -selector]
    for quantities in itertools.product(*(range(low[p], high[p] + 1) for p in PLACES)):
        exactly = [
            literal
            for place, n in enumerate(quantities)
            for literal in (encoding.at_least(place, n), -encoding.at_least(place, n + 1))
        ]
        assert solver.solve(assumptions=held + exactly) == (not chosen or keeps(limit, quantities))


def test_quantities_are_read_from_a_model() -> None:
    solver = Minicard()
    encoding = Encoding(solver, {0: 1, 1: 0}, {0: 4, 1: 0})
    assert encoding.counted == 4
    assert solver.solve(assumptions=[encoding.at_least(0, 3), -encoding.at_least(0, 4)])
    assert encoding.quantity(0, solver.get_model()) == 3
    assert encoding.quantity(1, solver.get_model()) == 0


@pytest.mark.parametrize(
    ("quantity", "literal"), [(0, TRUE), (1, TRUE), (2, 2), (4, 4), (5, FALSE)]
)
def test_bounds_need_no_literal_of_their_own(quantity: int, literal: int) -> None:
    assert Encoding(Minicard(), {0: 1}, {0: 4}).at_least(0, quantity) == literal
