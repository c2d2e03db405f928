"""A worker tells its health and its figures, and nothing else."""

from __future__ import annotations

import requests

from backend.database import Database
from backend.health import Health
from backend.metrics import Metrics
from backend.standing import Standing
from backend.worker_page import shown
from tests.support.waiting import PATIENCE


def ask(port: int | None, path: str) -> requests.Response:
    return requests.get(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE)


def test_a_worker_that_works_is_ready_and_one_that_does_not_is_only_alive() -> None:
    working = True
    health = Health({"worker": lambda: working})
    with shown(0, health, Metrics()) as port:
        assert ask(port, "/health").json() == {"status": "ready", "parts": {"worker": "ready"}}
        working = False
        answer = ask(port, "/health")
        assert answer.status_code == 503
        assert answer.json()["parts"] == {"worker": "not ready"}
        assert ask(port, "/health/live").status_code == 200
        assert ask(port, "/customer").status_code == 404


def test_its_figures_are_told_there(database: Database) -> None:
    metrics = Metrics()
    metrics.add(Standing(database))
    metrics.call("hlr", "answered", 0.2)
    metrics.step("HLR", "done", 1200)
    with shown(0, Health({}), metrics) as port:
        told = ask(port, "/metrics").text
    assert 'jackfield_system_call_seconds_count{answer="answered",system="hlr"} 1.0' in told
    assert 'jackfield_step_seconds_bucket{le="3600.0",outcome="done",who="HLR"} 1.0' in told
    assert "jackfield_workers 0.0" in told


def test_nobody_who_does_not_ask_for_it_gets_a_port() -> None:
    with shown(None, Health({}), Metrics()) as port:
        assert port is None
