"""The numbers step in words: rows, grades, holds with the time left, prices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.language import tr
from app.texts import money
from app.wizard.choices import Choices, Line, lines_of
from app.wizard.draft import Draft, Hold
from app.wizard.offers_view import split_name
from app.wizard.porting import lines_served, lines_to_choose
from backend_client.desk_records import FoundNumber, Numbers

GRADES = ("platinum", "gold", "silver", "bronze", "standard")
SOON = dt.timedelta(minutes=2)
_BARS = {"platinum": 4, "gold": 3, "silver": 2, "bronze": 1, "standard": 0}
HOLD = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number in the table. `bars` of four say its grade; not `free`: it cannot be ticked."""

    id: str
    lead: str
    memorable: str
    bars: int
    grade: str
    why: str
    once: str
    hold: str
    free: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A card at the side: a line that needs a number, with the one held for it."""

    line: str
    name: str
    number_type: str
    hold: Hold | None = None
    left: str = ""
    share: int = 0
    state: Literal["empty", "comes", "held", "soon", "over"] = "empty"
    grade: str = ""

    @property
    def words(self) -> str:
        """What there is to do for a line that holds no number."""
        if self.state == "comes":
            return tr("The old number of {name} comes along: nothing to choose.", name=self.name)
        return tr("A number for {name}: choose one, Enter holds it.", name=self.name)


def grade_name(grade: str) -> str:
    names = {
        "platinum": tr("Platinum"),
        "gold": tr("Gold"),
        "silver": tr("Silver"),
        "bronze": tr("Bronze"),
        "standard": tr("Standard"),
    }
    return names.get(grade, grade)


def bars_of(grade: str) -> int:
    """How many of four bars a grade fills."""
    return _BARS.get(grade, 0)


def head_line(lines: Iterable[Line]) -> str:
    """Which lines need a number, for the head."""
    names = [split_name(line.offer.name)[0] for line in lines]
    if not names:
        return tr("No line of this order needs a number")
    if len(names) == 1:
        return tr("{name} needs a number", name=names[0])
    every = ", ".join(dict.fromkeys(names))
    return tr("{count} lines need a number: {names}", count=len(names), names=every)


def rows(found: Numbers, held: Mapping[str, Hold], *, now: dt.datetime) -> tuple[NumberRow, ...]:
    """Rows of the table; what this draft holds is marked."""
    mine = {hold.number: hold for hold in held.values()}
    return tuple(_row(each, mine.get(each.id), now) for each in found.numbers)


def first_free(found: Numbers, held: Mapping[str, Hold]) -> str:
    """The first number that can be had and is not held yet; empty: there is none."""
    mine = {hold.number for hold in held.values()}
    free = (each.id for each in found.numbers if each.state == "available")
    return next((each for each in free if each not in mine), "")


def _row(found: FoundNumber, own: Hold | None, now: dt.datetime) -> NumberRow:
    memorable = found.memorable or ""
    lead = found.display.removesuffix(memorable) if memorable else found.display
    hold, free = "", found.state == "available"
    if own is not None:
        hold, free = tr("held for you {left}", left=_left(own.until, now)), True
    elif found.state == "held":
        holder = found.holder or tr("somebody")
        who = tr("you") if holder == "me" else holder
        left = _left(found.held_until, now)
        hold = tr("held by {who} {left}", who=who, left=left).rstrip()
    elif found.state == "release":
        hold = tr("supervisor releases")
    return NumberRow(
        id=found.id,
        lead=lead,
        memorable=memorable,
        bars=bars_of(found.grade),
        grade=grade_name(found.grade),
        why=found.why or "",
        once=money(found.once),
        hold=hold,
        free=free,
        mine=own is not None,
    )


def _left(until: dt.datetime | None, now: dt.datetime) -> str:
    """Time left as minutes and seconds, never below zero."""
    if until is None:
        return ""
    seconds = max(0, int((until - now).total_seconds()))
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def places(draft: Draft, choices: Choices | None, *, now: dt.datetime) -> tuple[Place, ...]:
    """One card for each line that needs a number, in the order of the lines."""
    if choices is None or draft.only_account:
        return ()
    lines, served = lines_of(draft.picks, choices), set(lines_served(draft, choices).values())
    return tuple(
        _place(line, draft.holds.get(line.key), now, comes=line.key in served) for line in lines
    )


def _place(line: Line, hold: Hold | None, now: dt.datetime, *, comes: bool) -> Place:
    name = split_name(line.offer.name)[0]
    if hold is None:
        return Place(line.key, name, line.number_type, state="comes" if comes else "empty")
    left = (hold.until - now) if hold.until else HOLD
    state: Literal["held", "soon", "over"] = "held"
    if left <= dt.timedelta():
        state = "over"
    elif left <= SOON:
        state = "soon"
    share = round(1000 * max(0.0, min(1.0, left / HOLD)))
    grade = grade_name(hold.grade)
    return Place(
        line.key, name, line.number_type, hold, _left(hold.until, now), share, state, grade
    )


def next_open(draft: Draft, choices: Choices | None) -> Line | None:
    """The first line whose number is still to be chosen."""
    return next(iter(lines_to_choose(draft, choices)), None) if choices is not None else None


def prices(
    draft: Draft, ticked: Iterable[FoundNumber]
) -> tuple[tuple[tuple[str, str, bool], ...], str]:
    """Price rows (number and grade, price, only ticked) and what the held ones cost once."""
    held = [
        (f"{hold.display}, {grade_name(hold.grade)}", money(Decimal(hold.once)), False)
        for hold in draft.holds.values()
    ]
    known = {hold.number for hold in draft.holds.values()}
    ready = [
        (
            tr("{number}, {grade}, ticked", number=each.display, grade=grade_name(each.grade)),
            money(each.once),
            True,
        )
        for each in ticked
        if each.id not in known
    ]
    total = sum((Decimal(hold.once) for hold in draft.holds.values()), Decimal(0))
    return (*held, *ready), money(total)
