"""An event may end a flow from anywhere: what is not done is skipped, what follows on it comes."""

from __future__ import annotations

import pytest

from backend.flows.definition import FaultyDefinition
from tests.backend.flows.conftest import Bench

HEAD = """
[[ends_on]]
event = "paid"
right = "payment.take"

[[ends_on]]
event = "called-off"
right = "payment.take"
"""
STEPS = """
[[step]]
id = "first"
name = "First"
who = "Jackfield"
kind = "automatic"
does = "trial.note"

[[step]]
id = "pause"
name = "Pause"
who = "Timer"
kind = "wait"
for = "P7D"

[[step]]
id = "second"
name = "Second"
who = "Jackfield"
kind = "automatic"
does = "trial.provision"

[[step]]
id = "thanked"
name = "Thanked"
who = "Jackfield"
kind = "automatic"
does = "trial.note"
ended_by = "paid"

[[step]]
id = "last"
name = "Last"
who = "Jackfield"
kind = "automatic"
does = "trial.note"
after = ["second"]
"""


def paid(bench: Bench, flow: str, name: str = "paid") -> None:
    bench.operation.flows.engine.event_arrived(flow, name, {"pounds": 5})


def test_without_the_event_all_goes_its_way(bench: Bench) -> None:
    flow = bench.flow(HEAD + STEPS)
    bench.run()
    assert bench.trace == ["first", "second", "last"]
    assert bench.operation.states(flow)["thanked"] == "skipped"


def test_while_it_waits_the_rest_is_skipped_and_what_follows_is_done(bench: Bench) -> None:
    flow = bench.flow(HEAD + STEPS)
    bench.step()
    paid(bench, flow)
    bench.run()
    assert bench.trace == ["first", "thanked"]
    assert bench.operation.flow(flow)["state"] == "completed"
    assert bench.operation.states(flow) == {
        "first": "done", "pause": "skipped", "second": "skipped", "thanked": "done",
        "last": "skipped",
    }  # fmt: skip


def test_what_is_at_work_ends_first(bench: Bench) -> None:
    flow = bench.flow(HEAD + STEPS)
    while bench.operation.tasks(flow)["second"].attempts == 0:
        bench.step()
    paid(bench, flow)
    assert bench.operation.flow(flow)["state"] == "active"
    bench.run()
    assert bench.trace == ["first", "second", "thanked"]


def test_a_step_that_was_held_is_skipped(bench: Bench) -> None:
    steps = STEPS.replace('does = "trial.provision"', 'does = "trial.refuse"')
    flow = bench.flow(HEAD + steps)
    bench.run()
    assert bench.operation.flow(flow)["state"] == "hold"
    paid(bench, flow)
    bench.run()
    assert bench.operation.flow(flow)["state"] == "completed"
    assert bench.trace == ["first", "thanked"]


def test_only_the_first_event_counts(bench: Bench) -> None:
    flow = bench.flow(HEAD + STEPS)
    bench.step()
    paid(bench, flow, "called-off")
    paid(bench, flow)
    bench.run()
    assert bench.trace == ["first"]
    assert bench.operation.flow(flow)["state"] == "completed"


def test_after_its_end_an_event_changes_nothing(bench: Bench) -> None:
    flow = bench.flow(HEAD + STEPS)
    bench.run()
    paid(bench, flow)
    bench.run()
    assert bench.trace == ["first", "second", "last"]


@pytest.mark.parametrize(
    ("written", "instead", "fault"),
    [
        ('ended_by = "paid"', 'ended_by = "lost"', "does not end on lost"),
        ('for = "P7D"', 'until = "someDay + P7D"', "called someDay"),
        ('id = "pause"', 'id = "ended"', "means something else"),
    ],
)
def test_a_fault_is_named(bench: Bench, written: str, instead: str, fault: str) -> None:
    with pytest.raises(FaultyDefinition, match=fault):
        bench.flow(HEAD + STEPS.replace(written, instead))
