"""The engine: what becomes of steps that wait, fail, are refused, or never hear back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from backend.flows.simulators.dials import Dial
from backend.rest.errors import NotFound
from backend.rest.resource import Document
from tests.backend.flows.conftest import Bench

CALL = """
[[step]]
id = "provisioned"
name = "Provisioned"
who = "Network"
kind = "automatic"
does = "trial.provision"
tries = 3
"""
AFTER = """
[[step]]
id = "noted"
name = "Noted"
who = "Jackfield"
kind = "automatic"
does = "trial.note"
"""


def noted(step: Document) -> dict[str, object]:
    return {one["name"]: one["value"] for one in step["characteristic"]}


def turn(bench: Bench, **rates: float) -> None:
    bench.operation.flows.simulators.turn("network", "provision", Dial(timedelta(hours=1), **rates))


def test_a_system_that_takes_an_hour_holds_up_no_worker(bench: Bench) -> None:
    flow = bench.flow(CALL + AFTER)
    turn(bench)
    begun = bench.clock.at
    bench.step()
    step = bench.operation.steps(flow)["provisioned"]
    assert (step["state"], noted(step)["waitsFor"]) == ("active", "Network")
    assert bench.clock.at == begun
    bench.run()
    assert bench.clock.at == begun + timedelta(hours=1)
    assert bench.operation.states(flow) == {"provisioned": "done", "noted": "done"}
    assert bench.operation.flow(flow)["state"] == "completed"


def test_a_call_that_is_lost_is_made_again_with_longer_pauses(bench: Bench) -> None:
    flow = bench.flow(CALL)
    turn(bench, unheard=1.0)
    begun = bench.clock.at
    bench.step()
    first = bench.waiting()
    assert len(first) == 1
    bench.step()
    second = bench.clock.at - begun
    assert timedelta(seconds=15) <= second <= timedelta(seconds=30)
    turn(bench)
    bench.run()
    assert bench.operation.heard("network") == ["provision"]
    assert bench.operation.tasks(flow)["provisioned"].faults == 0
    assert bench.operation.flow(flow)["state"] == "completed"


def test_work_whose_answer_was_lost_is_not_done_twice(bench: Bench) -> None:
    flow = bench.flow(CALL)
    bench.operation.flows.simulators.turn(
        "network", "provision", Dial(timedelta(0), unanswered=1.0)
    )
    bench.step()
    assert bench.operation.heard("network") == ["provision"]
    bench.operation.flows.simulators.turn("network", "provision", Dial(timedelta(0)))
    bench.run()
    assert bench.operation.heard("network") == ["provision"]
    assert bench.trace == ["provisioned"]
    assert bench.operation.flow(flow)["state"] == "completed"


def test_after_the_last_try_people_must_help(bench: Bench) -> None:
    flow = bench.flow(CALL + AFTER)
    turn(bench, unheard=1.0)
    bench.run()
    step = bench.operation.steps(flow)["provisioned"]
    assert step["state"] == "hold"
    assert noted(step)["outcome"] == "failed"
    assert noted(step)["attempts"] == 3
    assert noted(step)["waitsFor"] == "provisioning fallout"
    assert noted(step)["reason"] == "network did not answer."
    assert bench.operation.flow(flow)["state"] == "hold"
    assert bench.operation.tasks(flow)["noted"].state == "new"


def test_a_refusal_is_not_tried_again(bench: Bench) -> None:
    flow = bench.flow(CALL)
    turn(bench, refused=1.0)
    bench.run()
    step = bench.operation.steps(flow)["provisioned"]
    assert (step["state"], noted(step)["outcome"]) == ("hold", "refused")
    assert noted(step)["attempts"] == 1


def test_a_refusal_may_lead_another_way(bench: Bench) -> None:
    other = AFTER + 'when = "has(results.provisioned) && has(results.provisioned.refused)"\n'
    usual = other.replace("noted", "usual").replace("has(results.provisioned.refused)", "false")
    flow = bench.flow(CALL + 'refusal = "continue"\n' + other + usual)
    turn(bench, refused=1.0)
    bench.run()
    assert bench.operation.states(flow) == {
        "provisioned": "refused",
        "noted": "done",
        "usual": "skipped",
    }
    assert bench.operation.flow(flow)["state"] == "completed"


def test_a_rule_that_refuses_leaves_nothing_behind(bench: Bench) -> None:
    flow = bench.flow(AFTER.replace("trial.note", "trial.refuse"))
    bench.run()
    step = bench.operation.steps(flow)["noted"]
    assert (step["state"], noted(step)["reason"]) == ("hold", "No. Try something else.")


def test_a_fault_of_the_program_is_logged_and_ends_with_people(
    bench: Bench, expected_log: list[str]
) -> None:
    expected_log.append("step failed")
    flow = bench.flow(AFTER.replace("trial.note", "trial.fail"))
    bench.run()
    assert bench.operation.states(flow) == {"noted": "failed"}
    assert bench.operation.steps(flow)["noted"]["state"] == "hold"


def test_a_lost_database_is_left_to_the_queue(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow = bench.flow(AFTER)
    task = bench.operation.tasks(flow)["noted"].id

    def lost(*_given: object) -> None:
        raise sa.exc.OperationalError("SELECT", {}, ConnectionError())

    with monkeypatch.context() as patch:
        patch.setattr(bench.operation.flows.engine, "_begin", lost)
        with pytest.raises(sa.exc.OperationalError):
            bench.operation.flows.engine.run_step(task, 1)
    bench.run()
    assert bench.operation.flow(flow)["state"] == "completed"


def test_a_step_that_waits_for_days_is_over_when_they_have_passed(bench: Bench) -> None:
    flow = bench.flow(
        '[[step]]\nid = "notice"\nname = "Notice"\nwho = "Timer"\nkind = "wait"\nfor = "P30D"\n'
        + AFTER
    )
    begun, task = bench.clock.at, bench.operation.tasks(flow)["notice"].id
    bench.operation.flows.engine.run_step(task, 1)
    assert bench.operation.tasks(flow)["notice"].state == "active"
    bench.run()
    assert bench.clock.at == begun + timedelta(days=30)
    assert bench.trace == ["noted"]


EVENT = """
[[step]]
id = "seen"
name = "Seen"
who = "HLR"
kind = "event"
event = "first-attach"
within = "P7D"
"""


def test_an_event_from_outside_ends_the_step_that_waits_for_it(bench: Bench) -> None:
    flow = bench.flow(EVENT + AFTER)
    bench.step()
    assert noted(bench.operation.steps(flow)["seen"])["waitsFor"] == "first-attach"
    bench.operation.flows.engine.event_arrived(flow, "something-else")
    assert bench.operation.tasks(flow)["seen"].state == "active"
    bench.operation.flows.engine.event_arrived(flow, "first-attach", {"cell": "QX4"})
    bench.operation.flows.engine.event_arrived(flow, "first-attach", {"cell": "again"})
    bench.run()
    assert bench.trace == ["noted"]
    assert bench.operation.flow(flow)["state"] == "completed"


def test_an_event_may_come_before_its_step(bench: Bench) -> None:
    flow = bench.flow(AFTER + EVENT)
    bench.operation.flows.engine.event_arrived(flow, "first-attach")
    begun = bench.clock.at
    bench.run()
    assert bench.operation.states(flow) == {"noted": "done", "seen": "done"}
    assert bench.clock.at == begun


def test_an_event_that_does_not_come_in_time_needs_people(bench: Bench) -> None:
    flow = bench.flow(EVENT)
    begun = bench.clock.at
    bench.run()
    step = bench.operation.steps(flow)["seen"]
    assert (step["state"], noted(step)["outcome"]) == ("hold", "late")
    assert bench.clock.at == begun + timedelta(days=7)


def test_a_system_is_asked_once_to_report(bench: Bench) -> None:
    flow = bench.flow(EVENT.replace("within", 'does = "trial.watch"\nwithin'))
    bench.run()
    assert bench.operation.heard("hlr") == ["watch-attach"]
    assert bench.operation.flow(flow)["state"] == "completed"


def test_an_event_for_nothing_is_refused(bench: Bench) -> None:
    with pytest.raises(NotFound):
        bench.operation.flows.engine.event_arrived("nothing", "first-attach")


def test_branches_run_side_by_side_and_meet_again(bench: Bench) -> None:
    step = '[[step]]\nid = "{0}"\nname = "S"\nwho = "J"\nkind = "automatic"\ndoes = "trial.note"\n'
    flow = bench.flow(
        step.format("first")
        + step.format("left")
        + step.format("right")
        + 'after = ["first"]\n'
        + step.format("joined")
        + 'after = ["left", "right"]\n'
    )
    bench.step()
    assert {name for name, state in bench.operation.states(flow).items() if state == "active"} == {
        "left",
        "right",
    }
    right = bench.waiting()[1][0]
    bench.do(right)
    assert bench.operation.tasks(flow)["joined"].state == "new"
    bench.run()
    assert bench.trace == ["first", "right", "left", "joined"]


def test_work_on_a_step_that_is_over_does_nothing(bench: Bench) -> None:
    flow = bench.flow(AFTER)
    bench.run()
    task = bench.operation.tasks(flow)["noted"]
    bench.operation.flows.engine.run_step(task.id, task.turn)
    assert bench.trace == ["noted"]
    assert bench.operation.tasks(flow)["noted"] == task


def test_only_the_job_that_was_promised_last_works_on_a_step(bench: Bench) -> None:
    flow = bench.flow(CALL)
    turn(bench)
    bench.step()
    task = bench.operation.tasks(flow)["provisioned"]
    assert (task.attempts, task.turn) == (1, 2)
    bench.operation.flows.engine.run_step(task.id, 1)  # a job taken over after it was done
    assert bench.operation.tasks(flow)["provisioned"] == task
    assert len(bench.waiting()) == 1


def test_time_may_pass_faster_than_the_clock() -> None:
    from backend.flows.steps.kinds import Pace
    from tests.backend.flows.conftest import Clock

    start = Clock()()
    assert Pace(1200).later(start, timedelta(hours=2)) == start + timedelta(seconds=6)
