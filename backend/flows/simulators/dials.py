"""The dials of the simulated systems: read and turned by people, from the desk or the machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from backend.flows.simulators import records
from backend.flows.simulators.behaviour import BEHAVIOURS
from backend.rest.errors import NotFound
from backend.rest.resource import Document

RATES = ("unheard", "unanswered", "refused")


@dataclass(frozen=True, slots=True)
class Dial:
    """How a system misbehaves; rates from 0 to 1.

    `unheard`: a call is lost on the way. `unanswered`: the work is done and the answer lost.
    """

    delay: timedelta
    unheard: float = 0.0
    unanswered: float = 0.0
    refused: float = 0.0


def listed(connection: sa.Connection) -> list[Document]:
    """Every operation of every system, and how its dial stands."""
    turned = records.dials(connection)
    return [
        shown(system, operation, _dial(turned.get((system, operation)), behaviour.delay))
        for (system, operation), behaviour in sorted(BEHAVIOURS.items())
    ]


def dial_of(connection: sa.Connection, system: str, operation: str) -> Dial:
    """How the dial of one operation stands; NotFound."""
    behaviour = BEHAVIOURS.get((system, operation))
    if behaviour is None:
        raise NotFound(f"{system} does nothing called {operation}.", code="notFound")
    return _dial(records.dial(connection, system, operation), behaviour.delay)


def turn(
    connection: sa.Connection, system: str, operation: str, changes: Mapping[str, float]
) -> Document:
    """Turn a dial; what `changes` does not name (delay in seconds, rates) stays. NotFound."""
    dial = dial_of(connection, system, operation)
    rates = {name: float(changes.get(name, getattr(dial, name))) for name in RATES}
    delay = timedelta(seconds=changes["delay"]) if "delay" in changes else dial.delay
    dial = Dial(delay, **rates)
    keep(connection, system, operation, dial)
    return shown(system, operation, dial)


def keep(connection: sa.Connection, system: str, operation: str, dial: Dial) -> None:
    """Turn a dial as far as all of `dial` says."""
    rates = {name: float(getattr(dial, name)) for name in RATES}
    records.set_dial(connection, system, operation, dial.delay, **rates)


def seed(connection: sa.Connection) -> None:
    """The demo operator's systems fail now and then; dials that were turned before stay so."""
    turned = records.dials(connection)
    for (system, operation), behaviour in BEHAVIOURS.items():
        if behaviour.refused and (system, operation) not in turned:
            keep(connection, system, operation, Dial(behaviour.delay, refused=behaviour.refused))


def shown(system: str, operation: str, dial: Dial) -> Document:
    """A dial as it is told: the delay in seconds of the operator's time."""
    rates = {name: getattr(dial, name) for name in RATES}
    named = {"system": system, "operation": operation}
    return {**named, "delay": dial.delay.total_seconds(), **rates}


def _dial(row: sa.Row[tuple[object, ...]] | None, delay: timedelta) -> Dial:
    if row is None:
        return Dial(delay)
    return Dial(row.delay, row.unheard, row.unanswered, row.refused)
