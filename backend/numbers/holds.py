"""Numbers held for drafts, and kept for quotes and orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import uuid4

import sqlalchemy as sa

from backend.customer import rules as customers
from backend.numbers import records
from backend.numbers.moves import locked, move_all, national, taken
from backend.numbers.records import NUMBER, RESERVATION, Reservation, TelephoneNumber
from backend.numbers.states import HOLD, State
from backend.numbers.states import RESERVATION as KEPT
from backend.rest.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from backend.rest.resource import Context

_MOST_IN_ONE_HOLD = 200


def hold(context: Context, draft_id: str, values: Sequence[str]) -> Reservation:
    """Hold numbers for one draft for 15 minutes: all of them or none.

    The same numbers for the same draft again answer the reservation there is, prolonged.
    Raises NumberTaken, Forbidden (the grade needs a supervisor), Refused (no such number).
    """
    wanted = _wanted(values)
    numbers = records.lock(context.connection, wanted, context.now)
    if unknown := set(wanted) - {number.value for number in numbers}:
        raise Refused(f"There is no number {min(unknown)} here.", code="danglingReference")
    for number in numbers:
        require_allowed(context, number)
    own = {one.id for one in _of_draft(context, draft_id)}
    if (again := _same(own, numbers)) is not None:
        return prolong(context, again)
    for number in numbers:
        mine = number.state is State.HELD and number.reservation_id in own
        if number.state is not State.FREE and not mine:
            raise taken(context, number, wanted)
    made = _add_reservation(context, draft_id, wanted, HOLD)
    move_all(context, numbers, State.HELD, until=made.until, reservation_id=made.id)
    leave(context, (number.reservation_id for number in numbers), wanted, "cancelled")
    return made


def hold_again(context: Context, values: Sequence[str]) -> None:
    """Free numbers that an order of the caller's gave back are held as they were before it.

    Their reservations keep their ids; what was never held, or is taken meanwhile, is left alone.
    """
    wanted = sorted({national(value) for value in values})
    until = context.now + HOLD
    for number in records.lock(context.connection, wanted, context.now):
        kept_by = records.reservations(
            context.connection,
            RESERVATION.c.user_id == context.caller.user_id,
            RESERVATION.c.settled.contains([number.value]),
        )
        if number.state is not State.FREE or not kept_by:
            continue
        reservation = kept_by[-1]
        records.reopen(context.connection, reservation, number.value, until)
        move_all(context, [number], State.HELD, until=until, reservation_id=reservation.id)


def hold_next(
    context: Context,
    draft_id: str,
    count: int,
    *,
    kind: str = "mobile",
    pool: str = "public",
    prefix: str = "",
    grade: str = "standard",
) -> Reservation:
    """Hold the next free numbers of a kind, passing over what others are taking just now."""
    if not 0 < count <= _MOST_IN_ONE_HOLD:
        raise Invalid(f"Ask for 1 to {_MOST_IN_ONE_HOLD} numbers.", code="invalidQuantity")
    found = records.lock_free(
        context.connection,
        context.now,
        count,
        *in_pool(context, kind, pool),
        NUMBER.c.value.startswith(national(prefix), autoescape=True),
        NUMBER.c.grade == grade,
    )
    if len(found) < count:
        raise Conflict(
            f"Only {len(found)} such numbers are free.",
            "Choose another town or grade.",
            code="tooFewNumbers",
        )
    return hold(context, draft_id, found)


def reserve(
    context: Context, draft_id: str, value: str, reservation_id: str | None = None
) -> Reservation:
    """Keep one number for 28 days: a free one, or one that this reservation holds.

    Raises NumberTaken, Forbidden (the grade needs a supervisor), Refused (no such number).
    """
    number = locked(context, value)
    kept = number.reservation_id
    if number.state is State.FREE:
        require_allowed(context, number)
    elif kept is None or kept != reservation_id:
        raise taken(context, number, [number.value])
    made = _add_reservation(context, draft_id, [number.value], KEPT)
    move_all(context, [number], State.RESERVED, until=made.until, reservation_id=made.id)
    leave(context, [kept, reservation_id], [number.value], "completed")
    return made


def prolong(context: Context, reservation_id: str) -> Reservation:
    """Give a hold its full time again, also when it ran out and nobody took the numbers.

    Raises NumberTaken when somebody did, Conflict when the reservation was ended.
    """
    reservation = find_reservation(context, reservation_id)
    numbers = _kept(context, reservation)
    if all(number.state is State.RESERVED for number in numbers):
        return reservation
    until = context.now + HOLD
    move_all(context, numbers, State.HELD, until=until, reservation_id=reservation.id)
    records.update_reservation(context.connection, [reservation.id], until=until)
    return find_reservation(context, reservation_id)


def keep(context: Context, reservation_id: str, period: timedelta = KEPT) -> Reservation:
    """Turn a hold into a reservation for a quote or an order; 28 days unless said otherwise."""
    reservation = find_reservation(context, reservation_id)
    numbers = _kept(context, reservation)
    until = context.now + period
    move_all(context, numbers, State.RESERVED, until=until, reservation_id=reservation.id)
    records.update_reservation(context.connection, [reservation.id], until=until)
    return find_reservation(context, reservation_id)


def release(context: Context, reservation_id: str) -> None:
    """Give back what a reservation still keeps; NotFound when there never was one."""
    _release(context, [find_reservation(context, reservation_id).id])


def release_draft(context: Context, draft_id: str) -> None:
    """A draft is gone: so are all its holds."""
    _release(context, [one.id for one in _of_draft(context, draft_id)])


def find_reservation(context: Context, reservation_id: str) -> Reservation:
    """NotFound also for another reseller's reservation.

    Whoever knows the id may act on it: a supervisor holds a Platinum number for an agent's
    draft, and a draft is handed over with its holds.
    """
    found = records.reservations(
        context.connection, RESERVATION.c.id == reservation_id, *_of_reseller(context)
    )
    if not found:
        raise NotFound("There is no such reservation.", code="notFound")
    return found[0]


def own_reservations(context: Context, draft_id: str | None = None) -> list[Reservation]:
    """The caller's reservations, or all that a draft ever had; the oldest first."""
    mine = (
        RESERVATION.c.user_id == context.caller.user_id
        if draft_id is None
        else RESERVATION.c.draft_id == draft_id
    )
    return records.reservations(context.connection, mine, *_of_reseller(context))


