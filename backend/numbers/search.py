"""Finds numbers for the wizard: by beginning or town, grade, digits, likeness, or word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import sqlalchemy as sa

from backend.access.caller import Caller
from backend.numbers import records
from backend.numbers.grades import Grade, keypad
from backend.numbers.holds import in_pool
from backend.numbers.moves import national
from backend.numbers.records import NUMBER, RESERVATION
from backend.numbers.states import State
from backend.rest.errors import Invalid
from backend.rest.resource import Context

MOST = 500
_COMPARED = 6


class How(Enum):
    """In which order numbers are offered, and which fit."""

    NEXT = "next"
    RANDOM = "random"
    CONTAINS = "contains"
    LIKE = "like"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the agent asked for. `prefix` is digits or a town; `digits` a word for WORD."""

    kind: str = "mobile"
    prefix: str = ""
    grade: Grade | None = None
    how: How = How.NEXT
    digits: str = ""
    pool: str = "public"
    draft: str = ""
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Offered:
    """A number as it is offered. `state` is available, held, or release (a supervisor's)."""

    value: str
    display: str
    memorable: str
    grade: Grade
    why: str
    once: Decimal
    state: str
    holder: str | None
    held_until: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """`total` counts all that fit; `grades` counts pool and beginning before grade and digits."""

    total: int
    grades: Mapping[Grade, int]
    numbers: tuple[Offered, ...]


def search(context: Context, wish: Wish) -> Found:
    """Numbers that are free or held just now; NotFound for the pool of an unseen customer."""
    beginning = [*in_pool(context, wish.kind, wish.pool), *_begins(context, wish)]
    offered = sa.or_(records.free_at(context.now), NUMBER.c.state == State.HELD.value)
    fitting = [*beginning, offered, *_fits(wish)]
    if wish.grade is not None:
        fitting.append(NUMBER.c.grade == wish.grade.value)
    count = sa.select(sa.func.count()).select_from(NUMBER).where(*fitting)
    grades = sa.select(NUMBER.c.grade, sa.func.count()).where(*beginning, offered)
    rows_by_grade = context.connection.execute(grades.group_by(NUMBER.c.grade))
    counted: dict[str, int] = {row[0]: row[1] for row in rows_by_grade}
    rows = (
        sa.select(NUMBER, RESERVATION.c.holder, RESERVATION.c.draft_id, RESERVATION.c.user_id)
        .outerjoin(RESERVATION, RESERVATION.c.id == NUMBER.c.reservation_id)
        .where(*fitting)
        .order_by(*_order(wish), NUMBER.c.value)
        .offset(wish.offset)
        .limit(min(wish.limit, MOST))
    )
    return Found(
        total=context.connection.scalar(count) or 0,
        grades={grade: counted.get(grade.value, 0) for grade in Grade},
        numbers=tuple(_offered(context, wish, row) for row in context.connection.execute(rows)),
    )


def _begins(context: Context, wish: Wish) -> list[sa.ColumnElement[bool]]:
    """The beginning as digits, or as a town (or the first letters of one)."""
    if not wish.prefix.strip():
        return []
    digits = _typed(wish)
    if digits:
        return [NUMBER.c.value.startswith(digits, autoescape=True)]
    name = wish.prefix.strip().casefold()
    towns = {
        one.town
        for one in records.ranges(context.connection)
        if one.town and one.town.casefold().startswith(name)
    }
    return [NUMBER.c.town.in_(towns)]


def _fits(wish: Wish) -> list[sa.ColumnElement[bool]]:
    if wish.how is How.CONTAINS and wish.digits:
        digits = "".join(sign for sign in wish.digits if sign.isascii() and sign.isdigit())
        if not digits:
            raise Invalid("Type the digits it should contain.", code="invalidDigits")
        return [_own_part(wish).contains(digits, autoescape=True)]
    if wish.how is How.WORD and wish.digits:
        keys = keypad(wish.digits)
        if keys is None:
            raise Invalid("Type a word of letters.", code="invalidWord")
        return [_own_part(wish).contains(keys, autoescape=True)]
    return []


def _own_part(wish: Wish) -> sa.ColumnElement[str]:
    """What tells a number from its neighbours: after the area code, and after what was typed."""
    skipped = sa.func.greatest(sa.func.length(NUMBER.c.area), len(_typed(wish)))
    return sa.func.substr(NUMBER.c.value, skipped + 1, type_=sa.Text)


def _typed(wish: Wish) -> str:
    return national(wish.prefix) if any(sign.isdigit() for sign in wish.prefix) else ""


def _order(wish: Wish) -> list[sa.ColumnElement[Any]]:
    if wish.how is How.RANDOM:  # the same draft sees the same order at every repaint
        return [sa.func.md5(NUMBER.c.value + wish.draft)]
    if wish.how is How.LIKE and (old := national(wish.digits)[-_COMPARED:]):
        equal = [
            sa.cast(sa.func.right(NUMBER.c.value, count) == old[-count:], sa.Integer)
            for count in range(1, len(old) + 1)
        ]
        places = [
            sa.cast(sa.func.substr(sa.func.right(NUMBER.c.value, place), 1, 1) == old[-place],
                    sa.Integer)
            for place in range(1, len(old) + 1)
        ]  # fmt: skip
        return [_sum(equal).desc(), _sum(places).desc()]
    return []


def _sum(terms: Sequence[sa.ColumnElement[int]]) -> sa.ColumnElement[int]:
    total: sa.ColumnElement[int] = terms[0]
    for term in terms[1:]:
        total += term
    return total


def _offered(context: Context, wish: Wish, row: sa.Row[Any]) -> Offered:
    grade = Grade(row.grade)
    held = row.state == State.HELD.value and row.until > context.now
    state = "held" if held else "available"
    if not held and grade.right is not None and grade.right not in context.caller.rights:
        state = "release"
    return Offered(
        value=row.value,
        display=row.display,
        memorable=row.memorable,
        grade=grade,
        why=_why(wish, row.why),
        once=grade.once,
        state=state,
        holder=_holder(context.caller, wish, row) if held else None,
        held_until=row.until if held else None,
    )


def _holder(caller: Caller, wish: Wish, row: sa.Row[Any]) -> str:
    """`me` for the draft that asks; a hold of another draft of mine is shown by my name."""
    mine = row.draft_id == wish.draft if wish.draft else row.user_id == caller.user_id
    return "me" if mine else str(row.holder)


def _why(wish: Wish, why: str) -> str:
    if wish.how is How.WORD and wish.digits:
        return f"spells {wish.digits.strip().upper()}"
    return why
