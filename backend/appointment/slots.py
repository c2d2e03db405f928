"""Half days in which an engineer may come, in the operator's own time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.rest import events
from backend.rest.errors import Field, Refused
from backend.rest.resource import Document

ZONE = ZoneInfo("Europe/London")
SOON = timedelta(days=3)
"""The earliest visit of which people can still be told in time."""

AHEAD = timedelta(days=28)
"""So far ahead times are offered unless somebody asks for later ones."""

NOON = time(12)


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A half day: from and until such as `08:00`."""

    day: date
    begins: str
    ends: str

    @property
    def facts(self) -> Document:
        """As the engineers' calendar writes it, and letters call it."""
        return {
            "visit.day": self.day.isoformat(),
            "visit.from": self.begins,
            "visit.until": self.ends,
        }

    @property
    def period(self) -> Document:
        """As TMF646 writes it."""
        return {
            "startDateTime": _moment(self.day, self.begins),
            "endDateTime": _moment(self.day, self.ends),
        }

    @property
    def change_until(self) -> datetime:
        """Until noon of the day before it may be moved or given up."""
        return datetime.combine(self.day - timedelta(days=1), NOON, ZONE)


def from_facts(facts: Document) -> Slot:
    """The slot that the calendar wrote."""
    day = date.fromisoformat(str(facts["visit.day"]))
    return Slot(day, str(facts["visit.from"]), str(facts["visit.until"]))


def from_period(period: Document) -> Slot:
    """The slot that a client names; Refused unless it is a time within one day."""
    moments = [
        datetime.fromisoformat(period[name]).astimezone(ZONE)
        for name in ("startDateTime", "endDateTime")
        if period.get(name)
    ]
    if len(moments) < len(("start", "end")) or moments[0].date() != moments[1].date():
        sentence = "Name the beginning and the end of one of the free times."
        raise Refused(sentence, code="noSuchTime", fields=(Field("validFor", sentence),))
    return Slot(moments[0].date(), *(f"{moment:%H:%M}" for moment in moments))


def window(wanted: Iterable[Document], now: datetime) -> tuple[date, date]:
    """The first and the last day to look at, for the times that a client would like."""
    earliest = (now + SOON).astimezone(ZONE).date()
    days = [
        datetime.fromisoformat(period[name]).astimezone(ZONE).date()
        for period in wanted
        for name in ("startDateTime", "endDateTime")
        if period.get(name)
    ]
    first = max(earliest, min(days, default=earliest))
    return first, max(first, max(days, default=first + AHEAD))


def _moment(day: date, at: str) -> str:
    local = datetime.combine(day, time.fromisoformat(at), ZONE)
    return events.timestamp(local.astimezone(UTC))