def state_of(context: Context, reservation: Reservation) -> str:
    """`reserved`, `completed`, `cancelled`, or `expired` when its time has run out."""
    if reservation.state == "reserved" and reservation.until <= context.now:
        return "expired"
    return reservation.state


def next_free(context: Context, kind: str = "mobile", pool: str = "public") -> TelephoneNumber:
    """The next free standard number, locked until the transaction ends; then `assign` it."""
    found = records.lock_free(
        context.connection,
        context.now,
        1,
        *in_pool(context, kind, pool),
        NUMBER.c.grade == "standard",
    )
    if not found:
        raise Conflict("There is no free number left.", code="tooFewNumbers")
    return records.lock(context.connection, found, context.now)[0]


def in_pool(context: Context, kind: str, pool: str) -> list[sa.ColumnElement[bool]]:
    """The conditions for a kind and pool: `public`, `business`, …, or `customer:KF-…`.

    NotFound when the caller may not see that customer.
    """
    name, _, customer_id = pool.partition(":")
    conditions = [NUMBER.c.type == kind, NUMBER.c.pool == name]
    if customer_id:
        customers.find(context, customer_id)
        conditions.append(NUMBER.c.customer_id == customer_id)
    elif name == "customer":
        raise Invalid("Say whose pool: customer:KF-….", code="invalidPool")
    return conditions


def require_allowed(context: Context, number: TelephoneNumber) -> None:
    """Forbidden without the right to the grade; NotFound when it is an unseen customer's own."""
    right = number.grade.right
    if right is not None and right not in context.caller.rights:
        raise Forbidden(
            f"{number.display} is {number.grade.title}: you may not give it away.",
            "Ask a supervisor to release it.",
            code="gradeNotAllowed",
        )
    if number.customer_id is not None:
        customers.find(context, number.customer_id)


