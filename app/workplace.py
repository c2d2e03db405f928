"""Everything one signed-in person works with."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.changes import Changes
from app.connection import Connection
from app.customers.search import CustomerSearch
from app.sender import Sender
from app.session import Session, User
from app.store.store import Store
from app.sync.live import LiveEvents
from backend_client import Client
from backend_client.desk_records import Welcome


@dataclass(frozen=True, slots=True)
class Workplace:
    """The parts a screen may ask for, made once after the sign-in (app/start.py)."""

    welcome: Welcome
    client: Client
    session: Session
    store: Store
    changes: Changes
    connection: Connection
    customers: CustomerSearch
    sender: Sender
    live: LiveEvents
    clock: Callable[[], dt.datetime]
    threads: tuple[threading.Thread, ...] = ()

    @property
    def user(self) -> User:
        return self.session.user

    def close(self) -> None:
        """Stop the threads, wait for them, and let go of the files."""
        self.sender.stop()
        self.live.stop()
        self.client.close()
        for thread in self.threads:
            thread.join(timeout=10)
        self.store.close()
