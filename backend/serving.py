"""The HTTP server: bound before anything is started, stopped without losing a request."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from backend.faults import ExitCode, StartError

_FINISH_WITHIN = 10  # seconds a request may go on after the stop
_LATECOMERS = 0.05  # seconds between two looks for connections made at the stop


def bind(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """The socket to serve on; port 0 takes a free one. StartError if it is taken.

    Other processes may bind a `shared` one too; Linux shares connections out among them.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # named TCP: else asyncio leaves Nagle's delay on, and small answers take 40 ms
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as fault:
        listener.close()
        raise StartError(
            ExitCode.PORT,
            f"Port {port} of {host} cannot be used: stop what uses it, "
            "or choose another with --port.",
        ) from fault
    return listener


def url_of(listener: socket.socket) -> str:
    """Where the socket is reached, as a URL."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Server(uvicorn.Server):
    """uvicorn without its own signals; `stop` may be called from anywhere."""

    def __init__(
        self, app: ASGIApp, *, on_ready: Callable[[], None], on_stopping: Callable[[], None]
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                lifespan="on",
                timeout_keep_alive=30,
                timeout_graceful_shutdown=_FINISH_WITHIN,
            )
        )
        self._on_ready = on_ready
        self._on_stopping = on_stopping
        self.ready = threading.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to whoever runs the process."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.ready.clear()
        self._on_stopping()  # what never ends by itself: event streams
        late = asyncio.create_task(self._close_latecomers(set(self.server_state.connections)))
        try:
            await super().shutdown(sockets)
        finally:
            late.cancel()

    async def _close_latecomers(self, asked: set[Any]) -> None:
        """The server asks the connections it has at the stop, once, and then waits for all of them.

        One that was made in that very moment would stay open until its other end goes.
        """
        while True:
            await asyncio.sleep(_LATECOMERS)
            for connection in self.server_state.connections - asked:
                asked.add(connection)
                connection.shutdown()

    def stop(self) -> None:
        """Take no new requests, finish those begun, end."""
        self.should_exit = True
