"""The one place where the desk's parts are made and joined."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from app import session as sign_ins
from app.accounts.accounts import Accounts
from app.changes import Changes
from app.connection import Connection, LineWatch
from app.customers.search import CustomerSearch
from app.deeds.drafts import DeedDrafts
from app.drafts import DraftDesk
from app.home.day import MyDay
from app.kept_token import KeptToken
from app.letters.files import LetterFiles
from app.orders.desk import OrderDesk
from app.orders.unfinished import Unfinished
from app.products.desk import CAPABILITY, ProductDesk
from app.sender import Sender
from app.session import Session, TokenKeeper, User
from app.settings import Settings
from app.store.keychain import Keychain, SystemKeychain
from app.store.store import open_store
from app.sync.directory import DirectorySync
from app.sync.live import LiveEvents
from app.worklist.desk import CAPABILITY as WORK
from app.worklist.desk import WorkDesk
from app.workplace import Workplace
from backend_client import Client, SignedOut, Unreachable
from backend_client.catalogue import Catalogue
from backend_client.desk_records import Welcome
from backend_client.errors import ApiError
from backend_client.settings import Exchange, Retry
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
        keeps_tokens: bool = True,
    ) -> None:
        self.settings = settings
        self.server = server
        self.clock = clock
        self._keychain = keychain or SystemKeychain()
        self._keeps_tokens = keeps_tokens

    def welcome(self) -> Welcome:
        """Ask the server who it is and how to sign in; ApiError where it does not answer."""
        with Client(self.server, settings=ClientSettings(ca_file=self.settings.ca_file)) as client:
            return client.desk.welcome()

    def sign_in(self, user_name: str, password: str) -> Workplace:
        """Sign in and make the workplace; SignedOut where name or password are wrong."""
        return self._open(lambda client: sign_ins.sign_in(client, user_name, password))

    def resume(self, user_name: str) -> Workplace | None:
        """Go on with the sign-in kept in the keychain; None where there is none any more."""
        kept = self._kept(user_name) if user_name else None
        token = kept.load() if kept is not None else None
        if kept is None or token is None:
            return None
        try:
            return self._open(lambda client: sign_ins.resume(client, token))
        except SignedOut:
            kept.forget()
            return None

    def _open(self, identify: Callable[[Client], User]) -> Workplace:
        changes = Changes()
        connection = Connection(changes, self.clock)
        keeper = TokenKeeper()
        client = Client(
            self.server, settings=self._client_settings(connection), on_refresh=keeper.changed
        )
        try:
            session = Session(client, identify(client), changes)
            keeper.keep_for(self._kept(session.user.user_name), session)
            welcome = client.desk.welcome()
        except BaseException:
            client.close()
            raise
        return self._workplace(client, session, welcome, connection, changes)

    def _workplace(
        self,
        client: Client,
        session: Session,
        welcome: Welcome,
        connection: Connection,
        changes: Changes,
    ) -> Workplace:
        clock = self.clock
        store = open_store(self.settings.data_folder, session.user.id, self._keychain)
        workplace = Workplace(
            settings=self.settings,
            welcome=welcome,
            client=client,
            session=session,
            store=store,
            changes=changes,
            connection=connection,
            customers=CustomerSearch(client, store, time.perf_counter, welcome.capabilities),
            accounts=Accounts(client, store, clock, welcome.capabilities),
            letters=LetterFiles(client, store, clock),
            orders=OrderDesk(client, Unfinished(store.preferences), clock, welcome.capabilities),
            day=MyDay(store.preferences, clock),
            sender=Sender(client, store, session, connection, changes, clock=clock),
            drafts=DraftDesk(store.drafts, changes, clock, session.user.id),
            deeds=DeedDrafts(store.drafts, changes, clock, session.user.id),
            products=ProductDesk(
                Catalogue(client.transport),
                store.drafts,
                clock,
                session.user,
                there=CAPABILITY in welcome.capabilities,
            ),
            worklist=WorkDesk(
                client.work,
                store.preferences,
                clock,
                session.user,
                there=WORK in welcome.capabilities,
            ),
            live=LiveEvents(client, store, session, connection, changes),
            directory=DirectorySync(client, store, session, connection, changes, clock=clock),
            watch=LineWatch(connection, self._is_there, clock),
            clock=clock,
        )
        return replace(workplace, threads=_started(workplace))

    def _kept(self, user_name: str) -> KeptToken | None:
        if not self._keeps_tokens:
            return None
        return KeptToken(self._keychain, self.settings.profile, self.server, user_name)

    def _is_there(self) -> bool:
        """Ask the server once, briefly; any answer at all will do."""
        brief = ClientSettings(
            connect_timeout=3,
            read_timeout=5,
            ca_file=self.settings.ca_file,
            retry=Retry(attempts=1),
        )
        with Client(self.server, settings=brief) as client:
            try:
                client.desk.welcome()
            except Unreachable:
                return False
            except ApiError:
                return True
        return True

    def _client_settings(self, connection: Connection) -> ClientSettings:
        def watch(exchange: Exchange) -> None:
            if exchange.status is not None:
                connection.answered()
            else:
                connection.doubted()

        return ClientSettings(ca_file=self.settings.ca_file, on_exchange=watch)


def _started(workplace: Workplace) -> tuple[threading.Thread, ...]:
    """Begin what runs beside the window; what the server does not offer is not asked for."""
    runs: dict[str, Callable[[], None]] = {
        "sender": workplace.sender.run,
        "line": workplace.watch.run,
    }
    if "events" in workplace.welcome.capabilities:
        runs["events"] = workplace.live.run
    if "directory" in workplace.welcome.capabilities:
        runs["directory"] = workplace.directory.run
    threads = tuple(
        threading.Thread(target=run, name=name, daemon=True) for name, run in runs.items()
    )
    for thread in threads:
        thread.start()
    return threads
