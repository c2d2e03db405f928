"""Until when a person has seen the letters of the accounts he opened."""

from __future__ import annotations

import datetime as dt
import threading

from app.store.preferences import Preferences

_KEPT = "letters.seen"
_MOST = 300  # accounts; those looked at longest ago are forgotten first


class Seen:
    """Safe from every thread."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._lock = threading.Lock()

    def until(self, customer_id: str) -> dt.datetime | None:
        """The moment of the last look; None before the first."""
        kept = self._preferences.get(_KEPT, {}).get(customer_id)
        return dt.datetime.fromisoformat(kept) if kept else None

    def looked(self, customer_id: str, now: dt.datetime) -> None:
        """Everything until now has been seen."""
        with self._lock:
            kept: dict[str, str] = dict(self._preferences.get(_KEPT, {}))
            kept.pop(customer_id, None)
            kept[customer_id] = now.isoformat()
            while len(kept) > _MOST:
                del kept[next(iter(kept))]
            self._preferences.put(_KEPT, kept)
