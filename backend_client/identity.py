"""Who is signed in: `/auth/me`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from backend_client.calls import Call, Sender
from backend_client.decoding import decoded
from backend_client.records import Record


class Person(Record, frozen=True):
    """The user behind the token. `rights` maps a right to how far it goes."""

    id: str = ""
    user_name: str = ""
    name: str = ""
    team: str | None = None
    roles: tuple[str, ...] = ()
    rights: Mapping[str, Any] = msgspec.field(default_factory=dict)
    reseller: str | None = None


class Identity:
    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def me(self) -> Person:
        """Raises SignedOut where nobody is signed in."""
        return decoded(self._sender.send(Call(method="GET", path="/auth/me")), Person)
