"""Everything one signed-in person works with."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.accounts.accounts import Accounts
from app.changes import Changes
from app.connection import Connection, LineWatch
from app.customers.search import CustomerSearch
from app.deeds.drafts import DeedDrafts
from app.drafts import DraftDesk
from app.home.day import MyDay
from app.letters.files import LetterFiles
from app.orders.desk import OrderDesk
from app.products.desk import ProductDesk
from app.sender import Sender
from app.session import Session, User
from app.settings import Settings
from app.store.store import Store
from app.sync.directory import DirectorySync
from app.sync.live import LiveEvents
from app.worklist.desk import WorkDesk
from backend_client import Client
from backend_client.desk_records import Welcome


@dataclass(frozen=True, slots=True)
class Workplace:
    """The parts a screen may ask for, made once after the sign-in (app/start.py)."""

    settings: Settings
    welcome: Welcome
    client: Client
    session: Session
    store: Store
    changes: Changes
    connection: Connection
    customers: CustomerSearch
    accounts: Accounts
    letters: LetterFiles
    orders: OrderDesk
    day: MyDay
    sender: Sender
    drafts: DraftDesk
    deeds: DeedDrafts
    products: ProductDesk
    worklist: WorkDesk
    live: LiveEvents
    directory: DirectorySync
    watch: LineWatch
    clock: Callable[[], dt.datetime]
    threads: tuple[threading.Thread, ...] = ()

    @property
    def user(self) -> User:
        return self.session.user

    def close(self) -> None:
        """Stop the threads, wait for them, and let go of the files."""
        for part in (self.sender, self.live, self.directory, self.watch):
            part.stop()
        self.client.close()
        for thread in self.threads:
            thread.join(timeout=10)
        self.store.close()
