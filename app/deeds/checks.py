"""What a deed still needs before it can be sent, and whether it can wait for the line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from app.customers.rows import telephone
from app.deeds.deed import Deed, several
from app.language import tr

LONGEST_REST = dt.timedelta(days=180)
"""A product rests for half a year at most."""
FACTS_NEEDED = 2
"""So many facts of the caller are compared before a SIM is changed."""
_ICCID = range(19, 21)
_NINE = 9
_URGENT = frozenset({"lost", "stolen", "fraud"})


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not right yet: the field, and one sentence that says what would be."""

    field: str
    text: str


def missing(deed: Deed, *, today: dt.date) -> tuple[Missing, ...]:
    """All that is not right yet, in the order of the fields."""
    found = {
        "suspend": _suspend,
        "sim": _sim,
        "number": _number,
        "owner": _owner,
        "move": _move,
    }.get(deed.name)
    return tuple(found(deed, today)) if found else ()


def is_urgent(deed: Deed) -> bool:
    """Whether it begins at once, without the ten seconds in which it could be undone."""
    return deed.name in {"suspend", "sim"} and deed.said("reason") in _URGENT


def can_wait(deed: Deed) -> bool:
    """Whether it may lie in the outbox until the line is back."""
    return deed.name in {"suspend", "resume"} and not is_urgent(deed)


def instead(deed: Deed) -> str:
    """What to do without a line, for what cannot wait."""
    if is_urgent(deed):
        return tr(
            "There is no connection, and this must not wait. Tell your supervisor the number "
            "{number}: the network desk can block it by hand.",
            number=telephone(deed.number),
        )
    return tr("There is no connection. This draft is kept: send it when the line is back.")


def iccid_problem(text: str) -> str:
    """What is wrong with an ICCID (ITU-T E.118: 89, at most 20 digits, Luhn); empty: nothing."""
    digits = "".join(text.split())
    if not digits:
        return ""
    if not digits.isascii() or not digits.isdigit() or not digits.startswith("89"):
        return tr("An ICCID has digits only and begins with 89.")
    if len(digits) not in _ICCID:
        return tr("An ICCID has 19 or 20 digits; these are {count}.", count=len(digits))
    if not luhn(digits):
        return tr("One digit is wrong: the check digit does not fit. Scan it again.")
    return ""


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it (ISO/IEC 7812-1)."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 + place % 2)
        total += value - _NINE if value > _NINE else value
    return total % 10 == 0


def until_of(deed: Deed) -> dt.date | None:
    return day_of(deed, "until")


def day_of(deed: Deed, field: str) -> dt.date | None:
    """A day that was chosen; None where none was."""
    said = deed.said(field)
    return dt.date.fromisoformat(said) if said else None


def _suspend(deed: Deed, today: dt.date) -> Iterator[Missing]:
    if not deed.said("reason"):
        yield Missing("reason", tr("Say why it is suspended."))
    until = until_of(deed)
    if until is not None and not today < until <= today + LONGEST_REST:
        yield Missing("until", tr("Choose a day within the next 180 days, or none."))


def _sim(deed: Deed, _today: dt.date) -> Iterator[Missing]:
    problem = iccid_problem(deed.said("iccid"))
    if problem and deed.said("kind") == "plastic":
        yield Missing("iccid", problem)
    if len(several(deed, "checked")) < FACTS_NEEDED:
        yield Missing("checked", tr("Compare two facts with what the caller says."))


def _number(deed: Deed, _today: dt.date) -> Iterator[Missing]:
    if deed.said("way") == "chosen" and deed.hold is None:
        yield Missing("digits", tr("Choose a number, or take the next free one."))


def _owner(deed: Deed, _today: dt.date) -> Iterator[Missing]:
    if not deed.taker_id:
        yield Missing("taker", tr("Find the new owner."))
    elif deed.taker_id == deed.customer_id:
        yield Missing("taker", tr("It is his already. Choose another customer."))
    if deed.agreement.at is None:
        yield Missing("agreed", tr("{name} must agree.", name=deed.customer_name))
    if deed.taker_id and deed.taker_agreement.at is None:
        yield Missing("takerAgreed", tr("{name} must agree.", name=deed.taker_name))


def _move(deed: Deed, today: dt.date) -> Iterator[Missing]:
    if not deed.address_id:
        yield Missing("address", tr("Choose the new address from the list."))
    day = day_of(deed, "day")
    if day is None:
        yield Missing("day", tr("Say on which day."))
    elif day < today:
        yield Missing("day", tr("Choose a day from today on."))
    if deed.address_id and any(not fate for fate in deed.fates.values()):
        yield Missing("fates", tr("Choose what becomes of each product."))
    if deed.agreement.at is None:
        yield Missing("agreed", tr("{name} must agree.", name=deed.customer_name))
