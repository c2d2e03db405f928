"""How the simulated systems behave: how long things take, what they answer and report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

import sqlalchemy as sa

from backend.flows.simulators import engineers
from backend.rest.resource import Document


def _nothing(_body: Document) -> Document:
    return {}


def _credit(body: Document) -> Document:
    """The class on file; who is not known there is as good as most."""
    return {"creditClass": body.get("creditClass") or "B"}


def _serials(body: Document) -> Document:
    return {"serials": [_number("KD", str(product["id"])) for product in body["products"]]}


def _parcel(body: Document) -> Document:
    return {"parcel.number": _number("KP", str(body["products"][0]["id"]))}


def _return_label(body: Document) -> Document:
    """A label for the way back of all that is named."""
    held = ", ".join(str(name) for name in body.get("names", ()))
    code = _number("KR", str(body["products"][0]["id"]))
    return {"return.code": code, "return.holds": held}


def _number(prefix: str, of: str) -> str:
    """The same seven digits for the same thing."""
    return f"{prefix}-{int.from_bytes(sha256(of.encode()).digest()[:4], 'big') % 10**7:07}"


def _company(body: Document) -> Document:
    """The register knows every company that gives a number."""
    return {"listed": bool(body.get("companyNumber")), "status": "active"}


def _visited(_body: Document, refused: bool) -> Document:  # noqa: FBT001 - as `Behaviour.reported`
    """How a visit went: a refused one is one to which nobody came."""
    return {"visit": "missed" if refused else "done"}


def _returned(_body: Document, refused: bool) -> Document | None:  # noqa: FBT001 - as there
    """A refused one never comes back."""
    return None if refused else {}


def _ported(body: Document, refused: bool) -> Document:  # noqa: FBT001 - as `Behaviour.reported`
    """What the donor says: the next working day that suits, or why the number may not go."""
    if refused:
        reason = _DONORS_REASONS[len(str(body.get("number", ""))) % len(_DONORS_REASONS)]
        return {"answer": "no", "port.reason": reason}
    day = date.fromisoformat(str(body["day"]))
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= _SATURDAY else 0)
    return {"answer": "yes", "port.day": day.isoformat()}


def _balance(body: Document) -> Document:
    """The same balance for the same line: pounds with two decimals."""
    pence = int.from_bytes(sha256(str(body.get("msisdn")).encode()).digest()[:2], "big") % 2000
    return {"balance": f"{pence / 100:.2f}", "currency": "GBP"}


def _topped_up(body: Document) -> Document:
    return {"voucher": _number("KV", str(body.get("msisdn"))), "amount": body.get("amount", "0.00")}


_SATURDAY = 5
_DONORS_REASONS = (
    "the code does not belong to this number",
    "the account at your old operator is not in your name",
)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Times are the operator's.

    `reports`: an event follows so long after the answer. With `reported`, which makes its facts
    of the call's body, a refusal is told there (None: by silence): the call itself is accepted.
    `refused` is how often that happens with the demo operator. `keeps` is for systems with tables
    of their own: the work of a call (by its key and body), done once; None when it can not be done.
    """

    delay: timedelta
    answer: Callable[[Document], Document] = _nothing
    reports: timedelta | None = None
    reported: Callable[[Document, bool], Document | None] | None = None
    refused: float = 0.0
    keeps: Callable[[sa.Connection, str, Document], Document | None] | None = None


_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def _takes(system: str, delay: timedelta, *operations: str) -> dict[tuple[str, str], Behaviour]:
    """Operations of a system that take equally long and bring nothing back."""
    return {(system, operation): Behaviour(delay) for operation in operations}


