"""Network systems over HTTP, as TMF640 (service activation and configuration) has it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import requests

from backend.flows.adapters.addresses import Address
from backend.flows.adapters.network import Answer, Answered, Call, NoAnswer, Pending, Refusal
from backend.rest.resource import Document

API = "/tmf-api/ServiceActivationAndConfiguration/v4"
SERVICE = f"{API}/service"
_CONNECT = 3.05  # seconds; a little more than one retransmission of TCP
_AGAIN = 30.0  # seconds, where a system does not say when it will be done
_LARGEST = 1024 * 1024  # bytes of an answer
_NOT_NOW = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
)
_OURS = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
"""Our own set-up is wrong: another try may find it mended, a refusal would not be true."""


class Activation:
    """Asks each system at its own address.

    The key of a call travels as `Idempotency-Key` and, as `relatedEntity`, comes back with what
    the system reports later. 201 is done, 202 with a monitor is accepted and not done yet, any
    other 4xx is a refusal, and everything else is no answer. `address` gives None for a system
    that has none.
    """

    def __init__(self, address: Callable[[str], Address | None], scale: float = 1.0) -> None:
        self._address = address
        self._scale = scale
        self._own = threading.local()  # requests' sessions are not for several threads

    def call(self, call: Call) -> Answer:
        """As `NetworkSystems` says."""
        address = self._address(call.system)
        if address is None:
            raise NoAnswer(f"No address of {call.system} is known: see --systems.")
        try:
            answer = self._session().post(
                address.url + SERVICE,
                json=question(call),
                headers=_headers(call, address),
                timeout=(_CONNECT, address.seconds),
                allow_redirects=False,
            )
        except requests.RequestException as fault:
            raise NoAnswer(f"{call.system} did not answer.") from fault
        return self._read(call, answer)

    def _session(self) -> requests.Session:
        found: requests.Session | None = getattr(self._own, "session", None)
        if found is None:
            found = requests.Session()
            found.trust_env = False  # no proxy and no .netrc of the environment
            self._own.session = found
        return found

    def _read(self, call: Call, answer: requests.Response) -> Answer:
        status = answer.status_code
        body = _body(answer)
        if status in {HTTPStatus.CREATED, HTTPStatus.OK}:
            return Answered(values(body.get("serviceCharacteristic")))
        if status == HTTPStatus.ACCEPTED:
            return Pending(timedelta(seconds=_left(answer, body) * self._scale))
        refused = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
        if refused and status not in _NOT_NOW | _OURS:
            return Refusal(_reason(call, body))
        raise NoAnswer(f"{call.system} answered {status}.")


def question(call: Call) -> Document:
    """The service to be activated, as TMF640 creates one."""
    return {
        "@type": "Service",
        "state": "active",
        "serviceSpecification": {"id": call.operation},
        "serviceCharacteristic": characteristics(call.body),
        "relatedEntity": [{"id": call.key, "role": "request", "@referredType": "TaskFlow"}],
    }


def characteristics(facts: Mapping[str, Any]) -> list[Document]:
    """Facts as TMF's characteristics."""
    return [
        {"name": name, "value": value, "valueType": _type(value)} for name, value in facts.items()
    ]


def values(found: Any) -> Document:
    """Facts of TMF's characteristics; what is none is left out."""
    listed = found if isinstance(found, list) else []
    return {
        str(each["name"]): each.get("value")
        for each in listed
        if isinstance(each, dict) and "name" in each
    }


def _type(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list):
        return "array"
    return "object" if isinstance(value, dict) else "string"


def _headers(call: Call, address: Address) -> dict[str, str]:
    secret = {"Authorization": f"Bearer {address.token}"} if address.token else {}
    return {"Idempotency-Key": call.key, "Accept": "application/json", **secret}


def _body(answer: requests.Response) -> Document:
    if len(answer.content) > _LARGEST:
        return {}
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _left(answer: requests.Response, body: Document) -> float:
    """Seconds until it is worth asking again: as the monitor says, else Retry-After (RFC 9110)."""
    for said in (body.get("remainingSeconds"), answer.headers.get("Retry-After")):
        try:
            return max(0.0, float(str(said)))
        except ValueError:
            continue
    return _AGAIN


def _reason(call: Call, body: Document) -> str:
    said = body.get("reason") or body.get("message")
    return str(said)[:200] if said else f"{call.system} refused {call.operation}."
