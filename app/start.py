"""The one place where the desk's parts are made and joined."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from app import session as sign_ins
from app.changes import Changes
from app.connection import Connection
from app.customers.search import CustomerSearch
from app.sender import Sender
from app.session import Session
from app.settings import Settings
from app.store.keychain import Keychain, SystemKeychain
from app.store.store import open_store
from app.sync.live import LiveEvents
from app.workplace import Workplace
from backend_client import Client
from backend_client.desk_records import Welcome
from backend_client.settings import Exchange
from backend_client.settings import Settings as ClientSettings

Clock = Callable[[], dt.datetime]


def local_clock() -> dt.datetime:
    """Now, in the time zone of the person."""
    return dt.datetime.now().astimezone()


class Desk:
    """The desk before anybody has signed in: knows a server, and makes workplaces at it."""

    def __init__(
        self,
        settings: Settings,
        server: str,
        *,
        keychain: Keychain | None = None,
        clock: Clock = local_clock,
    ) -> None:
        self.settings = settings
        self.server = server
        self._keychain = keychain or SystemKeychain()
        self._clock = clock

    def welcome(self) -> Welcome:
        """Ask the server who it is and how to sign in; ApiError where it does not answer."""
        with Client(self.server, settings=self._client_settings()) as client:
            return client.desk.welcome()

    def sign_in(self, user_name: str, password: str) -> Workplace:
        """Sign in and make the workplace; SignedOut where name or password are wrong."""
        changes = Changes()
        connection = Connection(changes, self._clock)
        client = Client(self.server, settings=self._client_settings(connection))
        try:
            user = sign_ins.sign_in(client, user_name, password)
            welcome = client.desk.welcome()
        except BaseException:
            client.close()
            raise
        return self._workplace(client, Session(client, user, changes), welcome, connection, changes)

    def _workplace(
        self,
        client: Client,
        session: Session,
        welcome: Welcome,
        connection: Connection,
        changes: Changes,
    ) -> Workplace:
        store = open_store(self.settings.data_folder, session.user.id, self._keychain)
        sender = Sender(client, store, session, connection, changes, clock=self._clock)
        live = LiveEvents(client, store, session, connection, changes)
        workplace = Workplace(
            welcome=welcome,
            client=client,
            session=session,
            store=store,
            changes=changes,
            connection=connection,
            customers=CustomerSearch(client, store, time.perf_counter, welcome.capabilities),
            sender=sender,
            live=live,
            clock=self._clock,
        )
        return replace(workplace, threads=_started(sender, live, welcome))

    def _client_settings(self, connection: Connection | None = None) -> ClientSettings:
        def watch(exchange: Exchange) -> None:
            if connection is not None and exchange.status is not None:
                connection.answered()
            elif connection is not None:
                connection.failed()

        return ClientSettings(ca_file=self.settings.ca_file, on_exchange=watch)


def _started(sender: Sender, live: LiveEvents, welcome: Welcome) -> tuple[threading.Thread, ...]:
    threads = [threading.Thread(target=sender.run, name="sender", daemon=True)]
    if "events" in welcome.capabilities:
        threads.append(threading.Thread(target=live.run, name="events", daemon=True))
    for thread in threads:
        thread.start()
    return tuple(threads)
