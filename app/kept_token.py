"""The refresh token between two starts: in the keychain, or nowhere."""

from __future__ import annotations

import hashlib
from contextlib import suppress

from app.store.faults import StoreFault
from app.store.keychain import Keychain

LONGEST = 1200  # signs that every keychain takes (Windows: 1,280)


class KeptToken:
    """One user's refresh token at one server; each lies under a service of its own."""

    def __init__(self, keychain: Keychain, profile: str, server: str, user_name: str) -> None:
        place = hashlib.sha256(f"{server}\n{user_name}".encode()).hexdigest()[:16]
        self._keychain = keychain
        self._service = f"jackfield/{profile}/refresh/{place}"
        self._user = user_name

    def load(self) -> str | None:
        """The token, or None where none is kept or the keychain does not say."""
        try:
            return self._keychain.read(self._service, self._user)
        except StoreFault:
            return None

    def keep(self, token: str) -> None:
        """Keep it if the keychain takes it; else it lives as long as the program."""
        if len(token) > LONGEST:
            self.forget()
            return
        with suppress(StoreFault):
            self._keychain.write(self._service, self._user, token)

    def forget(self) -> None:
        with suppress(StoreFault):
            self._keychain.delete(self._service, self._user)
