"""How the simulated systems behave: how long things take, what they answer and report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from backend.rest.resource import Document


def _nothing(_body: Document) -> Document:
    return {}


def _credit(body: Document) -> Document:
    """The class on file; who is not known there is as good as most."""
    return {"creditClass": body.get("creditClass") or "B"}


def _slot(body: Document) -> Document:
    """The first working day from the earliest on, in the morning."""
    day = date.fromisoformat(str(body["earliest"]))
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= _SATURDAY else 0)
    found = {"visit.day": day.isoformat(), "visit.from": "08:00", "visit.until": "12:00"}
    return {**found, "visit.place": body.get("place") or "your address"}


def _serials(body: Document) -> Document:
    return {"serials": [_number("KD", str(product["id"])) for product in body["products"]]}


def _parcel(body: Document) -> Document:
    return {"parcel.number": _number("KP", str(body["products"][0]["id"]))}


def _number(prefix: str, of: str) -> str:
    """The same seven digits for the same thing."""
    return f"{prefix}-{int.from_bytes(sha256(of.encode()).digest()[:4], 'big') % 10**7:07}"


def _no_facts(_key: str) -> Document:
    return {}


def _visited(key: str) -> Document:
    """How a visit went: of a hundred two are missed, the same ones each time."""
    missed = sha256(key.encode()).digest()[0] < _MISSED * 256
    return {"visit": "missed" if missed else "done"}


_SATURDAY = 5
_MISSED = 0.02


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Times are the operator's.

    `reports`: an event follows so long after the answer, with the facts that `reported` gives
    for the call's key.
    """

    delay: timedelta
    answer: Callable[[Document], Document] = _nothing
    reports: timedelta | None = None
    reported: Callable[[str], Document] = _no_facts


_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)

BEHAVIOURS: Mapping[tuple[str, str], Behaviour] = {
    ("credit", "assess"): Behaviour(timedelta(0), _credit),
    ("hlr", "create-profile"): Behaviour(20 * _MINUTE),
    ("hlr", "delete-profile"): Behaviour(5 * _MINUTE),
    ("hlr", "watch-attach"): Behaviour(timedelta(0), reports=2 * _HOUR),
    ("hlr", "activate-extras"): Behaviour(15 * _MINUTE),
    ("esim", "release-profile"): Behaviour(30 * _MINUTE),
    ("warehouse", "ship-sim"): Behaviour(30 * _MINUTE),
    ("tv", "entitle"): Behaviour(10 * _MINUTE),
    ("tv", "withdraw"): Behaviour(10 * _MINUTE),
    ("billing", "add-line"): Behaviour(timedelta(0)),
    ("tv", "open-channels"): Behaviour(10 * _MINUTE),
    ("tv", "watch-boot"): Behaviour(timedelta(0), reports=3 * _HOUR),
    ("access", "check-line"): Behaviour(5 * _MINUTE),
    ("access", "order-line"): Behaviour(_HOUR),
    ("access", "cancel-line"): Behaviour(5 * _MINUTE),
    ("access", "link-terminal"): Behaviour(15 * _MINUTE),
    ("access", "test-line"): Behaviour(10 * _MINUTE),
    ("access", "order-jumper"): Behaviour(2 * _HOUR),
    ("access", "connect-exchange"): Behaviour(_HOUR),
    ("dslam", "assign-port"): Behaviour(10 * _MINUTE),
    ("dslam", "release-port"): Behaviour(5 * _MINUTE),
    ("dslam", "test-sync"): Behaviour(15 * _MINUTE),
    ("sip", "create-account"): Behaviour(5 * _MINUTE),
    ("sip", "delete-account"): Behaviour(5 * _MINUTE),
    ("sip", "route-number"): Behaviour(15 * _MINUTE),
    ("sip", "test-call"): Behaviour(5 * _MINUTE),
    ("warehouse", "reserve-devices"): Behaviour(timedelta(0), _serials),
    ("warehouse", "release-devices"): Behaviour(timedelta(0)),
    ("warehouse", "ship-devices"): Behaviour(30 * _MINUTE, _parcel),
    ("calendar", "book-visit"): Behaviour(timedelta(0), _slot),
    ("calendar", "cancel-visit"): Behaviour(timedelta(0)),
    ("calendar", "remind"): Behaviour(timedelta(0), reports=4 * _HOUR),
    ("calendar", "watch-visit"): Behaviour(timedelta(0), reports=4 * _HOUR, reported=_visited),
    ("register", "check-emergency-address"): Behaviour(5 * _MINUTE),
    ("network", "provision"): Behaviour(30 * _MINUTE),
    ("network", "remove"): Behaviour(30 * _MINUTE),
}
