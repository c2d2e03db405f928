"""Routers served over real HTTP to callers that a test makes up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
import requests
import uvicorn
from fastapi import FastAPI, Request

from backend.access.caller import Caller
from backend.account import routes as account
from backend.customer import routes as customer
from backend.database import Database
from backend.party import routes as party
from backend.rest import error_pages, openapi, stream
from backend.rest.errors import NotSignedIn
from backend.rest.feed import EventFeed
from backend.rest.router import Wiring
from tests.support.database import DatabaseServer

RIGHTS = frozenset({"hub.manage"} | {f"customer.{verb}" for verb in ("read", "create", "update")})
AGENT = Caller("agent", "Maren Tindlewick", frozenset({"agent"}), RIGHTS, None)
RESELLER = Caller("reseller", "Cosmo Loomis", frozenset({"reseller"}), RIGHTS, "R1")
STRANGER = Caller("stranger", "Nobody", frozenset(), frozenset(), None)
_EMPTY = """
    TRUNCATE individual, organization, event, idempotency_key, hub_subscription
    RESTART IDENTITY CASCADE;
    ALTER SEQUENCE customer_number RESTART;
    ALTER SEQUENCE account_number RESTART
"""


@dataclass(frozen=True)
class Api:
    """A client of the served routers, signed in as one caller."""

    url: str
    database: Database
    callers: dict[str, Caller]
    caller: str = AGENT.user_id
    session: requests.Session = field(default_factory=requests.Session)

    def as_caller(self, caller: Caller) -> Api:
        """The same server, asked by somebody else, over a connection of their own."""
        self.callers[caller.user_id] = caller
        return Api(self.url, self.database, self.callers, caller.user_id)

    def call(self, method: str, path: str, json: Any = None, **given: Any) -> requests.Response:
        headers = {"X-Caller": self.caller, **given.pop("headers", {})}
        if json is not None:
            headers.setdefault("Content-Type", "application/json")
            given["data"] = orjson.dumps(json)
        return self.session.request(
            method, f"{self.url}{path}", headers=headers, timeout=20, **given
        )

    def get(self, path: str, **given: Any) -> requests.Response:
        return self.call("GET", path, **given)

    def post(self, path: str, json: Any, **given: Any) -> requests.Response:
        return self.call("POST", path, json, **given)

    def patch(self, path: str, json: Any, **given: Any) -> requests.Response:
        return self.call("PATCH", path, json, **given)

    def made(self, path: str, json: Any) -> dict[str, Any]:
        """The body of a POST that must succeed."""
        answer = self.post(path, json)
        assert answer.status_code == 201, answer.text
        body: dict[str, Any] = answer.json()
        return body


def messages(response: requests.Response) -> Iterator[dict[str, str]]:
    """Server-sent events as they arrive: the fields of each."""
    rest = b""
    while chunk := response.raw.read1(65536):
        *whole, rest = (rest + chunk).split(b"\n\n")
        for message in whole:
            parts = (line.partition(": ") for line in message.decode().split("\n"))
            yield {name: value for name, _colon, value in parts}


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """`app` on a free port of this machine; its URL."""
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1)
    )
    started = threading.Event()
    startup = server.startup

    async def announce(*args: Any, **given: Any) -> None:
        await startup(*args, **given)
        started.set()

    server.startup = announce  # type: ignore[method-assign]  # to know without polling
    thread = threading.Thread(target=server.run)
    thread.start()
    started.wait(20)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)


def application(wiring: Wiring, stopping: threading.Event) -> FastAPI:
    app = FastAPI()
    error_pages.install(app)
    openapi.install(app)
    for noun in (party, customer, account):
        app.include_router(noun.router(wiring))
    app.include_router(stream.router(wiring, EventFeed(wiring.database, stopping)))
    return app


@pytest.fixture(scope="session")
def rest_server(database_server: DatabaseServer) -> Iterator[Api]:
    """Party, customer and account served on one database for all tests of a run."""
    callers: dict[str, Caller] = {}

    def current_caller(request: Request) -> Caller:
        name = request.headers.get("x-caller", "")
        if name not in callers:
            raise NotSignedIn("Sign in first.", headers={"WWW-Authenticate": "Bearer"})
        return callers[name]

    database = Database(database_server.clone())
    wiring = Wiring(database, current_caller, callback_hosts=frozenset({"partner.example.com"}))
    stopping = threading.Event()
    with served(application(wiring, stopping)) as url:
        try:
            yield Api(url, database, callers)
        finally:
            stopping.set()
    database.close()


@pytest.fixture
def api(rest_server: Api) -> Api:
    """The served nouns, emptied, asked by the agent."""
    with rest_server.database.begin() as connection:
        connection.exec_driver_sql(_EMPTY)
    rest_server.callers.clear()
    return rest_server.as_caller(AGENT)
