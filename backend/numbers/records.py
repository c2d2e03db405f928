"""Tables and queries of telephone numbers and their reservations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert

from backend.database import METADATA
from backend.numbers.grades import Grade
from backend.numbers.states import State

_TIME = sa.DateTime(timezone=True)

RANGE = sa.Table(
    "number_range",
    METADATA,
    sa.Column("first", sa.Text, primary_key=True),
    sa.Column("last", sa.Text, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("area", sa.Text, nullable=False),
    sa.Column("town", sa.Text),
    sa.Column("pool", sa.Text, nullable=False),
)

RESERVATION = sa.Table(
    "number_reservation",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("draft_id", sa.Text, nullable=False, index=True),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("holder", sa.Text, nullable=False),
    sa.Column("reseller", sa.Text),
    sa.Column("numbers", ARRAY(sa.Text), nullable=False),
    sa.Column("settled", ARRAY(sa.Text), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created", _TIME, nullable=False),
    sa.Column("until", _TIME, nullable=False),
)

NUMBER = sa.Table(
    "telephone_number",
    METADATA,
    sa.Column("value", sa.Text, primary_key=True),
    sa.Column("display", sa.Text, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("area", sa.Text, nullable=False),
    sa.Column("town", sa.Text),
    sa.Column("pool", sa.Text, nullable=False),
    sa.Column("customer_id", sa.Text),
    sa.Column("grade", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("memorable", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("until", _TIME),
    sa.Column("reservation_id", sa.Text, sa.ForeignKey("number_reservation.id")),
    sa.Column("product_id", sa.Text),
    sa.Column("used_by", sa.Text),
    sa.Column("frozen_reason", sa.Text),
    sa.Column("revision", sa.BigInteger, nullable=False, server_default="1"),
    sa.Column("last_update", _TIME, nullable=False),
)


@dataclass(frozen=True, slots=True)
class TelephoneNumber:
    """One number, in the state it is in now: what time has ended reads as free.

    `customer_id` owns the pool it is in; `used_by` is the customer whose product has it.
    """

    value: str
    display: str
    type: str
    area: str
    town: str | None
    pool: str
    customer_id: str | None
    grade: Grade
    state: State
    until: datetime | None
    reservation_id: str | None
    product_id: str | None
    used_by: str | None

    @property
    def use(self) -> dict[str, str | None]:
        """The facts that stay with a number as long as a product has it."""
        return {"product_id": self.product_id, "used_by": self.used_by}


@dataclass(frozen=True, slots=True)
class Reservation:
    """Numbers kept for one draft: held in the wizard, or reserved for a quote or an order.

    `settled` are those of them that a product has by now, or another hold of the same draft.
    """

    id: str
    draft_id: str
    user_id: str
    holder: str
    reseller: str | None
    numbers: tuple[str, ...]
    settled: tuple[str, ...]
    state: str
    created: datetime
    until: datetime


def free_at(now: datetime) -> sa.ColumnElement[bool]:
    """Free, or in a state that has ended: nobody needs to sweep for it."""
    number = NUMBER.c
    ended = sa.and_(number.until <= now, number.state != State.FROZEN.value)
    return sa.or_(number.state == State.FREE.value, ended)


def lock(connection: sa.Connection, values: Iterable[str], now: datetime) -> list[TelephoneNumber]:
    """The numbers, kept from everyone else until the transaction ends.

    Always locked in the same order, so that two transactions never wait for each other.
    """
    query = sa.select(NUMBER).where(NUMBER.c.value.in_(list(values)))
    query = query.order_by(NUMBER.c.value).with_for_update()
    return [_number(row, now) for row in connection.execute(query)]


def lock_of_reservation(
    connection: sa.Connection, reservation_ids: Sequence[str], now: datetime
) -> list[TelephoneNumber]:
    """What these reservations still keep, or kept last; locked."""
    query = sa.select(NUMBER).where(NUMBER.c.reservation_id.in_(reservation_ids))
    query = query.order_by(NUMBER.c.value).with_for_update()
    return [_number(row, now, keep_reservation=True) for row in connection.execute(query)]


def read(connection: sa.Connection, values: Iterable[str], now: datetime) -> list[TelephoneNumber]:
    query = sa.select(NUMBER).where(NUMBER.c.value.in_(list(values))).order_by(NUMBER.c.value)
    return [_number(row, now) for row in connection.execute(query)]


def by_product(connection: sa.Connection, product_id: str, now: datetime) -> list[TelephoneNumber]:
    query = sa.select(NUMBER).where(NUMBER.c.product_id == product_id).order_by(NUMBER.c.value)
    return [_number(row, now) for row in connection.execute(query)]


def lock_free(
    connection: sa.Connection, now: datetime, count: int, *conditions: sa.ColumnElement[bool]
) -> list[str]:
    """The next free numbers that nobody else is taking at this moment; locked.

    A number another transaction has locked is passed over, so seekers never queue up.
    """
    query = sa.select(NUMBER.c.value).where(free_at(now), *conditions)
    query = query.order_by(NUMBER.c.value).limit(count).with_for_update(skip_locked=True)
    return list(connection.scalars(query))


def nearest_free(
    connection: sa.Connection, taken: TelephoneNumber, now: datetime, besides: Iterable[str]
) -> str | None:
    """The free number of the same kind and grade that is closest by value."""
    number = NUMBER.c
    distance = sa.func.abs(
        sa.cast(number.value, sa.BigInteger) - sa.cast(sa.literal(taken.value), sa.BigInteger)
    )
    query = (
        sa.select(number.value)
        .where(
            free_at(now),
            number.type == taken.type,
            number.area == taken.area,
            number.pool == taken.pool,
            number.customer_id.is_not_distinct_from(taken.customer_id),
            number.grade == taken.grade.value,
            number.value.not_in(list(besides)),
        )
        .order_by(distance, number.value)
        .limit(1)
    )
    found: str | None = connection.scalar(query)
    return found


def move(
    connection: sa.Connection, values: Iterable[str], state: State, now: datetime, **facts: Any
) -> None:
    """Put numbers into a state with just the facts that belong to it; all others go."""
    clean: dict[str, Any] = dict.fromkeys(
        ("until", "reservation_id", "product_id", "used_by", "frozen_reason")
    )
    connection.execute(
        sa.update(NUMBER)
        .where(NUMBER.c.value.in_(list(values)))
        .values(
            state=state.value,
            revision=NUMBER.c.revision + 1,
            last_update=now,
            **clean | facts,
        )
    )


def hand_over(
    connection: sa.Connection, product_id: str, customer_id: str, now: datetime
) -> list[str]:
    """Another customer has the product; which numbers go with it."""
    number = NUMBER.c
    query = sa.update(NUMBER).where(
        number.product_id == product_id, number.used_by.is_distinct_from(customer_id)
    )
    query = query.values(used_by=customer_id, revision=number.revision + 1, last_update=now)
    return sorted(connection.scalars(query.returning(number.value)))


def add(connection: sa.Connection, row: dict[str, Any]) -> bool:
    """A new number; False when it is there already."""
    statement = insert(NUMBER).values(row).on_conflict_do_nothing().returning(NUMBER.c.value)
    return connection.execute(statement).first() is not None


def free_what_ended(connection: sa.Connection, now: datetime) -> int:
    """Write down what time has done already; returns how many numbers."""
    number = NUMBER.c
    ended = sa.and_(number.until <= now, number.state != State.FROZEN.value)
    return connection.execute(
        sa.update(NUMBER)
        .where(ended)
        .values(
            state=State.FREE.value,
            until=None,
            reservation_id=None,
            revision=number.revision + 1,
            last_update=now,
        )
    ).rowcount


def lend(connection: sa.Connection, first: str, last: str, customer_id: str, now: datetime) -> int:
    """Make the free numbers from `first` to `last` a customer's own pool; returns how many."""
    number = NUMBER.c
    return connection.execute(
        sa.update(NUMBER)
        .where(number.value.between(first, last), free_at(now), number.pool == "public")
        .values(
            pool="customer",
            customer_id=customer_id,
            revision=number.revision + 1,
            last_update=now,
        )
    ).rowcount


