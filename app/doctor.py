"""`jackfield doctor`: looks at everything the desk needs, and says it in plain lines."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.faults import fault_of
from app.language import tr
from app.settings import Settings
from app.store.faults import StoreFault
from app.store.keychain import Keychain, SystemKeychain
from app.store.store import open_store


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `needed` tells whether the desk works without it."""

    what: str
    well: bool
    words: str
    needed: bool = True

    def line(self) -> str:
        wrong = tr("WRONG") if self.needed else tr("note")
        sign = tr("ok") if self.well else wrong
        return f"{sign:6} {self.what}: {self.words}"


Check = Callable[[], Finding]


def examine(
    settings: Settings, *, keychain: Keychain | None = None, more: tuple[Check, ...] = ()
) -> Iterator[Finding]:
    """Look at settings, keychain, store and server, then at whatever else is given."""
    ring = keychain or SystemKeychain()
    yield Finding(tr("Settings"), well=True, words=_settings_words(settings))
    yield _keychain(ring)
    yield _store(settings, ring)
    yield _server(settings)
    for check in more:
        yield check()


def _settings_words(settings: Settings) -> str:
    server = settings.server or tr("no server set")
    return tr("profile {profile}, {server}", profile=settings.profile, server=server)


def _keychain(keychain: Keychain) -> Finding:
    what = tr("Keychain")
    try:
        keychain.check()
    except StoreFault as fault:
        return Finding(what, well=False, words=fault.sentence, needed=False)
    return Finding(what, well=True, words=tr("keeps and gives back a secret"))


def _store(settings: Settings, keychain: Keychain) -> Finding:
    """Open a store of its own in the place of the real one; nothing of it stays."""
    what = tr("Store")
    folder = settings.data_folder
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=folder, prefix="doctor-") as place:
            store = open_store(Path(place), "doctor", _Memory())
            why = store.why
            store.close()
    except OSError as error:
        return Finding(what, well=False, words=str(error.strerror))
    del keychain
    if why:
        return Finding(what, well=False, words=why)
    return Finding(what, well=True, words=tr("encrypted files can be written in {f}", f=folder))


class _Memory:
    """Keys of the doctor's own store, which is deleted again at once."""

    def __init__(self) -> None:
        self._secrets: dict[tuple[str, str], str] = {}

    def check(self) -> None: ...

    def read(self, service: str, user: str) -> str | None:
        return self._secrets.get((service, user))

    def write(self, service: str, user: str, secret: str) -> None:
        self._secrets[service, user] = secret

    def delete(self, service: str, user: str) -> None:
        self._secrets.pop((service, user), None)


def _server(settings: Settings) -> Finding:
    what = tr("Server")
    if settings.server is None:
        words = tr("none set; ask IT for its address, or use --demo")
        return Finding(what, well=False, words=words, needed=False)
    from app.start import Desk

    try:
        welcome = Desk(settings, settings.server).welcome()
    except ValueError as error:
        return Finding(what, well=False, words=str(error))
    except Exception as error:  # noqa: BLE001  # whatever it is, it is said
        return Finding(what, well=False, words=fault_of(error).sentence)
    offers = ", ".join(sorted(welcome.capabilities)) or tr("TM Forum only")
    name = welcome.operator.name or settings.server
    return Finding(what, well=True, words=tr("{name} answers ({offers})", name=name, offers=offers))
