"""What could be chosen if another catalogue were in force: asked by who writes it."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

import orjson
import sqlalchemy as sa

from backend.catalog.definitions import Definitions
from backend.catalog.editions import Edition
from backend.catalog.rules import Versions
from backend.qualification.bureau import CreditBureau
from backend.qualification.rules import Qualification
from backend.rest.errors import Unavailable

_KEPT = 4
"""Editions whose engines stay warm: a product manager picks on, and there are not many."""
_AT_ONCE = 2


class OneVersion(Versions):
    """As if this were in force."""

    def __init__(self, definitions: Definitions) -> None:
        super().__init__()
        self._definitions = definitions

    def current(self, _connection: sa.Connection) -> Definitions:
        return self._definitions


class Trials:
    """Gives each edition an engine of its own; the version in force is never touched."""

    def __init__(self, bureau: CreditBureau) -> None:
        self._bureau = bureau
        self._lock = threading.Lock()
        self._turns = threading.Semaphore(_AT_ONCE)
        self._known: OrderedDict[bytes, Qualification] = OrderedDict()

    def of(self, edition: Edition) -> Qualification:
        """What answers for this edition. BadCatalogue with its faults; Unavailable if too many.

        Reading a large catalogue takes a while, so only so many are read at once.
        """
        key = _digest(edition)
        if (known := self._recall(key)) is not None:
            return known
        if not self._turns.acquire(blocking=False):
            raise Unavailable(
                "Other catalogues are being tried.",
                "Try again in a moment.",
                code="trialBusy",
                headers={"Retry-After": "2"},
            )
        try:
            made = Qualification(OneVersion(edition.definitions()), self._bureau)
        finally:
            self._turns.release()
        with self._lock:
            self._known[key] = made
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return made

    def _recall(self, key: bytes) -> Qualification | None:
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
            return known


def _digest(edition: Edition) -> bytes:
    parts = (edition.rules, edition.specifications, edition.prices)
    return hashlib.sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).digest()