def ranges(connection: sa.Connection) -> list[sa.Row[Any]]:
    return list(connection.execute(sa.select(RANGE).order_by(RANGE.c.first)))


def add_reservation(connection: sa.Connection, reservation: Reservation) -> None:
    values = {name: getattr(reservation, name) for name in Reservation.__slots__}
    connection.execute(
        sa.insert(RESERVATION).values(
            **values | {"numbers": list(reservation.numbers), "settled": list(reservation.settled)}
        )
    )


def update_reservation(
    connection: sa.Connection, reservation_ids: Sequence[str], **values: Any
) -> None:
    query = sa.update(RESERVATION).where(RESERVATION.c.id.in_(reservation_ids))
    connection.execute(query.values(**values))


def settle(connection: sa.Connection, reservation: Reservation, values: Iterable[str]) -> None:
    """Those of these numbers that are its own have left the reservation for good."""
    gone = sorted(set(values) & set(reservation.numbers))
    connection.execute(
        sa.update(RESERVATION)
        .where(RESERVATION.c.id == reservation.id)
        .values(settled=RESERVATION.c.settled.op("||")(sa.cast(gone, ARRAY(sa.Text))))
    )


def reopen(
    connection: sa.Connection, reservation: Reservation, value: str, until: datetime
) -> None:
    """A number that had left a reservation comes back to it."""
    left = sa.func.array_remove(RESERVATION.c.settled, value)
    update_reservation(connection, [reservation.id], settled=left, state="reserved", until=until)


def forget_reservations(connection: sa.Connection, before: datetime) -> int:
    """Delete reservations that ended before then; returns how many."""
    kept = sa.select(NUMBER.c.value).where(NUMBER.c.reservation_id == RESERVATION.c.id)
    return connection.execute(
        sa.delete(RESERVATION).where(RESERVATION.c.until < before, ~sa.exists(kept))
    ).rowcount


def reservations(
    connection: sa.Connection, *conditions: sa.ColumnElement[bool]
) -> list[Reservation]:
    query = sa.select(RESERVATION).where(*conditions)
    query = query.order_by(RESERVATION.c.created, RESERVATION.c.id)
    return [
        Reservation(**{**row, "numbers": tuple(row["numbers"]), "settled": tuple(row["settled"])})
        for row in connection.execute(query).mappings()
    ]


def _number(row: sa.Row[Any], now: datetime, *, keep_reservation: bool = False) -> TelephoneNumber:
    state = State(row.state)
    ended = state.ends and row.until <= now
    return TelephoneNumber(
        value=row.value,
        display=row.display,
        type=row.type,
        area=row.area,
        town=row.town,
        pool=row.pool,
        customer_id=row.customer_id,
        grade=Grade(row.grade),
        state=State.FREE if ended else state,
        until=None if ended else row.until,
        reservation_id=None if ended and not keep_reservation else row.reservation_id,
        product_id=row.product_id,
        used_by=row.used_by,
    )