def leave(
    context: Context, reservation_ids: Iterable[str | None], values: Sequence[str], state: str
) -> None:
    """Numbers leave these reservations; those that keep nothing any more end in `state`."""
    ids = sorted({one for one in reservation_ids if one is not None})
    if not ids:
        return
    for one in records.reservations(context.connection, RESERVATION.c.id.in_(ids)):
        records.settle(context.connection, one, values)
    _close_empty(context, ids, state)


def _close_empty(context: Context, reservation_ids: Sequence[str], state: str) -> None:
    still_keeps = sa.select(NUMBER.c.value).where(NUMBER.c.reservation_id == RESERVATION.c.id)
    empty = [
        one.id
        for one in records.reservations(
            context.connection,
            RESERVATION.c.id.in_(reservation_ids),
            RESERVATION.c.state == "reserved",
            ~sa.exists(still_keeps),
        )
    ]
    if empty:
        records.update_reservation(context.connection, empty, state=state)


def _wanted(values: Sequence[str]) -> list[str]:
    wanted = sorted({national(value) for value in values})
    if not 0 < len(wanted) <= _MOST_IN_ONE_HOLD:
        raise Invalid(f"Name 1 to {_MOST_IN_ONE_HOLD} numbers.", code="invalidQuantity")
    return wanted


def _same(own: set[str], numbers: Sequence[TelephoneNumber]) -> str | None:
    """The draft's reservation that keeps all of these numbers already."""
    kept_by = {number.reservation_id for number in numbers}
    only = kept_by.pop() if len(kept_by) == 1 else None
    return only if only in own else None


def _add_reservation(
    context: Context, draft_id: str, values: Sequence[str], period: timedelta
) -> Reservation:
    caller = context.caller
    made = Reservation(
        id=uuid4().hex,
        draft_id=draft_id,
        user_id=caller.user_id,
        holder=_short(caller.name),
        reseller=caller.reseller,
        numbers=tuple(values),
        settled=(),
        state="reserved",
        created=context.now,
        until=context.now + period,
    )
    records.add_reservation(context.connection, made)
    return made


def _short(name: str) -> str:
    """Cosmo Pellwether is shown to colleagues as Cosmo P."""
    first, *others = name.split() or ["?"]
    return f"{first} {others[-1][0]}." if others else first


def _kept(context: Context, reservation: Reservation) -> list[TelephoneNumber]:
    """What the reservation names, locked; NumberTaken when somebody else has some of it."""
    if reservation.state != "reserved":
        raise Conflict("This reservation has ended.", "Hold the numbers again.", code="ended")
    numbers = records.lock_of_reservation(context.connection, [reservation.id], context.now)
    lost = set(reservation.numbers) - set(reservation.settled)
    lost -= {number.value for number in numbers}
    for number in records.read(context.connection, lost, context.now):
        if number.state is State.FREE:
            numbers += records.lock(context.connection, [number.value], context.now)
        else:
            raise taken(context, number, reservation.numbers)
    return numbers


def _release(context: Context, reservation_ids: Sequence[str]) -> None:
    numbers = records.lock_of_reservation(context.connection, reservation_ids, context.now)
    move_all(context, [one for one in numbers if one.state is not State.FREE], State.FREE)
    ended = [one.value for one in numbers if one.state is State.FREE]
    records.move(context.connection, ended, State.FREE, context.now)
    _close_empty(context, reservation_ids, "cancelled")


def _of_draft(context: Context, draft_id: str) -> list[Reservation]:
    return records.reservations(
        context.connection,
        RESERVATION.c.draft_id == draft_id,
        RESERVATION.c.state == "reserved",
        *_of_reseller(context),
    )


def _of_reseller(context: Context) -> list[sa.ColumnElement[bool]]:
    reseller = context.caller.reseller
    return [] if reseller is None else [RESERVATION.c.reseller == reseller]
