"""`jackfield-backend serve` as a process: it says when it is ready, and ends politely."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import requests
import sqlalchemy as sa

from backend import embedded, operator_clock
from backend.database import Database
from backend.faults import ExitCode
from tests.support.backend import ROOT, ChildBackend
from tests.support.database import DatabaseServer
from tests.support.waiting import PATIENCE, eventually


def token(url: str) -> str:
    form = {"username": "agent", "password": "agent"}
    granted = requests.post(f"{url}/auth/token", data=form, timeout=PATIENCE)
    assert granted.status_code == 200, granted.text
    return str(granted.json()["access_token"])


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "backend", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def postgres_of(folder: Path) -> int | None:
    """The process id of the PostgreSQL that runs on a data folder, or None."""
    try:
        number = int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(number, 0)
    except (FileNotFoundError, ProcessLookupError):
        return None
    return number


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder that other test runs leave alone, even those of root."""
    with TemporaryDirectory(prefix="jackfield-data-") as folder:
        yield Path(folder)


def on(folder: Path) -> ChildBackend:
    return ChildBackend(("serve", "--demo", "--port", "0", "--data-dir", str(folder)))


def test_it_says_in_one_line_where_it_can_be_reached(child_backend: ChildBackend) -> None:
    assert child_backend.said["event"] == "ready"
    health = requests.get(f"{child_backend.url}/health", timeout=PATIENCE)
    assert (health.status_code, health.json()["status"]) == (200, "ready")


def test_a_polite_signal_ends_it_with_success_and_without_a_trace(
    child_backend: ChildBackend,
) -> None:
    token(child_backend.url)
    assert child_backend.stop() == ExitCode.DONE
    assert child_backend.process.stdout is not None
    assert child_backend.process.stdout.read() == ""


def test_ctrl_c_ends_it_as_politely(child_backend: ChildBackend) -> None:
    child_backend.process.send_signal(signal.SIGINT)
    assert child_backend.ended() == ExitCode.DONE


def test_everything_it_logs_is_json_with_ids_and_nothing_of_people(
    child_backend: ChildBackend,
) -> None:
    access = token(child_backend.url)
    headers = {"Authorization": f"Bearer {access}", "X-Request-Id": "call-4711"}
    path = "/tmf-api/customerManagement/v4/customer?name=Marrowby"
    requests.get(child_backend.url + path, headers=headers, timeout=PATIENCE)
    child_backend.stop()
    eventually(lambda: any("Finished server" in line for line in child_backend.log))
    lines = [json.loads(line) for line in child_backend.log]
    request = next(line for line in lines if line.get("request_id") == "call-4711")
    assert (request["method"], request["status"]) == ("GET", 200)
    assert request["user_id"] == "demo-agent"
    everything = "\n".join(child_backend.log)
    for private in ("Marrowby", "Maren", access, "password"):
        assert private not in everything


def test_a_killed_server_starts_again_on_the_same_data(data: Path) -> None:
    folder = data / "backend"
    with on(folder) as first:
        first.ready()
        access = token(first.url)
        first.kill()
    assert postgres_of(folder) is not None, "PostgreSQL outlives its starter"
    with on(folder) as second:
        second.ready()
        headers = {"Authorization": f"Bearer {access}"}
        me = requests.get(f"{second.url}/auth/me", headers=headers, timeout=PATIENCE)
        assert me.status_code == 200, "its keys were kept"
        assert second.stop() == ExitCode.DONE
    assert postgres_of(folder) is None, "the last user stops it, although one was killed"


def test_a_server_killed_with_its_database_starts_again(data: Path) -> None:
    folder = data / "backend"
    with on(folder) as first:
        first.ready()
        access = token(first.url)
        postgres = postgres_of(folder)
        assert postgres is not None
        first.kill()
        os.kill(postgres, signal.SIGKILL)
    with on(folder) as second:
        second.ready()
        headers = {"Authorization": f"Bearer {access}"}
        me = requests.get(f"{second.url}/auth/me", headers=headers, timeout=PATIENCE)
        assert me.status_code == 200
        assert second.stop() == ExitCode.DONE
    assert postgres_of(folder) is None


def test_two_servers_share_one_data_folder_and_the_last_one_stops_postgres(data: Path) -> None:
    folder = data / "backend"
    with on(folder) as first, on(folder) as second:
        first.ready()
        second.ready()
        access = token(first.url)
        first.stop()
        headers = {"Authorization": f"Bearer {access}"}
        me = requests.get(f"{second.url}/auth/me", headers=headers, timeout=PATIENCE)
        assert me.status_code == 200
    assert postgres_of(folder) is None


def test_a_port_that_is_taken_is_named_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("serve", "--port", port, "--data-dir", str(tmp_path / "data"))
    assert done.returncode == ExitCode.PORT
    assert done.stderr == (
        f"jackfield-backend: Port {port} of 127.0.0.1 cannot be used: "
        "stop what uses it, or choose another with --port.\n"
    )
    assert done.stdout == ""
    assert not (tmp_path / "data").exists(), "nothing was begun"


def test_a_folder_that_can_not_be_written_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    folder = tmp_path / "file" / "data"
    done = run("serve", "--port", "0", "--data-dir", str(folder))
    assert done.returncode == ExitCode.DATA_FOLDER
    assert done.stderr.endswith("cannot be written to: choose another with --data-dir.\n")


def test_migrating_says_so_and_ends(database_server: DatabaseServer) -> None:
    done = run("migrate", "--database-url", database_server.clone())
    assert (done.returncode, json.loads(done.stdout)) == (0, {"event": "migrated"})


def test_a_worker_process_keeps_the_pace_of_the_server(database_server: DatabaseServer) -> None:
    url = database_server.clone()
    database = Database(url)
    operator_clock.tell(database, 60)
    database.close()
    with ChildBackend(("worker", "--database-url", url)) as worker:
        assert worker.ready().said["timeScale"] == 60
        assert worker.stop() == ExitCode.DONE


def test_a_data_folder_below_a_private_one_opens_only_the_way_through(data: Path) -> None:
    private = data / "home"
    private.mkdir(mode=0o700)
    with embedded.running(private / "share" / "backend") as url:
        database = Database(url)
        with database.read() as connection:
            assert connection.scalar(sa.text("SHOW server_encoding")) == "UTF8"
        database.close()
        assert private.stat().st_mode & 0o077 in {0o000, 0o011}
    assert postgres_of(private / "share" / "backend") is None
