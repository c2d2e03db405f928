"""The simulated systems over HTTP, as the operator's real ones would be reached (TMF640)."""

from __future__ import annotations

import secrets
import threading
from datetime import timedelta
from http import HTTPStatus

import anyio.to_thread
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.flows.adapters.activation import API, SERVICE, characteristics, values
from backend.flows.adapters.addresses import Address
from backend.flows.adapters.network import Answer, Answered, Call, NoAnswer, Pending
from backend.flows.simulators.systems import Simulators
from backend.rest.resource import Document
from backend.serving import Server, bind, url_of

_SYSTEM = "/{system}" + SERVICE


class SimulatedService:
    """Serves every simulated system on this machine, under a secret of this process.

    It starts when a system is first asked for, so a process that carries nothing out has none.
    """

    def __init__(self, simulators: Simulators, scale: float) -> None:
        self._simulators = simulators
        self._scale = scale
        self._lock = threading.Lock()
        self._secret = secrets.token_urlsafe(24)
        self._server: Server | None = None
        self._thread: threading.Thread | None = None
        self._url = ""

    def address(self, system: str) -> Address | None:
        """Where a system is reached; None for one that is not simulated."""
        if not self._simulators.knows(system):
            return None
        with self._lock:
            if self._server is None:
                self._start()
        return Address(f"{self._url}/{system}", token=self._secret)

    def stop(self) -> None:
        """End the server; requests that were begun are finished."""
        with self._lock:
            server, thread = self._server, self._thread
            self._server = self._thread = None
        if server is not None and thread is not None:
            server.stop()
            thread.join()

    def _start(self) -> None:
        listener = bind("127.0.0.1", 0)
        server = Server(self._app(), on_ready=_nothing, on_stopping=_nothing)
        thread = threading.Thread(
            target=server.run, args=([listener],), name="simulated-systems", daemon=True
        )
        thread.start()
        server.ready.wait()
        self._url, self._server, self._thread = url_of(listener), server, thread

    def _app(self) -> Starlette:
        return Starlette(routes=[Route(_SYSTEM, self._activate, methods=["POST"])])

    async def _activate(self, request: Request) -> Response:
        if not self._is_known(request):
            return _refused(HTTPStatus.UNAUTHORIZED, "Show a bearer token.")
        system, key = request.path_params["system"], request.headers.get("Idempotency-Key", "")
        try:
            asked = orjson.loads(await request.body())
            operation = str(asked["serviceSpecification"]["id"])
            call = Call(system, operation, key, values(asked.get("serviceCharacteristic")))
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return _refused(HTTPStatus.BAD_REQUEST, "The service is not written as TMF640 has it.")
        if not key or not self._simulators.knows(system, operation):
            return _refused(HTTPStatus.BAD_REQUEST, f"{system} does nothing called {operation}.")
        try:
            answer = await anyio.to_thread.run_sync(self._simulators.call, call)
        except NoAnswer as silence:
            return _refused(HTTPStatus.GATEWAY_TIMEOUT, str(silence))
        return self._told(call, answer)

    def _is_known(self, request: Request) -> bool:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(shown.encode(), self._secret.encode())

    def _told(self, call: Call, answer: Answer) -> Response:
        if isinstance(answer, Answered):
            return _json(HTTPStatus.CREATED, _service(call, answer.result))
        if isinstance(answer, Pending):
            left = answer.after / timedelta(seconds=self._scale)
            headers = {"Retry-After": str(int(left) + 1)}
            return _json(HTTPStatus.ACCEPTED, _monitor(call, left), headers)
        return _refused(HTTPStatus.UNPROCESSABLE_ENTITY, answer.reason)


def _service(call: Call, result: Document) -> Document:
    return {
        "@type": "Service",
        "id": call.key,
        "href": f"{SERVICE}/{call.key}",
        "state": "active",
        "serviceSpecification": {"id": call.operation},
        "serviceCharacteristic": characteristics(result),
    }


def _monitor(call: Call, left: float) -> Document:
    """Not done yet. `remainingSeconds` is ours: Retry-After knows whole seconds only."""
    return {
        "@type": "Monitor",
        "id": call.key,
        "href": f"{API}/monitor/{call.key}",
        "sourceHref": f"{SERVICE}/{call.key}",
        "state": "InProgress",
        "remainingSeconds": round(left, 3),
    }


def _refused(status: HTTPStatus, reason: str) -> Response:
    body = {
        "@type": "Error",
        "code": status.phrase,
        "reason": reason,
        "message": reason,
        "status": str(status.value),
    }
    return _json(status, body)


def _json(status: HTTPStatus, body: Document, headers: dict[str, str] | None = None) -> Response:
    return Response(orjson.dumps(body), status, headers, media_type="application/json")


def _nothing() -> None:
    """Nobody waits for this server."""
