"""Noise fails a test: warnings in the log, and sockets to other machines."""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Iterator

import pytest

_LOCAL_NAMES = {"localhost", ""}


@pytest.fixture(autouse=True)
def quiet_log(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """A record of WARNING or above fails the test, unless it took `expected_log`."""
    yield
    expected: list[str] = getattr(request.node, "expected_log", [])
    loud = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING
        and not any(text in record.getMessage() for text in expected)
    ]
    if loud:
        pytest.fail(f"unexpected log: {loud}", pytrace=False)


@pytest.fixture
def expected_log(request: pytest.FixtureRequest) -> list[str]:
    """Texts that this test expects in its log; append to it."""
    texts: list[str] = []
    request.node.expected_log = texts
    return texts


@pytest.fixture(autouse=True)
def no_foreign_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connecting to any machine but this one fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not _is_local(str(address[0])):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)  # type: ignore[arg-type]  # whatever the caller gave

    monkeypatch.setattr(socket.socket, "connect", guarded)


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in _LOCAL_NAMES
