"""Health: ready when every part is, and otherwise which part is not."""

from __future__ import annotations

import sqlalchemy as sa

from backend.health import Health
from tests.support.backend import RunningBackend
from tests.support.waiting import eventually


def test_a_whole_backend_is_ready(backend: RunningBackend) -> None:
    eventually(lambda: backend.call("GET", "/health", user=None).status_code == 200)
    parts = backend.call("GET", "/health", user=None).json()["parts"]
    assert parts == {"database": "ready", "migrations": "ready", "worker": "ready"}


def test_a_missing_migration_shows(backend: RunningBackend) -> None:
    with backend.database.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0016'"))
    answer = backend.call("GET", "/health", user=None)
    assert answer.status_code == 503
    assert answer.json()["parts"]["migrations"] == "not ready"
    assert answer.json()["parts"]["database"] == "ready"


def test_a_worker_that_stopped_shows(backend: RunningBackend) -> None:
    backend.application.worker.stop()
    answer = backend.call("GET", "/health", user=None)
    assert answer.status_code == 503
    assert answer.json()["parts"]["worker"] == "not ready"


def test_a_part_whose_check_breaks_is_not_ready() -> None:
    def broken() -> bool:
        raise sa.exc.OperationalError("SELECT 1", {}, OSError())

    report = Health({"database": broken, "worker": lambda: True}).report()
    assert report == {"database": "not ready", "worker": "ready"}


def test_a_server_goes_on_while_a_newer_one_takes_its_place(backend: RunningBackend) -> None:
    with backend.database.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'later'"))
    parts = backend.call("GET", "/health", user=None).json()["parts"]
    assert parts["migrations"] == "ready"
    assert backend.call("GET", "/health/live", user=None).json() == {"status": "live"}
