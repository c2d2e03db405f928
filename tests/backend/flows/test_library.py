"""Published versions: a flow keeps the one it began with, and a fault changes nothing."""

from __future__ import annotations

import pytest

from backend.flows import rules
from backend.flows.definition import FaultyDefinition
from backend.rest import documents
from tests.backend.flows.conftest import Bench, operate, trial_actions

FIRST = """id = "PF90"
name = "Trial"
description = "Made up."

[[step]]
id = "wait"
name = "Wait"
who = "Timer"
kind = "wait"
for = "P1D"

[[step]]
id = "old"
name = "Old way"
who = "Jackfield"
kind = "automatic"
does = "trial.note"
"""
SECOND = FIRST.replace('"old"', '"new"')


def published(bench: Bench, text: str) -> int:
    with bench.operation.at() as context:
        return bench.operation.flows.library.publish(context, text).version


def test_a_running_flow_keeps_the_version_it_began_with(bench: Bench) -> None:
    old = bench.operation.begin(FIRST)
    new = bench.operation.begin(SECOND)
    bench.run()
    assert sorted(bench.trace) == ["new", "old"]
    assert set(bench.operation.tasks(old)) == {"wait", "old"}
    assert set(bench.operation.tasks(new)) == {"wait", "new"}
    reference = bench.operation.flow(old)["processFlowSpecificationRef"]
    with bench.operation.at() as context:
        retired = documents.find(context, rules.PROCESS_FLOW_SPECIFICATION, reference["id"])
        assert (retired["version"], retired["lifecycleStatus"]) == ("1", "Retired")
        step = retired["taskFlowSpecification"][1]
        found = documents.find(context, rules.TASK_FLOW_SPECIFICATION, step["id"])
        assert (found["name"], found["lifecycleStatus"]) == ("Old way", "Retired")


def test_the_same_text_is_the_same_version(bench: Bench) -> None:
    assert [published(bench, text) for text in (FIRST, FIRST, SECOND, FIRST)] == [1, 1, 2, 3]


def test_a_fault_leaves_the_old_version_in_force(bench: Bench) -> None:
    published(bench, FIRST)
    with pytest.raises(FaultyDefinition, match=r"line 17: old: nothing is called trial\.nothing"):
        published(bench, FIRST.replace("trial.note", "trial.nothing"))
    with bench.operation.database.read() as connection:
        in_force = bench.operation.flows.library.in_force(connection, "PF90")
        assert in_force is not None
        assert in_force.version == 1
        assert bench.operation.flows.library.in_force(connection, "PF91") is None


def test_a_shipped_flow_at_fault_is_logged_and_the_program_starts(
    bench: Bench, expected_log: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """The bench knows no action of the shipped flows, so all of them are at fault here."""
    expected_log.append("flow not published")
    bench.operation.flows.open(bench.operation.database, bench.clock)
    assert "PF01.toml" in caplog.text
    with bench.operation.database.read() as connection:
        assert bench.operation.flows.library.in_force(connection, "PF01") is None


def test_a_flow_of_a_newer_program_leaves_an_older_one_its_own(bench: Bench) -> None:
    """Both run at once while one takes the place of the other."""
    published(bench, FIRST)
    actions = trial_actions([])
    newer = operate(
        bench.operation.database, actions={**actions, "trial.newer": actions["trial.note"]}
    )
    with newer.at() as context:
        text = FIRST.replace("trial.note", "trial.newer")
        assert newer.flows.library.publish(context, text).version == 2
    with bench.operation.database.read() as connection:
        older = bench.operation.flows.library.in_force(connection, "PF90")
        assert older is not None
        assert older.version == 1
