"""Signing in, renewing once for many, and signing in again."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from backend_client import (
    ApiError,
    BearerToken,
    Client,
    PasswordTokens,
    Settings,
    SignedOut,
    Unreachable,
)
from tests.backend_client.conftest import Clock
from tests.backend_client.server import Fault, Reply, Request, Server


class Gate:
    """A token endpoint with rotation, and a resource that only the newest token opens."""

    def __init__(self) -> None:
        self.number = 0
        self.refreshes: list[str] = []
        self.broken: Reply | None = None

    def __call__(self, request: Request) -> Reply:
        if request.path == "/auth/token":
            return self._token({k: v[0] for k, v in parse_qs(request.body.decode()).items()})
        if request.headers.get("authorization") != f"Bearer access-{self.number}":
            return Reply.of({"reason": "Sign in."}, 401)
        return Reply.of({"id": "KF-1"})

    def _token(self, form: dict[str, str]) -> Reply:
        if self.broken is not None:
            return self.broken
        if form["grant_type"] == "password":
            if form["password"] != "agent":
                return Reply.of({"error": "invalid_grant", "error_description": "Wrong."}, 400)
        else:
            self.refreshes.append(form["refresh_token"])
            if form["refresh_token"] != f"refresh-{self.number}":
                return Reply.of({"error": "invalid_grant"}, 400)
        self.number += 1
        return Reply.of(
            {"access_token": f"access-{self.number}", "refresh_token": f"refresh-{self.number}"}
        )


@pytest.fixture
def gate(server: Server) -> Gate:
    gate = Gate()
    server.answering = gate
    return gate


@pytest.fixture
def agent(server: Server, settings: Settings, clock: Clock, gate: Gate) -> Iterator[Client]:
    with Client(server.url, settings=settings, clock=clock) as client:
        client.tokens.sign_in("agent", "agent")
        yield client


def test_the_password_goes_in_the_form_and_is_not_kept(server: Server, agent: Client) -> None:
    request = server.requests[0]
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert "authorization" not in request.headers
    assert parse_qs(request.body.decode())["username"] == ["agent"]
    assert "agent" not in vars(agent.tokens).values()
    assert agent.customers.get("KF-1").id == "KF-1"


def test_a_wrong_password_is_told_in_the_servers_words(server: Server, gate: Gate) -> None:
    client = Client(server.url)
    with pytest.raises(SignedOut) as caught:
        client.tokens.sign_in("agent", "wrong")
    assert caught.value.reason == "Wrong."


def test_without_signing_in_nothing_is_sent(server: Server, gate: Gate) -> None:
    with pytest.raises(SignedOut):
        Client(server.url).customers.get("KF-1")
    assert server.requests == []


def test_a_kept_refresh_token_is_enough_to_go_on(agent: Client, gate: Gate) -> None:
    agent.tokens.resume("refresh-1")
    assert agent.customers.get("KF-1").id == "KF-1"
    assert gate.refreshes == ["refresh-1"]


def test_twenty_calls_refused_at_once_cause_one_refresh(
    server: Server, agent: Client, gate: Gate
) -> None:
    together = threading.Barrier(20)
    refused = Reply.of({}, 401)

    def answer(request: Request) -> Reply:
        if request.headers.get("authorization") == "Bearer access-1":
            return refused
        return gate(request)

    server.answering = answer

    def call(_number: int) -> str:
        together.wait(10)
        return agent.customers.get("KF-1").id

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(call, range(20))) == {"KF-1"}
    assert gate.refreshes == ["refresh-1"]


def test_a_failed_refresh_is_shared_and_names_its_kind(
    server: Server, agent: Client, gate: Gate
) -> None:
    """The network is down for the refresh: nobody is signed out by that."""
    agent.tokens.resume("refresh-1")
    gate.broken = Reply.of({}, 503, Retry_After="300")
    with pytest.raises(Unreachable) as caught:
        agent.orders.create({})
    assert not caught.value.may_have_happened
    gate.broken = None
    assert agent.customers.get("KF-1").id == "KF-1"


def test_a_refused_refresh_signs_out_until_someone_signs_in_and_repeats(
    agent: Client, gate: Gate
) -> None:
    gate.number = 9
    with pytest.raises(SignedOut):
        agent.customers.get("KF-1")
    with pytest.raises(SignedOut):
        agent.customers.get("KF-1")
    assert gate.refreshes == ["refresh-1"]
    agent.tokens.sign_in("agent", "agent")
    assert agent.customers.get("KF-1").id == "KF-1"


def test_a_server_that_refuses_every_token_signs_out(
    server: Server, agent: Client, gate: Gate
) -> None:
    def answer(request: Request) -> Reply:
        return gate(request) if request.path == "/auth/token" else Reply.of({}, 401)

    server.answering = answer
    with pytest.raises(SignedOut):
        agent.customers.get("KF-1")
    assert len(gate.refreshes) == 1


def test_each_new_refresh_token_is_handed_out_to_be_kept(server: Server, gate: Gate) -> None:
    kept: list[str | None] = []
    client = Client(server.url, on_refresh=kept.append)
    client.tokens.sign_in("agent", "agent")
    client.tokens.resume("refresh-1")
    client.customers.get("KF-1")
    gate.number = 9
    with pytest.raises(SignedOut):
        client.customers.get("KF-1")
    assert kept == ["refresh-1", "refresh-2", None]


def test_signing_out_while_a_refresh_is_under_way_stays_signed_out(
    server: Server, gate: Gate
) -> None:
    client = Client(server.url)
    client.tokens.resume("refresh-0")

    def answer(request: Request) -> Reply:
        client.tokens.sign_out()
        return gate(request)

    server.answering = answer
    with pytest.raises(SignedOut):
        client.customers.get("KF-1")
    with pytest.raises(SignedOut):
        client.tokens.token()


def test_a_refresh_is_never_sent_twice(server: Server, agent: Client, gate: Gate) -> None:
    agent.tokens.resume("refresh-1")
    before = len(server.requests)
    server.faults.append(Fault.DROPPED_BEFORE)
    with pytest.raises(Unreachable):
        agent.tokens.token()
    assert len(server.requests) == before + 1


def test_a_fixed_token_that_is_refused_signs_out(server: Server, client: Client) -> None:
    server.says({"reason": "Expired."}, 401)
    with pytest.raises(SignedOut) as caught:
        client.customers.get("KF-1")
    assert caught.value.reason == "Expired."
    assert len(server.requests) == 1


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"access_token": 7}', b"<html>"])
def test_a_token_endpoint_that_talks_nonsense_is_a_server_fault(
    server: Server, body: bytes
) -> None:
    server.answering = lambda _request: Reply(200, body)
    client = Client(server.url)
    with pytest.raises(ApiError) as caught:
        client.tokens.sign_in("agent", "agent")
    assert type(caught.value).__name__ == "ServerFault"


def test_the_parts_fit_a_token_source_of_ones_own(server: Server, settings: Settings) -> None:
    server.says({"id": "KF-1"})
    client = Client(
        server.url, tokens=BearerToken("mine"), settings=replace(settings, language="da")
    )
    client.customers.get("KF-1")
    assert server.requests[0].headers["authorization"] == "Bearer mine"
    assert server.requests[0].headers["accept-language"] == "da"
    assert isinstance(client.tokens, PasswordTokens)


@pytest.mark.parametrize("status", [200, 404, 503])
def test_signing_out_at_the_server_is_signing_out_here_whatever_it_says(
    server: Server, clock: Clock, status: int
) -> None:
    kept: list[str | None] = []
    with Client(server.url, clock=clock, on_refresh=kept.append) as client:
        client.tokens.revoke()
        assert server.requests == []
        client.tokens.resume("refresh-1")
        server.says({}, status)
        client.tokens.revoke()
        assert server.requests[0].path == "/auth/revoke"
        assert parse_qs(server.requests[0].body.decode()) == {"token": ["refresh-1"]}
        assert kept == [None]
        with pytest.raises(SignedOut):
            client.customers.get("KF-1")


def test_a_client_may_be_made_with_a_token(server: Server) -> None:
    server.says({"id": "KF-1"})
    with Client.with_token(server.url, "mine") as client:
        client.customers.get("KF-1")
    assert server.requests[0].headers["authorization"] == "Bearer mine"


def test_signing_in_while_a_refresh_is_under_way_wins(server: Server, gate: Gate) -> None:
    client = Client(server.url)
    client.tokens.resume("refresh-0")
    first = True

    def answer(request: Request) -> Reply:
        nonlocal first
        if first:
            first = False
            client.tokens.sign_in("agent", "agent")
            return Reply.of({"access_token": "late", "refresh_token": "late"})
        return gate(request)

    server.answering = answer
    server.lock = contextlib.nullcontext()  # type: ignore[assignment]  # the answer asks again
    assert client.customers.get("KF-1").id == "KF-1"
    assert client.tokens.token() == "access-1"
