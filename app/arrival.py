"""What happens before anybody signs in: which server, is it there, how does one sign in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.language import tr
from app.settings import Settings

if TYPE_CHECKING:  # what takes its time to import is not needed for the first window
    from app.demo import DemoBackend
    from app.start import Desk
    from app.store.keychain import Keychain
    from app.workplace import Workplace

DEMO_PROFILE = "demo"
DEMO_USER = "agent"  # the demo's password is the user name
DEMO_OTHERS = ("senior", "supervisor", "it", "reseller", "product", "auditor")


@dataclass(frozen=True, slots=True)
class Offer:
    """A server that answers, and what it offers before the sign-in."""

    desk: Desk
    operator: str
    by_password: bool
    demo: bool


class NoServer(Exception):  # noqa: N818  # a sentence for the person
    """Nobody has said which server to use."""

    def __init__(self) -> None:
        self.sentence = tr(
            "No server is set. Ask IT for its address, or start Jackfield with --demo."
        )
        super().__init__(self.sentence)


def _local_clock() -> dt.datetime:
    return dt.datetime.now().astimezone()


class Arrival:
    """Finds the server, starting the demo's own where that is wanted."""

    def __init__(
        self,
        settings: Settings,
        *,
        demo: bool = False,
        keychain: Keychain | None = None,
        clock: Callable[[], dt.datetime] | None = None,
        backend_options: Sequence[str] = (),
    ) -> None:
        """`backend_options` are for the demo's own server."""
        self.demo = demo
        self._backend_options = backend_options
        self.clock = clock or _local_clock
        self.settings = replace(settings, profile=DEMO_PROFILE) if demo else settings
        self._keychain = keychain
        self._backend: DemoBackend | None = None
        self._server = "" if demo else settings.server or ""

    def prepare(self) -> Offer:
        """Reach the server. Raises NoServer, DemoFailed, ApiError; may be called again."""
        if not self._server:
            self._server = self._start_demo()
        from app.start import Desk

        desk = Desk(
            self.settings,
            self._server,
            keychain=self._keychain,
            clock=self.clock,
            keeps_tokens=not self.demo,
        )
        welcome = desk.welcome()
        other = welcome.version == 0  # a server without our extensions says nothing of itself
        return Offer(
            desk=desk,
            operator=welcome.operator.name,
            by_password=welcome.sign_in.password or other,
            demo=welcome.demo,
        )

    def resume(self, offer: Offer, user_name: str) -> Workplace | None:
        """Go on with the sign-in of the last start, if one is kept."""
        return None if self.demo else offer.desk.resume(user_name)

    @property
    def server_words(self) -> str:
        """The server's name for the foot of the window."""
        if self.demo:
            return tr("Demo on this machine")
        parts = urlsplit(self._server)
        return parts.netloc or tr("No server")

    @property
    def set_by_words(self) -> str:
        """Who has chosen this server."""
        if self.demo:
            return tr("Nothing here leaves it")
        return {
            "policy": tr("Set by your organisation"),
            "user": tr("Set by you"),
            "command": tr("Set when it was started"),
        }[self.settings.set_by]

    def close(self) -> None:
        """End the demo's backend, if it was started."""
        if self._backend is not None:
            self._backend.stop()

    def _start_demo(self) -> str:
        if not self.demo:
            raise NoServer
        from app.demo import DemoBackend

        folders = self.settings.backend_folder, self.settings.log_folder
        self._backend = DemoBackend(*folders, self._backend_options)
        return self._backend.start()
