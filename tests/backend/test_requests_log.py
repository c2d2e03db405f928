"""Every request has an id, one line in the log and one more in the figures."""

from __future__ import annotations

import asyncio
import logging

import pytest
import requests
from starlette.types import Message, Receive, Scope, Send

from backend import logs
from backend.metrics import Metrics
from backend.requests_log import RequestsLog
from tests.support.backend import RunningBackend
from tests.support.waiting import eventually


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [
        record.msg
        for record in caplog.records
        if record.name == "backend.requests" and isinstance(record.msg, dict)
    ]


def routes(caplog: pytest.LogCaptureFixture) -> list[object]:
    return [line["route"] for line in lines(caplog)]


def test_a_sane_id_is_taken_over_and_sent_back(shared_backend: RunningBackend) -> None:
    answer = shared_backend.call("GET", "/auth/me", headers={"X-Request-Id": "desk-1.call_7"})
    assert answer.headers["X-Request-Id"] == "desk-1.call_7"


@pytest.mark.parametrize("given", ["", "x" * 65, "two words", "æ".encode().decode("latin-1"), "{}"])
def test_any_other_id_is_replaced(shared_backend: RunningBackend, given: str) -> None:
    answer = shared_backend.call("GET", "/auth/me", headers={"X-Request-Id": given})
    assert answer.headers["X-Request-Id"] != given
    assert len(answer.headers["X-Request-Id"]) == 32


def test_a_line_has_the_template_of_the_path_and_no_values(
    shared_backend: RunningBackend, caplog: pytest.LogCaptureFixture
) -> None:
    path = "/tmf-api/customerManagement/v4/customer/KF-SECRET?fields=name"
    route = "/tmf-api/customerManagement/v4/customer/{id}"
    assert shared_backend.call("GET", path).status_code == 404
    eventually(lambda: route in routes(caplog))  # it is written after the answer is sent
    line = lines(caplog)[routes(caplog).index(route)]
    assert (line["method"], line["status"], line["user_id"]) == ("GET", 404, "demo-agent")
    assert "SECRET" not in caplog.text


def test_a_request_counts_in_the_figures(shared_backend: RunningBackend) -> None:
    def figures() -> requests.Response:
        return shared_backend.call("GET", "/metrics", user=None)

    shared_backend.call("GET", "/auth/me")
    line = 'jackfield_request_seconds_count{method="GET",route="/auth/me",status="200"}'
    eventually(lambda: line in figures().text)
    assert figures().headers["Content-Type"].startswith("text/plain")


def test_looks_of_the_monitoring_are_counted_but_not_logged(
    shared_backend: RunningBackend, caplog: pytest.LogCaptureFixture
) -> None:
    shared_backend.call("GET", "/health", user=None)
    shared_backend.call("GET", "/auth/me")
    eventually(lambda: "/auth/me" in routes(caplog))
    assert "/health" not in routes(caplog)


def test_a_fault_nobody_caught_is_answered_and_named_without_its_text(
    caplog: pytest.LogCaptureFixture, expected_log: list[str]
) -> None:
    expected_log.append("ZeroDivisionError")
    logs.join_structlog()
    sent: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ZeroDivisionError("of 07700 900471")

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    asyncio.run(RequestsLog(app, Metrics())(scope, receive, send))
    assert sent[0]["status"] == 500
    assert any(record.levelno == logging.ERROR for record in caplog.records)
    assert "900471" not in caplog.text
