"""Outermost layer of the server: an id, a log line and a figure for every request."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from uuid import uuid4

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.metrics import Metrics
from backend.rest.error_pages import answer

_LOG: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("backend.requests")
_SANE_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_QUIET_ROUTES = frozenset({"/health", "/metrics"})


class RequestsLog:
    """Logs method, path template, status, time and user id; never bodies, values or names."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        request_id = _request_id(scope["headers"])
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        status = 500
        begun = False

        async def send_with_id(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                begun = True
                status = message["status"]
                headers = [*message["headers"], (b"x-request-id", request_id.encode())]
                message = {**message, "headers": headers}
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except Exception as fault:  # noqa: BLE001 - the last place that can name it
            _LOG.error("fault", route=_route(scope), exc_info=fault)
            if not begun:
                await answer(500, "The server made a mistake. It is logged.")(
                    scope, receive, send_with_id
                )
        finally:
            self._note(scope, status, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = _route(scope)
        self._metrics.request(scope["method"], route, status, seconds)
        if route not in _QUIET_ROUTES:
            _LOG.info(
                "request",
                method=scope["method"],
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
                user_id=scope["state"].get("user_id"),
            )


def _request_id(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The caller's own id if it is sane, else a new one."""
    for name, value in headers:
        if name == b"x-request-id" and _SANE_ID.fullmatch(value):
            return value.decode()
    return uuid4().hex


def _route(scope: Scope) -> str:
    """The path's template: `/customer/{id}`; "-" where nothing answers."""
    return getattr(scope.get("route"), "path", "-")
