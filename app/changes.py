"""What has changed, told to everybody who cares."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a change is about; `ids` are of that kind."""

    CUSTOMER = "customer"  # customer ids: anything an account shows; no ids: any of them
    ORDER = "order"  # customer ids whose orders moved on
    LETTER = "letter"  # customer ids with a new letter or message
    DIRECTORY = "directory"  # the search knows more or other customers
    CATALOGUE = "catalogue"  # no ids: another version of what is sold is in force
    DRAFT = "draft"  # draft ids
    OUTBOX = "outbox"  # command ids sent, refused or waiting
    CONNECTION = "connection"  # no ids: the line went or came back
    SESSION = "session"  # no ids: signed in, out, or expired


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `origin` names who made it, so that a screen may ignore its own."""

    kind: Kind
    ids: frozenset[str] = field(default_factory=frozenset)
    origin: str = ""


Watcher = Callable[[Change], None]


class Changes:
    """Passes each change on, in the thread that announces it; safe from every thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watchers: tuple[Watcher, ...] = ()

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` for each change; the result ends that."""
        with self._lock:
            self._watchers = (*self._watchers, watcher)

        def leave() -> None:
            with self._lock:
                self._watchers = tuple(each for each in self._watchers if each is not watcher)

        return leave

    def announce(self, kind: Kind, *ids: str, origin: str = "") -> None:
        change = Change(kind, frozenset(ids), origin)
        for watcher in self._watchers:
            watcher(change)
