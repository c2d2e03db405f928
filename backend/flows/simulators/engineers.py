"""The simulated calendar of engineers: two for each district, two half days a working day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from backend.database import METADATA
from backend.rest.resource import Document

VISIT = sa.Table(
    "simulated_visit",
    METADATA,
    sa.Column("booking", sa.Text, primary_key=True),
    sa.Column("area", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("half", sa.Text, nullable=False),
    sa.Column("engineer", sa.Integer, nullable=False),
    sa.UniqueConstraint("area", "day", "half", "engineer"),
)
"""Each engineer of a district is at one place at a time: the database keeps to it."""

HALVES: Mapping[str, str] = {"08:00": "12:00", "13:00": "17:00"}
ENGINEERS = 2
_SATURDAY = 5
_LONGEST = 90  # days ahead in which a booking without a time is placed
_MOST = 80  # times in one answer


def find(connection: sa.Connection, _key: str, body: Document) -> Document:
    """Half days in which at least one engineer of the district is free."""
    first, last = (date.fromisoformat(str(body[name])) for name in ("first", "last"))
    taken = _taken(connection, str(body["area"]), first, last)
    free = [
        _facts(day, half)
        for day in _working_days(first, last)
        for half in HALVES
        if taken.get((day, half), 0) < ENGINEERS
    ]
    return {"slots": free[:_MOST]}


def book(connection: sa.Connection, key: str, body: Document) -> Document | None:
    """The time that is named, else the first that is free; None when it is not."""
    area = str(body.get("area") or "")
    if "visit.day" in body:
        day, half = date.fromisoformat(str(body["visit.day"])), str(body["visit.from"])
        if day.weekday() >= _SATURDAY or half not in HALVES:
            return None
        wanted = [(day, half)]
    else:
        first = date.fromisoformat(str(body["earliest"]))
        days = _working_days(first, first + timedelta(days=_LONGEST))
        wanted = [(day, half) for day in days for half in HALVES]
    for day, half in wanted:
        if _take(connection, key, area, day, half):
            return {**_facts(day, half), "visit": key, **_place(body)}
    return None


def move(connection: sa.Connection, _key: str, body: Document) -> Document | None:
    """Another time for a booking; where it is not free, the old one is kept."""
    booking = str(body["visit"])
    with connection.begin_nested() as before:
        cancel(connection, booking, body)
        found = book(connection, booking, body)
        if found is None:
            before.rollback()
    return found


def cancel(connection: sa.Connection, _key: str, body: Document) -> Document:
    """The time is free again; a booking that is not there is none."""
    connection.execute(sa.delete(VISIT).where(VISIT.c.booking == str(body.get("visit"))))
    return {}


def usual(body: Document) -> Document:
    """A visit as it is when nobody is asked: the first working day, in the morning."""
    first = date.fromisoformat(str(body["earliest"]))
    day = next(_working_days(first, first + timedelta(days=_LONGEST)))
    return {**_facts(day, next(iter(HALVES))), **_place(body)}


def _taken(
    connection: sa.Connection, area: str, first: date, last: date
) -> dict[tuple[date, str], int]:
    query = sa.select(VISIT.c.day, VISIT.c.half, sa.func.count()).where(
        VISIT.c.area == area, VISIT.c.day.between(first, last)
    )
    rows = connection.execute(query.group_by(VISIT.c.day, VISIT.c.half))
    return {(row[0], row[1]): row[2] for row in rows}


def _take(connection: sa.Connection, booking: str, area: str, day: date, half: str) -> bool:
    for engineer in range(ENGINEERS):
        values = {"booking": booking, "area": area, "day": day, "half": half, "engineer": engineer}
        added = insert(VISIT).values(**values).on_conflict_do_nothing().returning(VISIT.c.booking)
        if connection.scalar(added) is not None:
            return True
    return False


def _working_days(first: date, last: date) -> Iterator[date]:
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        if day.weekday() < _SATURDAY:
            yield day


def _facts(day: date, half: str) -> Document:
    return {"visit.day": day.isoformat(), "visit.from": half, "visit.until": HALVES[half]}


def _place(body: Document) -> Document:
    return {"visit.place": body.get("place") or "your address"}
