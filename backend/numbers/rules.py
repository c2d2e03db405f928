"""What is decided about telephone numbers: who may hold, keep, use and give back which."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from backend.numbers import records
from backend.numbers.grades import grade_of
from backend.numbers.holds import (
    close_empty,
    find_reservation,
    hold,
    hold_next,
    keep,
    next_free,
    own_reservations,
    prolong,
    release,
    release_draft,
    require_allowed,
    state_of,
)
from backend.numbers.moves import NumberTaken, display, locked, locked_in, move, national, taken
from backend.numbers.records import Reservation, TelephoneNumber
from backend.numbers.states import State, quarantine_of
from backend.rest.errors import Invalid
from backend.rest.resource import Context

__all__ = [
    "NumberTaken",
    "Reservation",
    "State",
    "TelephoneNumber",
    "assign",
    "cancel_port_out",
    "display",
    "find",
    "find_reservation",
    "finish_port_out",
    "freeze",
    "hold",
    "hold_next",
    "keep",
    "lend",
    "national",
    "next_free",
    "of_product",
    "own_reservations",
    "port_in",
    "prolong",
    "quarantine",
    "refuse_port_in",
    "release",
    "release_draft",
    "start_port_out",
    "state_of",
    "tidy",
    "unassign",
    "unfreeze",
]


def find(context: Context, values: Iterable[str]) -> list[TelephoneNumber]:
    """The numbers among `values` that there are, with grade and price, by value."""
    return records.read(context.connection, map(national, values), context.now)


def of_product(context: Context, product_id: str) -> list[TelephoneNumber]:
    """The numbers that a product uses."""
    return records.by_product(context.connection, product_id, context.now)


def assign(
    context: Context, value: str, product_id: str, reservation_id: str | None = None
) -> TelephoneNumber:
    """Give a number to a product: a free one, one of this reservation, or one ported in.

    Doing it again for the same product changes nothing. Raises NumberTaken.
    """
    number = locked(context, value)
    if number.state is State.ASSIGNED and number.product_id == product_id:
        return number
    kept = number.reservation_id
    if number.state not in {State.FREE, State.PORTING_IN} and (
        kept is None or kept != reservation_id
    ):
        raise taken(context, number, [number.value])
    if number.state is State.FREE and reservation_id is None:
        require_allowed(context, number)
    assigned = move(context, number, State.ASSIGNED, product_id=product_id)
    close_empty(context, [kept, reservation_id], "completed")
    return assigned


def unassign(context: Context, value: str) -> TelephoneNumber:
    """Undo an assignment that never went into use: back to the pool without a rest.

    A number that is free already stays so.
    """
    number = locked_in(context, value, State.ASSIGNED, State.FREE)
    return number if number.state is State.FREE else move(context, number, State.FREE)


def quarantine(context: Context, value: str) -> TelephoneNumber:
    """The product ended: the number rests for 90 days, Gold and Platinum for 180."""
    number = locked(context, value)
    if number.state is State.QUARANTINE:
        return number
    until = context.now + quarantine_of(number.grade)
    return move(context, number, State.QUARANTINE, until=until)


def port_in(context: Context, value: str) -> TelephoneNumber:
    """A customer brings this number from another operator; `assign` it when it arrives.

    A number of another operator's range is written down here. Refused when it is in use here.
    """
    number = national(value)
    if not records.read(context.connection, [number], context.now):
        _write_down(context, number)
    return move(context, locked_in(context, number, State.FREE), State.PORTING_IN)


def refuse_port_in(context: Context, value: str) -> TelephoneNumber:
    """The other operator refused: the number does not come."""
    return move(context, locked_in(context, value, State.PORTING_IN), State.FREE)


def start_port_out(context: Context, value: str) -> TelephoneNumber:
    """The customer takes the number along to another operator; it works here until then."""
    number = locked(context, value)
    return move(context, number, State.PORTING_OUT, product_id=number.product_id)


def cancel_port_out(context: Context, value: str) -> TelephoneNumber:
    """The customer stays."""
    number = locked_in(context, value, State.PORTING_OUT)
    return move(context, number, State.ASSIGNED, product_id=number.product_id)


def finish_port_out(context: Context, value: str) -> TelephoneNumber:
    """The number has left: frozen, so that nobody gets it, until it is given back."""
    number = locked_in(context, value, State.PORTING_OUT)
    number = quarantine(context, number.value)
    return move(context, number, State.FROZEN, frozen_reason="ported out", until=number.until)


def freeze(context: Context, value: str, reason: str) -> TelephoneNumber:
    """Nobody may move the number until `unfreeze`: fraud, or a wrong person complained.

    `reason` is for colleagues, one short sentence.
    """
    number = locked(context, value)
    return move(
        context,
        number,
        State.FROZEN,
        frozen_reason=reason,
        product_id=number.product_id,
        until=number.until,
    )


def unfreeze(context: Context, value: str) -> TelephoneNumber:
    """Back to what the number was: in use, resting until its day, or free."""
    number = locked_in(context, value, State.FROZEN)
    if number.product_id is not None:
        return move(context, number, State.ASSIGNED, product_id=number.product_id)
    if number.until is not None and number.until > context.now:
        return move(context, number, State.QUARANTINE, until=number.until)
    return move(context, number, State.FREE)


def lend(connection: sa.Connection, first: str, last: str, customer_id: str, now: datetime) -> int:
    """Make the free public numbers from `first` to `last` a customer's own; how many it was."""
    return records.lend(connection, national(first), national(last), customer_id, now)


def tidy(connection: sa.Connection, now: datetime) -> int:
    """Write down which states have ended. Nothing depends on it; a job may call it."""
    return records.free_what_ended(connection, now)


def _write_down(context: Context, number: str) -> None:
    if not (number.startswith("0") and 10 <= len(number) <= 11):  # noqa: PLR2004 - Ofcom's numbering plan: 0 and 9 or 10 digits
        raise Invalid(f"{number} is not a British number.", code="invalidNumber")
    graded = grade_of(number)
    shown = display(number)
    records.add(
        context.connection,
        [
            {
                "value": number,
                "display": shown,
                "type": "mobile" if number.startswith("07") else "fixed",
                "area": shown.split()[0],
                "pool": "port-in",
                "grade": graded.grade.value,
                "why": graded.why,
                "memorable": graded.memorable,
                "state": State.FREE.value,
                "last_update": context.now,
            }
        ],
    )
