"""What a worker tells of itself over HTTP: its health and its figures, and nothing else."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from backend.faults import ExitCode, StartError
from backend.health import Health
from backend.metrics import CONTENT_TYPE, Metrics

Page = Callable[[], tuple[HTTPStatus, str, bytes]]


@contextmanager
def shown(port: int | None, health: Health, metrics: Metrics) -> Iterator[int | None]:
    """Answer on this port of this machine meanwhile (0: a free one); the port it is.

    None shows nothing. StartError if the port is taken.
    """
    if port is None:
        yield None
        return
    pages: Mapping[str, Page] = {
        "/health": lambda: _health(health),
        "/health/live": lambda: _json(HTTPStatus.OK, {"status": "live"}),
        "/metrics": lambda: (HTTPStatus.OK, CONTENT_TYPE, metrics.render()),
    }
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), _answering(pages))
    except OSError as fault:
        raise StartError(
            ExitCode.PORT, f"Port {port} cannot be used: choose another with --metrics-port."
        ) from fault
    thread = threading.Thread(target=server.serve_forever, name="worker-page", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _health(health: Health) -> tuple[HTTPStatus, str, bytes]:
    parts = health.report()
    ready = all(state == "ready" for state in parts.values())
    body = {"status": "ready" if ready else "not ready", "parts": parts}
    return _json(HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE, body)


def _json(status: HTTPStatus, body: Mapping[str, object]) -> tuple[HTTPStatus, str, bytes]:
    return status, "application/json", json.dumps(body).encode()


def _answering(pages: Mapping[str, Page]) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        """Answers GET of the pages."""

        def do_GET(self) -> None:
            page = pages.get(self.path)
            if page is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            status, kind, body = page()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - theirs
            """Who watches asks often: that is no news."""

    return Answering
