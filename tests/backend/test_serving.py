"""The socket and the server on it."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest
from starlette.applications import Starlette

from backend.faults import ExitCode, StartError
from backend.serving import Server, bind, url_of


def test_port_0_takes_a_free_one_and_tells_which() -> None:
    with bind("127.0.0.1", 0) as listener:
        assert url_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_an_address_of_ipv6_is_written_as_a_url() -> None:
    with bind("::1", 0) as listener:
        assert url_of(listener).startswith("http://[::1]:")


def test_small_answers_are_not_held_back() -> None:
    with bind("127.0.0.1", 0) as listener:
        # asyncio switches Nagle's delay off only where the socket says so
        assert listener.proto == socket.IPPROTO_TCP


def test_a_connection_made_at_the_stop_does_not_hold_it_up() -> None:
    class Latecomer:
        """A connection that is open until somebody asks it to end."""

        def shutdown(self) -> None:
            open_ones.discard(self)

    def begun() -> None:
        server.stop()

    def stopping() -> None:  # what is made now is there when the stop has asked all it knew
        asyncio.get_running_loop().call_soon(open_ones.add, Latecomer())

    server = Server(Starlette(), on_ready=begun, on_stopping=stopping)
    open_ones: set[Any] = server.server_state.connections
    with bind("127.0.0.1", 0) as listener:
        server.run([listener])  # its log would say that it lost patience
    assert not open_ones


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "not an address"])
def test_an_address_that_is_not_ours_is_refused_in_one_sentence(host: str) -> None:
    with pytest.raises(StartError, match="cannot be used") as fault:
        bind(host, 0)
    assert fault.value.code is ExitCode.PORT


def test_a_port_is_not_shared() -> None:
    with bind("127.0.0.1", 0) as listener, pytest.raises(StartError, match="choose another"):
        bind("127.0.0.1", listener.getsockname()[1])
