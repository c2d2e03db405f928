"""Passwords: kept as Argon2id, checked in the same time whether or not the user exists."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, 2 passes, 1 lane
_PASSES, _KIBIBYTES, _LANES = 2, 19_456, 1
_LONGEST = 256
_AT_ONCE = 4  # each takes 19 MiB and a core


class Passwords:
    """Hashes and checks; at most a few at once, so that guessing cannot fill the memory."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(_PASSES, _KIBIBYTES, _LANES)
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self._hasher.hash("nobody")

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def matches(self, stored: str | None, given: str) -> bool:
        """Whether `given` is the password; with nothing stored it works as long and says no."""
        if len(given) > _LONGEST:
            return False  # tells nothing about the user
        with self._turns:
            try:
                right = self._hasher.verify(stored or self._nobody, given)
            except (VerificationError, InvalidHashError):
                return False
        return right and stored is not None
