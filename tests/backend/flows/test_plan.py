"""What follows in a flow, against a plain model of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.flows.definition import Step
from backend.flows.plan import SKIPPED, Standing, is_over, open_steps, promises, to_undo

START = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def step(identity: str, *after: str, **more: object) -> Step:
    return Step(identity, identity, "Jackfield", "automatic", after=after, **more)  # type: ignore[arg-type]  # as named


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """Steps, each after some of those above it."""
    names = [f"s{number}" for number in range(draw(st.integers(1, 9)))]
    return {
        name: tuple(draw(st.lists(st.sampled_from(names[:place]), unique=True))) if place else ()
        for place, name in enumerate(names)
    }


@given(graphs(), st.data())
def test_every_step_is_passed_once_and_after_all_before_it(
    graph: dict[str, tuple[str, ...]], data: st.DataObject
) -> None:
    standings = {name: Standing(after, "new") for name, after in graph.items()}
    left_out = {name for name in graph if data.draw(st.booleans(), label=f"skip {name}")}
    for name in data.draw(st.sets(st.sampled_from(sorted(left_out)))) if left_out else set():
        standings[name] = Standing(graph[name], "cancelled", SKIPPED)  # decided at the start
    passed: list[str] = []
    while opened := open_steps(standings):
        name = data.draw(st.sampled_from(opened))
        assert needed(graph, standings, name) <= set(passed)
        passed.append(name)
        skipped = name in left_out
        standings[name] = Standing(
            graph[name], "cancelled" if skipped else "completed", SKIPPED if skipped else "done"
        )
    assert is_over(standings)
    assert len(passed) == len(set(passed))


def needed(
    graph: dict[str, tuple[str, ...]], standings: dict[str, Standing], name: str
) -> set[str]:
    """All steps before this one, near and far, that were not left out from the start."""
    found: set[str] = set()
    todo = list(graph[name])
    while todo:
        before = todo.pop()
        todo += graph[before]
        if standings[before].state != "new" and standings[before].outcome == SKIPPED:
            continue
        found.add(before)
    return found


def test_a_step_that_was_called_off_is_not_passed() -> None:
    standings = {"a": Standing((), "cancelled", "notNeeded"), "b": Standing(("a",), "new")}
    assert open_steps(standings) == []


def test_what_was_done_last_is_taken_back_first() -> None:
    steps = [step("a", undo="x.y"), step("b"), step("c", undo="x.y"), step("d", undo="x.y")]
    standings = {name: Standing((), "completed") for name in "abc"} | {"d": Standing((), "new")}
    assert [one.id for one in to_undo(standings, steps, ["c", "b", "a"])] == ["a", "c"]


def test_promises_follow_the_longest_way_of_what_is_done() -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    steps = [
        step("a", within=hour),
        step("b", "a", lasts=day),
        step("c", "a", within=day),
        step("d", "b", "c", within=hour),
    ]
    usual = promises(steps, [], START)
    assert usual == {"a": START + hour, "b": START + hour + day, "c": START + hour + day,
                     "d": START + 2 * hour + day}  # fmt: skip
    assert promises(steps, ["b", "c"], START)["d"] == START + 2 * hour
    assert promises(steps, [], START, most={"c": 2 * day})["d"] == START + 2 * hour + 2 * day
