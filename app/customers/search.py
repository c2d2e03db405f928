"""One box for everything: the store answers at once, the server adds what it knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.store.kinds import Kind
from app.store.records import Chip, Found, Tone
from app.store.store import Store
from backend_client import Cancel, Cancelled, Client
from backend_client.desk_records import Hit

MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows for a text. `total` counts the customers searched, `milliseconds` the time it took."""

    text: str
    kind: Kind
    rows: tuple[Found, ...]
    total: int
    milliseconds: float
    from_server: bool = False


class CustomerSearch:
    """Finds customers; `here` never waits for the network."""

    def __init__(
        self, client: Client, store: Store, ticks: Callable[[], float], capabilities: frozenset[str]
    ) -> None:
        self._client = client
        self._store = store
        self._ticks = ticks
        self.on_server = "search" in capabilities
        self._asking = Cancel()

    def here(self, text: str) -> Answer:
        """Search this machine's store."""
        began = self._ticks()
        rows = self._store.search.find(text) if text.strip() else ()
        took = (self._ticks() - began) * 1000
        kind = self._store.search.kind_of(text)
        return Answer(text, kind, rows[:MOST_ROWS], self._store.customers.count(), took)

    def everywhere(self, here: Answer) -> Answer:
        """Add what the server finds; ApiError where it does not answer.

        A newer question ends an older one that is still on its way: that one returns `here`.
        """
        self._asking.cancel()
        asking = self._asking = Cancel()
        if not self.on_server or not here.text.strip():
            return here
        try:
            hits = self._client.desk.search(here.text, limit=MOST_ROWS, cancel=asking).hits
        except Cancelled:
            return here
        known = {row.id for row in here.rows}
        more = tuple(_found(hit, here.text) for hit in hits if hit.customer_id not in known)
        rows = (*here.rows, *more)[:MOST_ROWS]
        return Answer(here.text, here.kind, rows, here.total, here.milliseconds, from_server=True)

    def opened(self, customer_id: str) -> None:
        """Note that this customer was looked at, so that he is found first again."""
        self._store.customers.looked_at(customer_id)


def _found(hit: Hit, text: str) -> Found:
    chip = Chip(hit.chip.text, _tone(hit.chip.tone)) if hit.chip else None
    return Found(
        id=hit.customer_id,
        name=hit.name,
        number=hit.customer_id,
        address=hit.address or "",
        telephone=hit.telephone or "",
        more_telephones=hit.more_telephones,
        chip=chip,
        last_contact=hit.last_contact,
        may_ask_for="",
        matched=_marks(hit.name, text),
    )


def _tone(word: str) -> Tone:
    return Tone(word) if word in set(Tone) else Tone.INFO


def _marks(name: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where a word of the text begins a word of the name."""
    lowered = name.lower()
    words = (word for word in text.lower().split() if word)
    places = ((f" {lowered}".find(f" {word}"), len(word)) for word in words)
    return tuple((begin, begin + length) for begin, length in places if begin >= 0)
