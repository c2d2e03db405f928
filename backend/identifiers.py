"""The numbers people read over the phone: `KF-0041873-3`, with a check digit."""

from __future__ import annotations

import re
from enum import Enum

import sqlalchemy as sa
from stdnum import damm

_SHAPE = re.compile(r"(K[FAOTL])-([0-9]{7})-([0-9])")
_MOST = 9_999_999


class Kind(Enum):
    """What a number names; the value is its prefix and the sequence it is drawn from."""

    CUSTOMER = ("KF", "customer_number")
    ACCOUNT = ("KA", "account_number")
    ORDER = ("KO", "order_number")
    TICKET = ("KT", "ticket_number")
    LETTER = ("KL", "letter_number")

    @property
    def prefix(self) -> str:
        return self.value[0]

    @property
    def sequence(self) -> str:
        return self.value[1]


def format_number(kind: Kind, serial: int) -> str:
    """The number with its check digit.

    The digit is H. M. Damm's (2004): it catches every wrong digit and every swap of two
    neighbours, the two slips people make when they read a number aloud.
    """
    if not 0 <= serial <= _MOST:
        raise ValueError(f"{serial} does not fit into seven digits")
    digits = f"{serial:07d}"
    return f"{kind.prefix}-{digits}-{damm.calc_check_digit(digits)}"


def verify(text: str, kind: Kind | None = None) -> bool:
    """Whether `text` is a well-formed number (of that `kind`) with the right check digit."""
    match = _SHAPE.fullmatch(text)
    if match is None or (kind is not None and match[1] != kind.prefix):
        return False
    return bool(damm.is_valid(match[2] + match[3]))


def next_number(connection: sa.Connection, kind: Kind) -> str:
    """A number nobody had before; a rolled-back transaction leaves a gap."""
    serial = connection.scalar(sa.select(sa.func.nextval(kind.sequence)))
    return format_number(kind, int(serial or 0))
