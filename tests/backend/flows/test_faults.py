"""The database goes, two workers take one step, clocks jump, systems answer twice or too late."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from backend.database import Database
from backend.flows.progress import STEP_JOB
from backend.flows.simulators.dials import Dial
from tests.backend.flows.conftest import Bench, Operation, mobile
from tests.support.waiting import PATIENCE, eventually

CALL = """
[[step]]
id = "set-up"
name = "Set up"
who = "Network"
kind = "automatic"
does = "trial.provision"
"""
SEEN = """
[[step]]
id = "seen"
name = "Seen"
who = "HLR"
kind = "event"
does = "trial.watch"
event = "first-attach"
within = "P7D"
"""
DAY = """
[[step]]
id = "day"
name = "A day"
who = "Timer"
kind = "wait"
for = "P1D"
"""


def turns(bench: Bench, flow: str, step: str) -> tuple[str, int]:
    task = bench.operation.tasks(flow)[step]
    return task.id, task.turn


def test_two_workers_on_one_step_do_it_once(bench: Bench) -> None:
    """As after a take-over from a worker that was only slow."""
    flow = bench.flow(CALL)
    task, turn = turns(bench, flow, "set-up")
    at_once = threading.Barrier(2)

    def work() -> None:
        at_once.wait(PATIENCE)
        bench.operation.flows.engine.run_step(task, turn)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work) for _ in range(2)]:
            done.result()
    bench.run()
    assert bench.trace == ["set-up"]
    assert bench.operation.heard("network") == ["provision"]
    assert bench.operation.flow(flow)["state"] == "completed"


def test_a_step_done_again_and_again_after_its_end_changes_nothing(bench: Bench) -> None:
    flow = bench.flow(CALL + DAY)
    task, turn = turns(bench, flow, "set-up")
    for _ in range(3):
        bench.operation.flows.engine.run_step(task, turn)
    bench.run()
    for _ in range(3):
        bench.operation.flows.engine.run_step(task, turn)
    assert bench.trace == ["set-up"]
    assert bench.operation.flow(flow)["state"] == "completed"


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=1), timedelta(days=-1)])
def test_a_clock_that_jumps_ends_no_wait_early_and_none_never(
    bench: Bench, jump: timedelta
) -> None:
    flow = bench.flow(DAY)
    task, turn = turns(bench, flow, "day")
    due = bench.operation.tasks(flow)["day"].due
    assert due is not None
    bench.clock.at += jump
    bench.operation.flows.engine.run_step(task, turn)
    over = bench.clock.at >= due
    assert bench.operation.tasks(flow)["day"].state == ("completed" if over else "active")
    bench.run()
    assert bench.clock.at >= due
    assert bench.operation.flow(flow)["state"] == "completed"


def test_a_report_before_the_answer_counts(bench: Bench) -> None:
    flow = bench.flow(SEEN)
    task, _turn = turns(bench, flow, "seen")
    bench.operation.flows.engine.reported(task)
    bench.run()
    assert bench.operation.states(flow) == {"seen": "done"}


def test_a_report_that_comes_twice_counts_once(bench: Bench) -> None:
    flow = bench.flow(SEEN + DAY)
    task, _turn = turns(bench, flow, "seen")
    for _ in range(2):
        bench.operation.flows.engine.reported(task)
    bench.run()
    bench.operation.flows.engine.reported(task)
    assert bench.operation.states(flow) == {"seen": "done", "day": "done"}
    assert bench.waiting() == []


def test_a_system_whose_answers_are_lost_does_the_work_once(bench: Bench) -> None:
    dial = Dial(timedelta(minutes=5), unanswered=0.3, unheard=0.2)
    bench.operation.flows.simulators.turn("network", "provision", dial)
    flows = [bench.flow(CALL.replace('who = "Network"', 'who = "Network"\ntries = 20'))]
    bench.run()
    assert [bench.operation.flow(flow)["state"] for flow in flows] == ["completed"]
    assert bench.operation.heard("network") == ["provision"]


def cut(database: Database) -> None:
    """Every connection to the database ends, whatever it does."""
    with database.begin() as connection:
        connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


@pytest.mark.long
def test_a_database_that_goes_away_again_and_again_loses_and_doubles_nothing(
    operation: Operation, expected_log: list[str]
) -> None:
    expected_log += [
        "begins anew", "listener error", "Side task", "discarding closed", "error connecting",
        "job did not succeed", "Error, to retry", "terminat", "lost", "closed", "heartbeats error",
    ]  # fmt: skip
    orders = {}
    for _ in range(4):
        edda = operation.customer()
        orders[edda] = operation.place(edda, *mobile(extras=("M12",)))
    flows = [flow for order in orders.values() for flow in operation.flow_ids(order)]
    with operation.working():
        for _ in range(8):
            threading.Event().wait(0.5)
            cut(operation.database)

        def done() -> bool:
            try:
                return all(operation.flow(flow)["state"] == "completed" for flow in flows)
            except sa.exc.OperationalError:
                return False

        eventually(done, 4 * PATIENCE)
    for edda, order in orders.items():
        assert operation.order(order)["state"] == "completed"
        assert operation.letters(edda) == ["LT01", "LT02", "LT03", "LT04"]
    assert sorted(operation.heard("hlr")) == sorted(
        4 * ["create-profile", "watch-attach", "activate-extras"]
    )
    assert operation.heard("esim") == 4 * ["release-profile"]


def test_jobs_for_one_step_leave_each_other_alone(bench: Bench) -> None:
    """Only the one promised last may work: an older one finds its turn over."""
    flow = bench.flow(CALL)
    task, turn = turns(bench, flow, "set-up")
    with bench.operation.database.begin() as connection:
        bench.operation.jobs.defer(connection, STEP_JOB, task=task, turn=turn - 1)
    bench.run()
    assert bench.trace == ["set-up"]
