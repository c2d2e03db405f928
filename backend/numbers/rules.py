"""What is decided about telephone numbers: who may hold, keep, use and give back which."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from backend.numbers import records
from backend.numbers.grades import grade_of
from backend.numbers.holds import (
    find_reservation,
    hold,
    hold_again,
    hold_next,
    keep,
    leave,
    next_free,
    own_reservations,
    prolong,
    release,
    release_draft,
    require_allowed,
    reserve,
    state_of,
)
from backend.numbers.moves import NumberTaken, display, locked, locked_in, move, national, taken
from backend.numbers.records import Reservation, TelephoneNumber
from backend.numbers.states import State, quarantine_of
from backend.resource_inventory import rules as inventory
from backend.rest.errors import Conflict, Invalid, Refused
from backend.rest.resource import Context

__all__ = [
    "NumberTaken",
    "Reservation",
    "State",
    "TelephoneNumber",
    "add",
    "assign",
    "cancel_port_out",
    "display",
    "find",
    "find_reservation",
    "finish_port_out",
    "freeze",
    "hand_over",
    "hold",
    "hold_again",
    "hold_next",
    "keep",
    "lend",
    "locked",
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
    "require_own_pool",
    "reserve",
    "start_port_out",
    "state_of",
    "tidy",
    "unassign",
    "unfreeze",
]


_REMEMBERED = timedelta(days=365)


def find(context: Context, values: Iterable[str]) -> list[TelephoneNumber]:
    """The numbers among `values` that there are, with grade and price, by value."""
    return records.read(context.connection, map(national, values), context.now)


def of_product(context: Context, product_id: str) -> list[TelephoneNumber]:
    """The numbers that a product uses."""
    return records.by_product(context.connection, product_id, context.now)


def assign(
    context: Context,
    value: str,
    product_id: str,
    reservation_id: str | None = None,
    *,
    customer_id: str | None = None,
) -> TelephoneNumber:
    """Give a number to a product: a free one, one of this reservation, or one ported in.

    `customer_id` is whose product it is: it bounds which reseller may see the number.
    Doing it again for the same product changes nothing. Raises NumberTaken.
    """
    number = locked(context, value)
    if number.state is State.ASSIGNED and number.product_id == product_id:
        return number
    require_own_pool(number, customer_id)
    kept = number.reservation_id
    if number.state not in {State.FREE, State.PORTING_IN} and (
        kept is None or kept != reservation_id
    ):
        raise taken(context, number, [number.value])
    if number.state is State.FREE and reservation_id is None:
        require_allowed(context, number)
    assigned = move(context, number, State.ASSIGNED, product_id=product_id, used_by=customer_id)
    leave(context, [kept, reservation_id], [number.value], "completed")
    return assigned


def require_own_pool(number: TelephoneNumber, customer_id: str | None) -> None:
    """Refused when the number is kept for another customer than this one; None: nobody asked."""
    if customer_id is not None and number.customer_id not in {None, customer_id}:
        raise Refused(
            f"{number.display} is kept for another customer.",
            "Choose another number.",
            code="numberNotAllowed",
        )


def hand_over(context: Context, product_id: str, customer_id: str) -> None:
    """The numbers of a product are used by another customer from now on."""
    changed = records.hand_over(context.connection, product_id, customer_id, context.now)
    inventory.announce(context, changed)


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
        add(context, number, "port-in")
    return move(context, locked_in(context, number, State.FREE), State.PORTING_IN)


def refuse_port_in(context: Context, value: str) -> TelephoneNumber:
    """The other operator refused: the number does not come."""
    return move(context, locked_in(context, value, State.PORTING_IN), State.FREE)


def start_port_out(context: Context, value: str) -> TelephoneNumber:
    """The customer takes the number along to another operator; it works here until then."""
    number = locked(context, value)
    return move(context, number, State.PORTING_OUT, **number.use)


def cancel_port_out(context: Context, value: str) -> TelephoneNumber:
    """The customer stays."""
    number = locked_in(context, value, State.PORTING_OUT)
    return move(context, number, State.ASSIGNED, **number.use)


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
        until=number.until,
        **number.use,
    )


def unfreeze(context: Context, value: str) -> TelephoneNumber:
    """Back to what the number was: in use, resting until its day, or free."""
    number = locked_in(context, value, State.FROZEN)
    if number.product_id is not None:
        return move(context, number, State.ASSIGNED, **number.use)
    if number.until is not None and number.until > context.now:
        return move(context, number, State.QUARANTINE, until=number.until)
    return move(context, number, State.FREE)


def add(context: Context, value: str, pool: str = "public") -> TelephoneNumber:
    """Write down a number that is new here, free; Conflict when it is there already."""
    number = national(value)
    if not (number.startswith("0") and 10 <= len(number) <= 11):  # noqa: PLR2004 - Ofcom's numbering plan: 0 and 9 or 10 digits
        raise Invalid(f"{number} is not a British number.", code="invalidNumber")
    graded, shown = grade_of(number), display(number)
    row = {
        "value": number,
        "display": shown,
        "type": "mobile" if number.startswith("07") else "fixed",
        "area": shown.split()[0],
        "pool": pool,
        "grade": graded.grade.value,
        "why": graded.why,
        "memorable": graded.memorable,
        "state": State.FREE.value,
        "last_update": context.now,
    }
    if not records.add(context.connection, row):
        raise Conflict(f"{shown} is there already.", code="exists")
    return locked(context, number)


def lend(connection: sa.Connection, first: str, last: str, customer_id: str, now: datetime) -> int:
    """Make the free public numbers from `first` to `last` a customer's own; how many it was."""
    return records.lend(connection, national(first), national(last), customer_id, now)


def tidy(connection: sa.Connection, now: datetime) -> int:
    """Write down which states have ended, and forget reservations after a year.

    Nothing depends on it; a job may call it. Returns how many numbers it was.
    """
    freed = records.free_what_ended(connection, now)
    records.forget_reservations(connection, now - _REMEMBERED)
    return freed
