"""Processor time that the backend takes for a request, measured in this process."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.types import ASGIApp, Message, Scope

from backend import embedded, logs
from backend.database import Database
from backend.settings import Settings
from backend.start import Application, build
from tests.support.operator import stock

_AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the server gets it."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


@contextmanager
def filled_backend(*, customers: bool = True) -> Iterator[Application]:
    """The demo operator with its customers on a PostgreSQL of its own; no worker.

    Without `customers` it sells everything, has stock, and nobody bought yet.

    It writes its log as it does when it serves, to nowhere.
    """
    with (
        TemporaryDirectory(prefix="jackfield-benchmark-") as folder,
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
    ):
        logs.configure(nowhere)
        server = embedded.start(Path(folder) / "data")
        database = Database(server.get_uri())
        settings = Settings(demo=True, database_url=database.url, worker=False)
        application = build(settings, database, lambda: datetime.now(UTC))
        try:
            application.open(fill=customers)
            if not customers:
                stock(database)
            yield application
        finally:
            application.close()
            server.cleanup()


def signed_in(application: Application) -> dict[str, str]:
    """Headers of an agent."""
    grant = application.parts.access.sign_in(_AGENT, _AGENT, "127.0.0.1")
    return {"authorization": f"Bearer {grant.access_token}", "host": "127.0.0.1"}


class Client:
    """Calls an ASGI application in this process: no sockets, no HTTP parser on either side."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def ask(self, request: Request) -> Answer:
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": request.path,
            "raw_path": request.path.encode(),
            "query_string": request.query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in request.headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "state": {},
        }
        told: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": request.body, "more_body": False}

        async def send(message: Message) -> None:
            told.append(message)

        await self._app(scope, receive, send)
        return Answer(told[0]["status"], b"".join(one.get("body", b"") for one in told[1:]))


def processor_time(
    works: Mapping[str, tuple[ASGIApp, Callable[[int], Request]]], *, rounds: int, each: int
) -> dict[str, float]:
    """Microseconds of this process per request, the best round of each; taken in turn.

    Processor time counts every thread of the server and nothing of PostgreSQL, which is a
    process of its own; what else the machine does hardly touches it.
    """
    best = dict.fromkeys(works, float("inf"))

    async def measure() -> None:
        number = 0
        for _ in range(rounds):
            for name, (app, make) in works.items():
                client = Client(app)
                requests = [make(number + step) for step in range(each)]
                number += each
                began = time.process_time()
                for request in requests:
                    answer = await client.ask(request)
                spent = (time.process_time() - began) / each * 1e6
                best[name] = min(best[name], spent)
                assert answer.status < 300, answer.body

    asyncio.run(measure())
    return best


def compared(what: str, ours: float, floor: float, bar: float) -> str:
    """One line: our figure, the floor's, the ratio, and whether the bar is kept."""
    ratio = ours / floor
    verdict = "kept" if ratio <= bar else "MISSED"
    return f"{what:34}{ours:9.0f} µs{floor:9.0f} µs bare{ratio:7.2f} x  bar {bar:g}: {verdict}"
