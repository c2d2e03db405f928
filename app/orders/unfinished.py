"""What is typed about an order and not sent yet, kept on disk so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec

_NAME = "order.unfinished:"


class Kept(Protocol):
    """What the store offers for it."""

    def get(self, name: str) -> object: ...

    def put(self, name: str, value: object) -> None: ...


class Unfinished:
    """By order: its fields by their names. Every call belongs in a thread; StoreFault."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def load(self, order_id: str) -> Mapping[str, str]:
        """What was typed; empty where nothing was."""
        found = self._kept.get(_NAME + order_id)
        return msgspec.convert(found, dict[str, str]) if found else {}

    def note(self, order_id: str, fields: Mapping[str, str]) -> None:
        self._kept.put(_NAME + order_id, dict(fields))

    def drop(self, order_id: str) -> None:
        """It was sent."""
        self._kept.put(_NAME + order_id, None)
