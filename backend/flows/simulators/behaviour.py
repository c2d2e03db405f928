"""How the simulated systems behave: how long things take, what they answer and report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from backend.rest.resource import Document


def _nothing(_body: Document) -> Document:
    return {}


def _credit(body: Document) -> Document:
    """The class on file; who is not known there is as good as most."""
    return {"creditClass": body.get("creditClass") or "B"}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Times are the operator's. `reports`: an event follows so long after the answer."""

    delay: timedelta
    answer: Callable[[Document], Document] = _nothing
    reports: timedelta | None = None


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
    ("network", "provision"): Behaviour(30 * _MINUTE),
    ("network", "remove"): Behaviour(30 * _MINUTE),
}
