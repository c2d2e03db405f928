"""Slows down guessing of passwords, per account and per address, for all servers together."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from backend.access import records
from backend.database import Database

_FORGET_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """After `free` failed tries each next one waits twice as long, at most `longest` seconds."""

    kind: str
    free: int
    longest: int

    def wait(self, failures: int) -> timedelta | None:
        over = failures - self.free
        return None if over < 0 else timedelta(seconds=min(2 ** min(over, 20), self.longest))


# NIST SP 800-63B 5.2.2 asks for at most 100 failed tries. Here 100 an hour are never reached:
# an account 19 in the first hour and 4 in each after; an address, which may be that of a whole
# office, 85 and 30.
ACCOUNT = Limit("account", free=5, longest=900)
ADDRESS = Limit("address", free=50, longest=120)


class Throttle:
    """Counts tries before they are checked, so that many at once gain nothing."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def take(self, account: str, address: str) -> timedelta | None:
        """Count a try; None if it may be checked, else how long to wait."""
        now = self._now()
        with self._database.begin() as connection:
            for limit, subject in _subjects(account, address):
                wait = _take(connection, limit, subject, now)
                if wait is not None:
                    return wait
        return None

    def succeeded(self, connection: sa.Connection, account: str, address: str) -> None:
        """The try was right: the account starts anew, the address gets this one back."""
        for limit, subject in _subjects(account, address):
            given_back = None if limit is ACCOUNT else 1
            records.forgive(connection, limit.kind, subject, given_back)
        records.forget_tries(connection, self._now() - _FORGET_AFTER)


def _subjects(account: str, address: str) -> list[tuple[Limit, bytes]]:
    # people type their password where the name belongs: only the digest is kept
    subjects = [(ACCOUNT, _digest(account))]
    if not _is_shared(address):
        subjects.append((ADDRESS, _digest(address)))
    return subjects


def _is_shared(address: str) -> bool:
    """Whether the address tells nothing: this machine, or a proxy on it, with all its users."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _take(
    connection: sa.Connection, limit: Limit, subject: bytes, now: datetime
) -> timedelta | None:
    count = records.count_try(connection, limit.kind, subject, now, forget_after=_FORGET_AFTER)
    if count is None:
        until = records.blocked_until(connection, limit.kind, subject)
        return (until or now) - now
    if (wait := limit.wait(count)) is not None:
        records.block(connection, limit.kind, subject, now + wait)
    return None
