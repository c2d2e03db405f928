"""The tour's own keychain: in memory, gone with it."""

from __future__ import annotations


class OwnKeychain:
    """Keeps secrets as long as the tour lasts; a person's keychain is not asked."""

    def __init__(self) -> None:
        self._secrets: dict[tuple[str, str], str] = {}

    def check(self) -> None:
        """Nothing can go wrong here."""

    def read(self, service: str, user: str) -> str | None:
        return self._secrets.get((service, user))

    def write(self, service: str, user: str, secret: str) -> None:
        self._secrets[service, user] = secret

    def delete(self, service: str, user: str) -> None:
        self._secrets.pop((service, user), None)
