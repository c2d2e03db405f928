"""The backend as the desk's tests use it: it can be spoiled and mended."""

from __future__ import annotations

import pytest
import requests

from tests.support.backend import RunningBackend


def test_offline_nobody_listens_and_online_it_is_as_before(backend: RunningBackend) -> None:
    token = backend.token("agent")
    url = backend.url
    backend.offline()
    with pytest.raises(requests.ConnectionError):
        backend.call("GET", "/auth/me")
    backend.online()
    assert (backend.url, backend.token("agent")) == (url, token)
    assert backend.call("GET", "/auth/me").status_code == 200


def test_it_can_fail_with_any_status(backend: RunningBackend) -> None:
    backend.token("agent")
    backend.fails_with(503)
    answer = backend.call("GET", "/auth/me")
    assert (answer.status_code, answer.json()["status"]) == (503, "503")
    backend.online()
    assert backend.call("GET", "/auth/me").status_code == 200


def test_it_can_be_slower_than_a_desk_waits(backend: RunningBackend) -> None:
    backend.slow(5)
    with pytest.raises(requests.Timeout):
        requests.get(f"{backend.url}/health", timeout=0.2)
