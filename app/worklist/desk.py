"""What a senior or a supervisor can do about orders that need somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from app.language import tr
from app.session import User
from app.worklist.journal import Notes, WorkJournal
from app.worklist.rows import Item, item_of
from app.worklist.typed import Typed
from backend_client.work import Work, WorkCounts

READ, ASSIGN = "work.read", "work.assign"
CAPABILITY = "work"
VIEWS = ("stuck", "tasks", "danger", "mine")
_MOST = 1000

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits in each view."""

    stuck: int = 0
    tasks: int = 0
    danger: int = 0
    mine: int = 0


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be given work."""

    id: str
    name: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """The list as it is; `total` may be more than is shown. `departments` have id, name, count."""

    items: tuple[Item, ...]
    total: int
    counts: Counts
    departments: tuple[tuple[str, str, int], ...]


class WorkDesk:
    """Work that waits, for one user. Calls but `may_read` and the journal's are for a thread."""

    def __init__(self, work: Work, notes: Notes, clock: Clock, user: User, *, there: bool) -> None:
        """`there` says whether the server offers its work list at all."""
        self._work = work
        self._clock = clock
        self._user = user
        self._there = there
        self.journal = WorkJournal(notes)

    @property
    def may_read(self) -> bool:
        return self._there and self._user.may(READ)

    def counts(self) -> Counts:
        """How much waits."""
        return _counts(self._work.listed(limit=1).counts)

    def listed(self, view: str, department: str = "") -> View:
        """One of VIEWS, all of it up to a thousand, the most urgent first."""
        mine = view == "mine"
        asked = "all" if mine else view
        found = page = self._work.listed(asked, department=department, mine=mine)
        rows = list(found.rows)
        while page.next and len(rows) < _MOST:
            page = self._work.listed(asked, department=department, mine=mine, after=page.next)
            rows += page.rows
        names = {each.id: each.name for each in found.departments}
        now = self._clock()
        return View(
            tuple(item_of(row, names, now) for row in rows),
            found.total,
            _counts(found.counts),
            tuple((each.id, each.name, each.count) for each in found.departments),
        )

    def people(self) -> tuple[Colleague, ...]:
        """Who may be given work, by name."""
        found = sorted(self._work.people(), key=lambda each: each.name.casefold())
        return tuple(Colleague(each.id, each.name, each.team or "") for each in found)

    def retry(self, item: Item) -> str:
        """Try a step again; a sentence on it."""
        self._work.retry(item.row)
        return tr("{step} is tried again.", step=item.step)

    def skip(self, item: Item, reason: str) -> str:
        self._work.skip(item.row, reason)
        self.journal.forget(item.id)
        return tr("{step} is passed over; the reason is kept with it.", step=item.step)

    def take_back(self, item: Item, reason: str) -> str:
        self._work.take_back(item.id, reason)
        self.journal.forget(item.id)
        return tr("What {flow} did is taken back, the last first.", flow=item.row.flow)

    def complete(self, item: Item, typed: Typed) -> str:
        """A task is done. Rejected names the field that is wrong."""
        self._work.complete(item.row, typed.answers)
        self.journal.forget(item.id)
        return tr("{step} is done.", step=item.step)

    def assign(self, item: Item, person: str | None) -> str:
        """Give a step to somebody ("me" for the user), or to nobody."""
        row = self._work.assign(item.id, person)
        if row.assignee is None:
            return tr("{step} is free for anybody.", step=item.step)
        return tr("{step} is with {name}.", step=item.step, name=row.assignee.name)


def _counts(found: WorkCounts) -> Counts:
    return Counts(found.stuck, found.tasks, found.danger, found.mine)


def missing(item: Item, typed: Typed) -> str:
    """The first field of the form that must be answered and is not; empty when none is."""
    return next(
        (each.name for each in item.form if each.required and each.name not in typed.answers), ""
    )
