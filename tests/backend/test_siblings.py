"""`serve --processes`: several processes answer on one port, and live and end together."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import requests

from backend import siblings
from backend.faults import ExitCode, StartError
from tests.support.backend import ChildBackend
from tests.support.waiting import PATIENCE, eventually

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes share a port on Linux only")


@pytest.fixture
def pair() -> Iterator[ChildBackend]:
    """A server of two processes."""
    with TemporaryDirectory(prefix="jackfield-data-") as folder:
        backend = ChildBackend(
            ("serve", "--demo", "--port", "0", "--processes", "2", "--data-dir", folder)
        )
        with backend:
            backend.ready()
            yield backend


def children(parent: int) -> set[int]:
    """The process ids of the servers beside one, without helpers of Python and PostgreSQL."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            command = (status.parent / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == parent and b"spawn_main" in command:
            found.add(int(status.parent.name))
    return found


def answers(url: str) -> int:
    """The status of a question asked over a connection of its own."""
    return requests.get(f"{url}/health", timeout=PATIENCE).status_code


@linux
def test_they_answer_on_one_port_one_that_dies_comes_back_and_all_end_together(
    pair: ChildBackend,
) -> None:
    (first,) = children(pair.process.pid)
    assert {answers(pair.url) for _ in range(20)} == {200}
    form = {"username": "agent", "password": "agent"}
    granted = requests.post(f"{pair.url}/auth/token", data=form, timeout=PATIENCE).json()
    held = {"Authorization": f"Bearer {granted['access_token']}"}
    for _ in range(20):  # whichever process it reaches knows the token
        asked = requests.post(
            f"{pair.url}/desk-api/v1/choices", json={}, headers=held, timeout=PATIENCE
        )
        assert asked.status_code == 200, asked.text
    os.kill(first, signal.SIGKILL)
    eventually(lambda: bool(children(pair.process.pid) - {first}))
    (second,) = children(pair.process.pid)
    assert pair.stop() == ExitCode.DONE
    assert not Path(f"/proc/{second}").exists()


def test_elsewhere_it_says_what_to_do_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(StartError, match="leave out --processes"):
        siblings.check(2)
    siblings.check(1)
