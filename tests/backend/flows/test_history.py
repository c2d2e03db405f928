"""What the operator's own past says about how long steps take."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from backend.flows import history, papers, records
from backend.flows.definition import Step
from backend.flows.history import Duration
from tests.backend.flows.conftest import Bench

CALL = """
[[step]]
id = "provisioned"
name = "Provisioned"
who = "Network"
kind = "automatic"
does = "trial.provision"
within = "PT20M"

[[step]]
id = "noted"
name = "Noted"
who = "Jackfield"
kind = "automatic"
does = "trial.note"
"""


def carry_out(bench: Bench, took: timedelta) -> None:
    """A flow whose first step takes so long."""
    flow = bench.flow(CALL)
    bench.run()
    task = bench.operation.tasks(flow)["provisioned"]
    with bench.operation.at() as context:
        started = sa.select(records.TASK_FLOW.c.document["startDate"].astext)
        text = context.connection.scalar(started.where(records.TASK_FLOW.c.id == task.id))
        ended = datetime.fromisoformat(str(text)) + took
        records.set_task(context.connection, task.id, ended=ended)


def recount(bench: Bench) -> dict[tuple[str, str], Duration]:
    with bench.operation.at() as context:
        history.recount(context.connection, context.now)
        return dict(history.durations(context.connection, ["PF90", "PF91"]))


def test_from_twenty_times_on_the_past_says_what_is_promised(bench: Bench) -> None:
    for minute in range(history.ENOUGH - 1):
        carry_out(bench, timedelta(minutes=minute))
    assert recount(bench) == {}
    carry_out(bench, timedelta(minutes=19))
    known = recount(bench)["PF90", "provisioned"]
    assert known.usual == timedelta(minutes=9, seconds=30)
    assert known.most == timedelta(minutes=17, seconds=6)
    (step,) = [each for name, each in steps_of(bench).items() if name == "provisioned"]
    assert promised(step) - bench.clock.at == known.most
    assert step["usually"] == "PT9M30S"


def steps_of(bench: Bench) -> dict[str, dict[str, object]]:
    """A flow that begins now: what is said of each step."""
    steps = bench.operation.steps(bench.flow(CALL))
    return {
        name: {"promised": step["requestedCompletionDate"]}
        | {each["name"]: each["value"] for each in step["characteristic"]}
        for name, step in steps.items()
    }


def promised(step: dict[str, object]) -> datetime:
    return datetime.fromisoformat(str(step["promised"]))


def test_without_a_past_the_definition_says_it(bench: Bench) -> None:
    steps = steps_of(bench)
    assert promised(steps["provisioned"]) - bench.clock.at == timedelta(minutes=20)
    assert steps["provisioned"]["usually"] == "PT20M"
    assert "usually" not in steps["noted"]


def test_what_is_older_than_ninety_days_no_longer_counts(bench: Bench) -> None:
    for _ in range(history.ENOUGH):
        carry_out(bench, timedelta(minutes=1))
    bench.clock.at += timedelta(days=89)
    assert ("PF90", "provisioned") in recount(bench)
    bench.clock.at += timedelta(days=2)
    assert recount(bench) == {}


def test_spans_are_written_as_iso_8601_has_them() -> None:
    step = Step("a", "A", "B", "automatic")
    spans = [timedelta(seconds=0.1), timedelta(minutes=20), timedelta(days=2, hours=3)]
    said = [papers.usually(step, Duration(span, span)) for span in spans]
    assert said == ["PT1S", "PT20M", "P2DT3H"]