BEHAVIOURS: Mapping[tuple[str, str], Behaviour] = {
    ("credit", "assess"): Behaviour(timedelta(0), _credit),
    ("hlr", "create-profile"): Behaviour(20 * _MINUTE),
    **_takes("hlr", 5 * _MINUTE, "delete-profile", "bar", "unbar", "restore-sim", "kill-sim"),
    **_takes("hlr", 15 * _MINUTE, "activate-extras", "change-plan", "change-number", "bind-sim"),
    **_takes("hlr", 15 * _MINUTE, "change-settings", "remove-line"),
    ("hlr", "watch-attach"): Behaviour(timedelta(0), reports=2 * _HOUR),
    ("esim", "release-profile"): Behaviour(30 * _MINUTE),
    ("esim", "revoke-profile"): Behaviour(5 * _MINUTE),
    ("porting", "ask-donor"): Behaviour(5 * _MINUTE, reports=_DAY, reported=_ported, refused=0.06),
    ("porting", "withdraw"): Behaviour(5 * _MINUTE),
    ("porting", "switch-route"): Behaviour(_HOUR),
    **_takes("prepaid", 5 * _MINUTE, "create-profile", "delete-profile", "block", "unblock"),
    ("prepaid", "top-up"): Behaviour(timedelta(0), _topped_up),
    ("prepaid", "balance"): Behaviour(timedelta(0), _balance),
    **_takes("tv", 10 * _MINUTE, "entitle", "withdraw", "open-channels", "change-channels"),
    **_takes("tv", 5 * _MINUTE, "bar", "unbar"),
    ("tv", "watch-boot"): Behaviour(timedelta(0), reports=3 * _HOUR),
    **_takes(
        "billing",
        timedelta(0),
        "add-line",
        "change-line",
        "rest-line",
        "resume-line",
        "close-line",
        "final-bill",
    ),
    **_takes("access", 5 * _MINUTE, "check-line", "cancel-line", "bar", "unbar"),
    **_takes("access", _HOUR, "order-line", "connect-exchange", "cease-line"),
    **_takes("access", 15 * _MINUTE, "link-terminal", "change-speed", "change-settings"),
    ("access", "test-line"): Behaviour(10 * _MINUTE, refused=0.03),
    ("access", "order-jumper"): Behaviour(2 * _HOUR),
    ("dslam", "assign-port"): Behaviour(10 * _MINUTE),
    ("dslam", "release-port"): Behaviour(5 * _MINUTE),
    ("dslam", "test-sync"): Behaviour(15 * _MINUTE),
    **_takes("sip", 5 * _MINUTE, "create-account", "delete-account", "test-call", "bar", "unbar"),
    **_takes("sip", 15 * _MINUTE, "route-number", "change-number", "change-settings"),
    ("warehouse", "reserve-devices"): Behaviour(timedelta(0), _serials, refused=0.01),
    ("warehouse", "release-devices"): Behaviour(timedelta(0)),
    ("warehouse", "ship-devices"): Behaviour(30 * _MINUTE, _parcel),
    ("warehouse", "ship-sim"): Behaviour(30 * _MINUTE),
    ("warehouse", "make-label"): Behaviour(timedelta(0), _return_label),
    ("warehouse", "expect-return"): Behaviour(timedelta(0), reports=3 * _DAY, reported=_returned),
    ("calendar", "find-slots"): Behaviour(timedelta(0), keeps=engineers.find),
    ("calendar", "book-visit"): Behaviour(timedelta(0), engineers.usual, keeps=engineers.book),
    ("calendar", "move-visit"): Behaviour(timedelta(0), keeps=engineers.move),
    ("calendar", "cancel-visit"): Behaviour(timedelta(0), keeps=engineers.cancel),
    ("calendar", "remind"): Behaviour(timedelta(0), reports=4 * _HOUR),
    ("calendar", "watch-visit"): Behaviour(
        timedelta(0), reports=4 * _HOUR, reported=_visited, refused=0.02
    ),
    ("register", "check-emergency-address"): Behaviour(5 * _MINUTE),
    ("companies", "check-company"): Behaviour(5 * _MINUTE, _company),
    ("network", "provision"): Behaviour(30 * _MINUTE),
    ("network", "remove"): Behaviour(30 * _MINUTE),
}
"""What each operation of each system usually does: HLR (hlr), eSIM server (esim), porting hub
(porting), intelligent network of prepaid lines (prepaid), television platform (tv), access
network (access) and its exchanges (dslam), telephone exchange (sip), warehouse, engineer
calendar (calendar), credit bureau (credit), address register (register), business register
(companies), billing, and network for what has no system of its own.
"""
