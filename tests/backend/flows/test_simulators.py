"""The simulated systems: each does the work of a key once, however badly the line is."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.flows.adapters.network import Answered, Call, NoAnswer, Pending, Refusal
from backend.flows.simulators.dials import Dial
from tests.backend.flows.conftest import Bench


def call(key: str, operation: str = "provision") -> Call:
    return Call("network", operation, key, {"step": "x"})


def test_work_takes_its_time_and_is_then_answered_the_same_for_ever(bench: Bench) -> None:
    systems = bench.operation.flows.simulators
    assert systems.call(call("a")) == Pending(timedelta(minutes=30))
    bench.clock.at += timedelta(minutes=20)
    assert systems.call(call("a")) == Pending(timedelta(minutes=10))
    bench.clock.at += timedelta(minutes=10)
    assert systems.call(call("a")) == Answered({})
    assert systems.call(call("a")) == Answered({})
    assert bench.operation.heard("network") == ["provision"]


def test_a_refusal_stays_one(bench: Bench) -> None:
    systems = bench.operation.flows.simulators
    systems.turn("network", "provision", Dial(timedelta(0), refused=1.0))
    refused = systems.call(call("a"))
    assert isinstance(refused, Refusal)
    systems.turn("network", "provision", Dial(timedelta(0)))
    assert systems.call(call("a")) == refused


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(unheard=st.floats(0, 0.8), unanswered=st.floats(0, 0.8))
def test_on_a_bad_line_the_work_is_done_once(
    bench: Bench, unheard: float, unanswered: float
) -> None:
    systems = bench.operation.flows.simulators
    systems.turn("network", "provision", Dial(timedelta(0), unheard, unanswered))
    before = len(bench.operation.heard("network"))
    key = f"call-{before}"
    for _attempt in range(200):
        with suppress(NoAnswer):
            assert systems.call(call(key)) == Answered({})
            break
    else:
        pytest.fail("never answered")
    assert len(bench.operation.heard("network")) == before + 1
