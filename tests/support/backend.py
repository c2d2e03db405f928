"""The real backend as test double: in this process with switches, or as a process to kill."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
import requests
from starlette.types import ASGIApp, Receive, Scope, Send

from backend import logs
from backend.database import Database
from backend.rest.error_pages import answer
from backend.serving import Server, bind
from backend.settings import Settings
from backend.start import Application, build, wall_clock
from tests.support.database import DatabaseServer
from tests.support.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[2]


class Switches:
    """A layer around the backend that makes it slow or faulty."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.delay = 0.0
        self.status: int | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._dawdle()
            if self.status is not None:
                await answer(self.status, "Switched off by a test.")(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _dawdle(self) -> None:
        """Wait for `delay`, or until it is taken back."""
        until = time.monotonic() + self.delay
        while time.monotonic() < until and self.delay:  # noqa: ASYNC110 - another thread sets it
            await asyncio.sleep(0.02)


class RunningBackend:
    """A backend that answers on a free port of this machine.

    `offline()`, `slow(seconds)`, `fails_with(status)` spoil it, `online()` mends it again.
    """

    def __init__(self, application: Application) -> None:
        self.application = application
        self._switches = Switches(application.asgi)
        self._tokens: dict[str, str] = {}
        self._port = 0
        self._server: Server | None = None
        self._thread: threading.Thread | None = None
        self.online()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def database(self) -> Database:
        return self.application.parts.database

    def token(self, user_name: str) -> str:
        """An access token of a demo account."""
        if user_name not in self._tokens:
            form = {"username": user_name, "password": user_name}
            granted = requests.post(f"{self.url}/auth/token", data=form, timeout=PATIENCE)
            assert granted.status_code == 200, granted.text
            self._tokens[user_name] = granted.json()["access_token"]
        return self._tokens[user_name]

    def call(
        self, method: str, path: str, user: str | None = "agent", **options: Any
    ) -> requests.Response:
        """One request as `user` (None: nobody); `options` as in `requests.request`."""
        headers = dict(options.pop("headers", {}))
        if user is not None:
            headers["Authorization"] = f"Bearer {self.token(user)}"
        return requests.request(
            method, self.url + path, headers=headers, timeout=PATIENCE, **options
        )

    def online(self) -> None:
        """Answer, at once and as usual."""
        self._switches.delay = 0.0
        self._switches.status = None
        if self._server is None:
            self._listen()

    def slow(self, seconds: float) -> None:
        self._switches.delay = seconds

    def fails_with(self, status: int) -> None:
        self._switches.status = status

    def offline(self) -> None:
        """Nobody listens any more; connections are refused."""
        self._switches.delay = 0.0
        if self._server is not None and self._thread is not None:
            self._server.stop()
            self._thread.join(PATIENCE)
            assert not self._thread.is_alive(), "the server did not stop"
        self._server = self._thread = None

    def _listen(self) -> None:
        listener = bind("127.0.0.1", self._port)
        self._port = listener.getsockname()[1]
        stopping = self.application.parts.stopping
        self._server = Server(self._switches, on_ready=lambda: None, on_stopping=stopping.set)
        self._thread = threading.Thread(target=self._server.run, args=([listener],))
        self._thread.start()
        assert self._server.ready.wait(PATIENCE), "the server did not start"


@contextmanager
def running_backend(
    database_url: str, now: Callable[[], Any] = wall_clock, *, fill: bool = False, **settings: Any
) -> Iterator[RunningBackend]:
    """A demo backend on that database, with the time and the settings a test wants.

    `fill` gives an empty database the demo's customers; the fixture `demo` is quicker.
    """
    logs.join_structlog()
    chosen = Settings(**{"demo": True, "database_url": database_url, **settings})
    application = build(chosen, Database(database_url), now)
    application.open(fill=fill)
    backend = RunningBackend(application)
    try:
        yield backend
    finally:
        backend.offline()
        application.close()


@pytest.fixture(scope="session")
def demo_template(database_server: DatabaseServer) -> str:
    """Name of a database that holds the demo accounts and nothing else of people."""
    url = database_server.clone()
    database = Database(url)
    build(Settings(demo=True, database_url=url), database, wall_clock).open(fill=False)
    database.close()
    return str(database.engine.url.database)


@pytest.fixture
def backend(database_server: DatabaseServer, demo_template: str) -> Iterator[RunningBackend]:
    """A backend of the test's own, with the demo accounts."""
    url = database_server.clone(demo_template)
    with running_backend(url) as running:
        yield running
    database_server.drop(str(running.database.engine.url.database))


@pytest.fixture(scope="session")
def shared_backend(database_server: DatabaseServer, demo_template: str) -> Iterator[RunningBackend]:
    """One backend for all tests that leave nothing behind for others to stumble over."""
    with running_backend(database_server.clone(demo_template)) as running:
        yield running


@pytest.fixture(scope="session")
def filled_template(database_server: DatabaseServer) -> str:
    """Name of a database that holds the whole demo: what `serve --demo` makes at first."""
    url = database_server.clone()
    database = Database(url)
    build(Settings(demo=True, database_url=url), database, wall_clock).open()
    database.close()
    return str(database.engine.url.database)


@pytest.fixture
def demo(database_server: DatabaseServer, filled_template: str) -> Iterator[RunningBackend]:
    """A backend of the test's own, with the demo's customers and their histories."""
    with running_backend(database_server.clone(filled_template)) as running:
        yield running
    database_server.drop(str(running.database.engine.url.database))


@pytest.fixture(scope="session")
def shared_demo(database_server: DatabaseServer, filled_template: str) -> Iterator[RunningBackend]:
    """One backend with the demo's customers, for tests that only read."""
    with running_backend(database_server.clone(filled_template)) as running:
        yield running


@dataclass
class ChildBackend:
    """`python -m backend …` as a process of its own."""

    arguments: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "backend", *self.arguments],
            cwd=ROOT,
            env=os.environ | self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reading = threading.Thread(target=self._read_log)
        self._reading.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _fault: BaseException | None,
        _where: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.stop()
        self._reading.join(PATIENCE)
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    @property
    def url(self) -> str:
        return str(self.said["url"])

    def ready(self) -> ChildBackend:
        """Wait for its line that it is ready."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "\n".join(self.log)
        self.said = json.loads(line)
        return self

    def stop(self) -> int:
        """Ask it to end, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """End it without a chance to say goodbye."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def ended(self) -> int:
        """Wait for it to end by itself; its exit code."""
        return self.process.wait(PATIENCE)

    def _read_log(self) -> None:
        assert self.process.stderr is not None
        self.log.extend(line.rstrip() for line in self.process.stderr)


@pytest.fixture
def child_backend(
    database_server: DatabaseServer, operator_template: str
) -> Iterator[ChildBackend]:
    """`backend serve` with the demo accounts, on a database of its own, ready to be killed."""
    url = database_server.clone(operator_template)
    arguments = (
        "serve",
        "--demo",
        "--no-faults",
        "--hold",
        "0",
        "--port",
        "0",
        "--database-url",
        url,
    )
    with ChildBackend(arguments) as child:
        yield child.ready()
