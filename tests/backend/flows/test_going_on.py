"""A step's job goes on with the next step, instead of a new job for each."""

from __future__ import annotations

import sqlalchemy as sa

from backend.flows.progress import STEP_JOB
from backend.jobs import Running, take_over_stalled
from tests.backend.flows.conftest import Bench

LINE = "".join(
    f'[[step]]\nid = "{name}"\nname = "S"\nwho = "W"\nkind = "automatic"\ndoes = "trial.note"\n'
    for name in ("first", "second", "third")
)
BESIDE = LINE.replace('id = "third"', 'id = "third"\nafter = ["first"]')
FAULTY = LINE.replace("note", "fail", 1)


def fetched(bench: Bench) -> tuple[str, int, Running]:
    """A worker takes the one job that waits: the step, its turn, and the job at work."""
    with bench.operation.database.begin() as connection:
        worker = connection.scalar(
            sa.text("SELECT worker_id FROM procrastinate_register_worker_v1()")
        )
        fetch = sa.text("SELECT id, args FROM procrastinate_fetch_job_v2(NULL, :worker)")
        job = connection.execute(fetch, {"worker": worker}).one()
    return job.args["task"], job.args["turn"], Running(job.id, worker)


def queue(bench: Bench) -> list[tuple[int, str, str]]:
    """All jobs: number, state and step."""
    query = sa.text(
        "SELECT job.id, status::text, step FROM procrastinate_jobs job "
        "JOIN task_flow ON task_flow.id = args->>'task' ORDER BY job.id"
    )
    with bench.operation.database.read() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_one_job_does_steps_that_follow_one_another(bench: Bench) -> None:
    flow = bench.flow(LINE)
    task, turn, running = fetched(bench)
    bench.operation.flows.engine.run_step(task, turn, running)
    assert bench.trace == ["first", "second", "third"]
    assert bench.operation.flow(flow)["state"] == "completed"
    assert queue(bench) == [(running.job, "doing", "third")]


def test_what_is_beside_has_a_job_of_its_own(bench: Bench) -> None:
    bench.flow(BESIDE)
    task, turn, running = fetched(bench)
    bench.operation.flows.engine.run_step(task, turn, running)
    assert bench.trace == ["first", "second"]
    assert queue(bench) == [(running.job, "doing", "second"), (running.job + 1, "todo", "third")]


def test_a_job_that_went_to_another_worker_goes_on_with_nothing(bench: Bench) -> None:
    bench.flow(LINE)
    task, turn, running = fetched(bench)
    assert take_over_stalled(bench.operation.database, silent_for=-1, me=None) == 1
    bench.operation.flows.engine.run_step(task, turn, running)
    assert bench.trace == ["first"]
    assert [(status, step) for _job, status, step in queue(bench)] == [
        ("todo", "first"),
        ("todo", "second"),
    ]
    bench.run()
    assert bench.trace == ["first", "second", "third"]


def test_a_dead_workers_job_is_taken_over_with_the_step_it_had_come_to(bench: Bench) -> None:
    bench.flow(LINE)
    task, turn, running = fetched(bench)
    bench.operation.flows.engine.run_step(task, turn, running)
    take_over_stalled(bench.operation.database, silent_for=-1, me=None)
    (job,) = queue(bench)
    assert job[0] > running.job
    assert job[1:] == ("todo", "third")
    bench.run()
    assert bench.trace == ["first", "second", "third"]


def test_a_step_at_fault_ends_its_job_and_is_tried_by_another(
    bench: Bench, expected_log: list[str]
) -> None:
    expected_log += ["step failed"]
    flow = bench.flow(FAULTY)
    task, turn, running = fetched(bench)
    bench.operation.flows.engine.run_step(task, turn, running)
    assert bench.operation.tasks(flow)["first"].state == "active"
    assert [(status, step) for _job, status, step in queue(bench)] == [
        ("doing", "first"),
        ("todo", "first"),
    ]
    assert bench.waiting()[0][1] == STEP_JOB


def test_only_the_worker_that_has_a_job_may_go_on_with_it(bench: Bench) -> None:
    bench.flow(LINE)
    _task, _turn, running = fetched(bench)
    with bench.operation.database.begin() as connection:
        assert not Running(running.job, running.worker + 1).go_on(connection, task="x")
        assert running.go_on(connection, task="x")
