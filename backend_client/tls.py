"""The way to the network: trust of the operating system, and calls that can be interrupted."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

import truststore
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.response import HTTPResponse

from backend_client.cancel import Cancel

_CONNECTIONS = 32


class Adapter(HTTPAdapter):
    """Carries the calls of one client: never retries, never trusts more than the system does.

    A certificate is checked against the store of the operating system (and `ca_file`), not
    against the list that requests brings along.
    """

    def __init__(self, ca_file: Path | None) -> None:
        self._context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._context.minimum_version = ssl.TLSVersion.TLSv1_2
        if ca_file is not None:
            self._context.load_verify_locations(cafile=str(ca_file))
        self._calls = _Calls()
        super().__init__(pool_connections=4, pool_maxsize=_CONNECTIONS, max_retries=0)

    @contextmanager
    def ended_by(self, cancel: Cancel | None) -> Iterator[None]:
        """While inside, `cancel` breaks off what this thread waits for on the wire."""
        self._calls.cancel = cancel
        try:
            yield
        finally:
            self._calls.cancel = None

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return super().proxy_manager_for(proxy, ssl_context=self._context, **kwargs)

    def cert_verify(self, conn: Any, url: str, verify: object, cert: object) -> None:  # noqa: ARG002 - the signature is requests'
        """Always verify, by the context alone: requests would add its own list of roots."""
        conn.cert_reqs = "CERT_REQUIRED"

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> HTTPConnectionPool:
        pool = cast("HTTPConnectionPool", super().get_connection_with_tls_context(*args, **kwargs))
        kind = _WatchedTls if pool.scheme == "https" else _Watched
        pool.ConnectionCls = partial(kind, calls=self._calls)  # type: ignore[assignment]  # only ever called
        return pool


class _Calls(threading.local):
    """The cancel token of the call that the current thread is making."""

    cancel: Cancel | None = None


class _Watched(HTTPConnection):
    def __init__(self, *args: Any, calls: _Calls, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._calls = calls

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 itself does
        with _watching(self, self._calls):
            return super().getresponse()


class _WatchedTls(HTTPSConnection):
    def __init__(self, *args: Any, calls: _Calls, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._calls = calls

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 itself does
        with _watching(self, self._calls):
            return super().getresponse()


@contextmanager
def _watching(connection: HTTPConnection, calls: _Calls) -> Iterator[None]:
    """Waiting for the head of an answer is where a slow server holds a thread longest."""
    if calls.cancel is None or connection.sock is None:
        yield
        return
    with calls.cancel.watched_by(partial(_shut, connection.sock)):
        yield


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):  # gone already
        sock.shutdown(socket.SHUT_RDWR)
