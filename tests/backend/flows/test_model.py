"""Random small flows on the real engine, against a plain model of what must come of them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.flows import records
from backend.flows.simulators.dials import Dial
from tests.backend.flows.conftest import Bench

KINDS = {
    "note": 'kind = "automatic"\ndoes = "trial.note"\nundo = "trial.note"\n',
    "call": 'kind = "automatic"\ndoes = "trial.provision"\nundo = "trial.remove"\ntries = 20\n',
    "final": 'kind = "automatic"\ndoes = "trial.note"\n',
    "wait": 'kind = "wait"\nfor = "P1D"\n',
    "event": 'kind = "event"\nevent = "first-attach"\ndoes = "trial.watch"\n',
}
CONDITIONS = {
    "always": "",
    "true": 'when = "extras == 1"\n',
    "false": 'when = "extras == 2"\n',
    "later": 'when = "!has(results.nothing)"\n',
    "never": 'when = "has(results.nothing)"\n',
}
DONE = frozenset({"always", "true", "later"})


@dataclass(frozen=True)
class Drawn:
    """One step of a random flow."""

    kind: str
    after: tuple[int, ...]
    condition: str

    def text(self, place: int) -> str:
        after = ", ".join(f'"s{before}"' for before in self.after)
        head = f'[[step]]\nid = "s{place}"\nname = "S"\nwho = "W"\nafter = [{after}]\n'
        return head + KINDS[self.kind] + CONDITIONS[self.condition]


@st.composite
def flows(draw: st.DrawFn) -> list[Drawn]:
    steps = []
    for place in range(draw(st.integers(1, 6))):
        above = (
            st.lists(st.integers(0, place - 1), unique=True, max_size=3) if place else st.just([])
        )
        steps.append(
            Drawn(
                draw(st.sampled_from(sorted(KINDS))),
                tuple(draw(above)),
                draw(st.sampled_from(sorted(CONDITIONS))),
            )
        )
    return steps


def done(steps: list[Drawn]) -> set[str]:
    """The model: what has no false condition is done; order apart, nothing else matters."""
    return {f"s{place}" for place, step in enumerate(steps) if step.condition in DONE}


def far_before(steps: list[Drawn], place: int) -> set[str]:
    found: set[str] = set()
    for before in steps[place].after:
        found |= {f"s{before}"} | far_before(steps, before)
    return found


def drive(bench: Bench, flow: str, seed: int, cancel_after: int | None) -> bool:
    """Do jobs in any order of those that may be next; True when it was cancelled."""
    chance, cancelled = random.Random(seed), False  # noqa: S311 - the same each time
    for count in range(500):
        if count == cancel_after:
            with bench.operation.at() as context:
                found = records.lock_flow(context.connection, flow)
                if found is not None and found.state == "active":
                    bench.operation.flows.progress.cancel(context, found)
                    cancelled = True
        waiting = bench.waiting()
        if not waiting:
            return cancelled
        bench.do(chance.choice(waiting)[0])
    raise AssertionError("it never ended")


def begin_anew(bench: Bench) -> None:
    """Nothing of an example that failed is left for the next."""
    bench.trace.clear()
    with bench.operation.database.begin() as connection:
        connection.exec_driver_sql("DELETE FROM procrastinate_jobs")


def outcomes(bench: Bench, flow: str) -> Mapping[str, str]:
    return bench.operation.states(flow)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=flows(), lost=st.sampled_from([0.0, 0.3]), seed=st.integers(0, 10**6))
def test_what_is_wanted_is_done_once_and_in_order(
    bench: Bench, steps: list[Drawn], lost: float, seed: int
) -> None:
    begin_anew(bench)
    dial = Dial(timedelta(minutes=5), unheard=lost, unanswered=lost)
    bench.operation.flows.simulators.turn("network", "provision", dial)
    calls = len(bench.operation.heard("network"))
    flow = bench.flow("".join(step.text(place) for place, step in enumerate(steps)), extras=1)
    drive(bench, flow, seed, None)
    found = outcomes(bench, flow)
    assert {step for step, outcome in found.items() if outcome == "done"} == done(steps)
    assert {step for step, outcome in found.items() if outcome != "done"} == {
        step for step, outcome in found.items() if outcome == "skipped"
    }
    acting = {
        f"s{place}" for place, step in enumerate(steps) if step.kind in {"note", "call", "final"}
    }
    assert sorted(bench.trace) == sorted(acting & done(steps))
    for place in range(len(steps)):
        if f"s{place}" in bench.trace:
            earlier = bench.trace[: bench.trace.index(f"s{place}")]
            assert far_before(steps, place) & set(bench.trace) <= set(earlier)
    asked = {f"s{place}" for place, step in enumerate(steps) if step.kind == "call"} & done(steps)
    assert len(bench.operation.heard("network")) - calls == len(asked)
    assert bench.operation.flow(flow)["state"] == "completed"


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=flows(), cancel_after=st.integers(0, 6), seed=st.integers(0, 10**6))
def test_what_was_done_is_taken_back_once_before_what_it_came_after(
    bench: Bench, steps: list[Drawn], cancel_after: int, seed: int
) -> None:
    begin_anew(bench)
    flow = bench.flow("".join(step.text(place) for place, step in enumerate(steps)), extras=1)
    cancelled = drive(bench, flow, seed, cancel_after)
    assert bench.operation.flow(flow)["state"] == ("cancelled" if cancelled else "completed")
    can_be = {f"s{place}" for place, step in enumerate(steps) if step.kind in {"note", "call"}}
    forward = [step for step in bench.trace if step in can_be]
    back = [step.removeprefix("undo:") for step in bench.trace if step.startswith("undo:")]
    assert sorted(back) == (sorted(forward) if cancelled else [])
    for step in back:
        earlier = far_before(steps, int(step.removeprefix("s"))) & can_be
        assert not earlier & set(back[: back.index(step)])
    assert not {"active", "new", "hold"} & set(outcomes(bench, flow).values())
