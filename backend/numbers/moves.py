"""Locking one telephone number and moving it to another state, with everyone told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import phonenumbers

from backend.numbers import records
from backend.numbers.records import TelephoneNumber
from backend.numbers.states import State, require_move
from backend.resource_inventory import rules as inventory
from backend.rest.errors import Conflict, Refused
from backend.rest.resource import Context


class NumberTaken(Conflict):
    """Somebody else has the number; `alternative` is the nearest free one of its grade."""

    alternative: str | None = None


def national(text: str) -> str:
    """The national digits of a number written in any way: +44 7700 900477 is 07700900477."""
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    for country in ("0044", "44"):
        if digits.startswith(country) and (country == "0044" or "+" in text):
            return "0" + digits.removeprefix(country).removeprefix("0")
    return digits


def display(value: str) -> str:
    """National digits as people read them, in groups."""
    try:
        parsed = phonenumbers.parse(value, "GB")
    except phonenumbers.NumberParseException:
        return value
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL))


def locked(context: Context, value: str) -> TelephoneNumber:
    """One number, kept from others until the transaction ends; Refused when there is none."""
    found = records.lock(context.connection, [national(value)], context.now)
    if not found:
        raise Refused(f"There is no number {national(value)} here.", code="danglingReference")
    return found[0]


def taken(context: Context, number: TelephoneNumber, besides: Iterable[str]) -> NumberTaken:
    """The refusal for a number somebody else has, with the nearest free one."""
    nearest = records.nearest_free(context.connection, number, context.now, besides)
    advice = f"The nearest free one is {display(nearest)}." if nearest else "Choose another number."
    refusal = NumberTaken(f"{number.display} was taken meanwhile.", advice, "numberTaken")
    refusal.alternative = nearest
    return refusal


def locked_in(context: Context, value: str, *states: State) -> TelephoneNumber:
    """One number, locked; Refused unless it is in one of these states."""
    number = locked(context, value)
    if number.state not in states:
        raise Refused(
            f"{number.display} is {number.state.value}, so this can not be done.",
            code="illegalNumberState",
        )
    return number


def move(context: Context, number: TelephoneNumber, state: State, **facts: Any) -> TelephoneNumber:
    """Put one locked number into another state; Refused when the state does not allow it."""
    move_all(context, [number], state, **facts)
    return locked(context, number.value)


def move_all(
    context: Context, numbers: Sequence[TelephoneNumber], state: State, **facts: Any
) -> None:
    """Put locked numbers into another state with the facts that belong to it."""
    for number in numbers:
        require_move(number.display, number.state, state)
    values = [number.value for number in numbers]
    records.move(context.connection, values, state, context.now, **facts)
    if any(number.state is not state for number in numbers):
        inventory.announce(context, values)
