"""A little HTTP server that does what a test tells it, faults of the network included."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


class Fault(Enum):
    """What may go wrong with one request; some before the server acts, some after."""

    DROPPED_BEFORE = "closed before it acted"
    DROPPED_AFTER = "closed after it acted, no answer"
    RESET_IN_BODY = "reset in the middle of the answer"
    TRUNCATED = "closed before the promised length"
    GARBAGE = "a page of a proxy instead of JSON"
    NOT_HTTP = "bytes that are no HTTP"
    BAD_GZIP = "a body that cannot be unpacked"
    SLOW = "no answer in time"
    STATUS_500 = "500 after it acted"
    STATUS_502 = "502 of a gateway, after it acted"
    STATUS_503 = "503 before it acted"
    STATUS_503_LATER = "503 with a short Retry-After"
    STATUS_429 = "429 before it acted"


@dataclass(frozen=True, slots=True)
class Reply:
    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of(document: object, status: int = 200, **headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Reply(status, json.dumps(document).encode(), named)


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    raw_query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def document(self) -> Any:
        return json.loads(self.body)


Answering = Callable[[Request], Reply]


class Server:
    """Answers by `answering`; the next requests suffer `faults`, one each.

    Changes with a key are acted on once and then answered as the first time; `effects` counts
    what was done, by key or, without one, by path.
    """

    def __init__(self) -> None:
        self.answering: Answering = lambda _request: Reply()
        self.faults: deque[Fault] = deque()
        self.requests: list[Request] = []
        self.effects: Counter[str] = Counter()
        self.kept: dict[str, Reply] = {}
        self.arrived = threading.Event()
        self.released = threading.Event()
        self.lock = threading.Lock()
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.script = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def says(self, document: object, status: int = 200, **headers: str) -> None:
        """The same answer to everything."""
        self.answering = lambda _request: Reply.of(document, status, **headers)

    def close(self) -> None:
        self.released.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def act(self, request: Request) -> Reply:
        key = request.headers.get("idempotency-key") or (
            request.path if request.method == "PUT" else ""
        )
        with self.lock:
            if key in self.kept:
                return self.kept[key]
            reply = self.answering(request)
            if request.method != "GET":
                self.effects[key or request.path] += 1
            if key:
                self.kept[key] = reply
            return reply


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    script: Server

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def answer(self) -> None:
        script = self.server.script
        request = self._request()
        with script.lock:
            script.requests.append(request)
            fault = script.faults.popleft() if script.faults else None
        if fault is None:
            self._send(script.act(request))
        else:
            self._fail(fault, request)
        script.arrived.set()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - names of http.server

    def log_message(self, *args: object) -> None:
        """Tests read `requests` instead."""

    def _request(self) -> Request:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", "0")))
        query = tuple(parse_qsl(parts.query, keep_blank_values=True))
        return Request(self.command, parts.path, query, parts.query, headers, body)

    def _send(self, reply: Reply, *, promised: int | None = None) -> None:
        self.send_response(reply.status)
        if not any(name.lower() == "content-type" for name in reply.headers):
            self.send_header("Content-Type", "application/json")
        if not {"Transfer-Encoding", "Content-Length"} & set(reply.headers):
            length = len(reply.body) if promised is None else promised
            self.send_header("Content-Length", str(length))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)
        self.wfile.flush()

    def _fail(self, fault: Fault, request: Request) -> None:
        if fault in _REFUSED:
            self._send(_REFUSED[fault])
            return
        self.close_connection = True
        if fault is Fault.DROPPED_BEFORE:
            return
        script = self.server.script
        reply = script.act(request)
        if fault in _SPOILT:
            self._send(_SPOILT[fault])
        elif fault is Fault.SLOW:
            script.arrived.set()
            script.released.wait()
        elif fault is Fault.NOT_HTTP:
            self.wfile.write(b"\x00\xff 200 what?\r\n\r\n")
        elif fault in {Fault.TRUNCATED, Fault.RESET_IN_BODY}:
            half = Reply(reply.status, reply.body[: len(reply.body) // 2])
            self._send(half, promised=len(reply.body) + 10)
        if fault is Fault.RESET_IN_BODY:
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


_HTML = {"Content-Type": "text/html"}
_REFUSED = {
    Fault.STATUS_503: Reply.of({"reason": "Busy."}, 503),
    Fault.STATUS_503_LATER: Reply.of({"reason": "Busy."}, 503, Retry_After="1"),
    Fault.STATUS_429: Reply.of({"reason": "Too many."}, 429, Retry_After="0"),
}
_SPOILT = {
    Fault.STATUS_500: Reply.of({"reason": "Out of order.", "code": "oops"}, 500),
    Fault.STATUS_502: Reply(502, b"<html>Bad gateway</html>", _HTML),
    Fault.GARBAGE: Reply(200, b"<html>Welcome to the network</html>", _HTML),
    Fault.BAD_GZIP: Reply(200, b"no gzip at all", {"Content-Encoding": "gzip"}),
}


def packed(body: bytes) -> Reply:
    """A body in gzip."""
    return Reply(200, gzip.compress(body), {"Content-Encoding": "gzip"})


def pages(rows: list[dict[str, Any]], *, most: int = 500, count: bool = True) -> Answering:
    """A list as TMF630 pages it, shrinking the limit to `most`."""

    def answer(request: Request) -> Reply:
        query = dict(request.query)
        offset = int(query.get("offset", "0"))
        part = rows[offset : offset + min(int(query.get("limit", "50")), most)]
        headers = {"X_Total_Count": str(len(rows))} if count else {}
        status = 200 if offset == 0 and len(part) == len(rows) else 206
        return Reply.of(part, status, **headers)

    return answer


def running() -> Iterator[Server]:
    server = Server()
    try:
        yield server
    finally:
        server.close()
