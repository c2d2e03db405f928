"""kill -9 anywhere: the same end, and every letter and outside effect once."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
import sqlalchemy as sa

from tests.backend.flows.conftest import Operation, mobile
from tests.support.backend import ROOT
from tests.support.waiting import PATIENCE

POINTS = ("before-commit", "committed", "answered", "before-end", "ended")
STEPS = {
    "sim-reserved": ("before-commit", "committed"),
    "network-profile": POINTS,
    "esim-released": POINTS,
    "confirmation": ("before-commit", "committed"),
    "first-attach": POINTS,
    "welcome": ("before-commit", "committed"),
    "account-updated": ("before-commit", "committed"),
}
LAST = ("account-updated", "committed")
FEW = [
    ("confirmation", "before-commit"),
    ("network-profile", "answered"),
]
ALL = [(step, point) for step, points in STEPS.items() for point in points]


def counted(operation: Operation, table: str) -> int:
    with operation.database.read() as connection:
        return int(connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - names below


def die_at(operation: Operation, step: str, point: str) -> None:
    command = [sys.executable, "-m", "tests.backend.flows.working_process"]
    given = [operation.database.url, step, point]
    with subprocess.Popen([*command, *given], cwd=ROOT, stderr=subprocess.DEVNULL) as child:
        try:
            assert child.wait(PATIENCE) == -signal.SIGKILL
        finally:
            child.kill()


def carried_out_once(operation: Operation, step: str, point: str) -> None:
    edda = operation.customer()
    order = operation.place(edda, *mobile(extras=("M12",)))
    (flow,) = operation.flow_ids(order)
    die_at(operation, step, point)
    over = (step, point) == LAST  # nothing was left to be done
    assert operation.flow(flow)["state"] == ("completed" if over else "active")
    with operation.working():
        operation.until(flow, "completed")
    assert operation.order(order)["state"] == "completed"
    assert set(operation.states(flow).values()) == {"done", "skipped"}
    assert operation.letters(edda) == ["LT01", "LT02", "LT03", "LT04"]
    assert counted(operation, "communication_message") == 4
    assert operation.heard("hlr") == ["create-profile", "watch-attach", "activate-extras"]
    assert operation.heard("esim") == ["release-profile"]
    assert operation.heard("credit") == ["assess"]
    taken = "sim WHERE state IN ('reserved', 'assigned')"
    assert counted(operation, taken) == 1


@pytest.mark.parametrize(("step", "point"), FEW)
def test_a_killed_worker_leaves_no_trace(operation: Operation, step: str, point: str) -> None:
    carried_out_once(operation, step, point)


@pytest.mark.long
@pytest.mark.parametrize(("step", "point"), [case for case in ALL if case not in FEW])
def test_a_worker_killed_anywhere_leaves_no_trace(
    operation: Operation, step: str, point: str
) -> None:
    carried_out_once(operation, step, point)
