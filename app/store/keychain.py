"""The operating system's keychain, asked only through here."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import keyring
import keyring.backend
import keyring.core
import keyring.errors

from app.store.faults import FaultKind, StoreFault

# Rings known to keep a secret encrypted; a ring that is not named here is not trusted.
_TRUSTED = frozenset(
    {
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
    }
)
_PROBE = "jackfield/probe"


class Keychain(Protocol):
    """Where keys are kept. All methods raise StoreFault(NO_KEYCHAIN or KEY_UNREADABLE)."""

    def check(self) -> None:
        """Write, read and delete something, to know that the keychain really works."""

    def read(self, service: str, user: str) -> str | None:
        """The secret, or None where the keychain surely has none."""

    def write(self, service: str, user: str, secret: str) -> None: ...

    def delete(self, service: str, user: str) -> None:
        """Forget the secret; nothing happens where there is none."""


class SystemKeychain:
    """The keychain of the signed-in user of this machine."""

    def check(self) -> None:
        # an own name each time: two desks may probe at once
        user, secret = secrets.token_hex(8), secrets.token_hex(16)
        with _ring() as ring:
            ring.set_password(_PROBE, user, secret)
            read = ring.get_password(_PROBE, user)
            ring.delete_password(_PROBE, user)
        if read != secret:
            raise StoreFault(FaultKind.KEY_UNREADABLE, "the probe came back changed")

    def read(self, service: str, user: str) -> str | None:
        with _ring() as ring:
            return ring.get_password(service, user)

    def write(self, service: str, user: str, secret: str) -> None:
        with _ring() as ring:
            ring.set_password(service, user, secret)

    def delete(self, service: str, user: str) -> None:
        with _ring() as ring:
            if ring.get_password(service, user) is not None:
                ring.delete_password(service, user)


@contextmanager
def _ring() -> Iterator[keyring.backend.KeyringBackend]:
    """The ring in use; whatever it raises is told as a fault of ours.

    Rings raise far more than keyring's own errors (D-Bus, pywin32, ctypes): all mean the same,
    and none may be mistaken for "there is no key".
    """
    ring = _trusted_ring()
    try:
        yield ring
    except keyring.errors.NoKeyringError as error:
        raise StoreFault(FaultKind.NO_KEYCHAIN, type(error).__name__) from error
    except Exception as error:
        raise StoreFault(FaultKind.KEY_UNREADABLE, type(error).__name__) from error


def _trusted_ring() -> keyring.backend.KeyringBackend:
    ring = keyring.core.get_keyring()
    kind = type(ring)
    if f"{kind.__module__}.{kind.__qualname__}" in _TRUSTED:
        return ring
    # a chain of several rings: the first trusted one of it
    for inner in getattr(ring, "backends", ()):
        inner_kind = type(inner)
        if f"{inner_kind.__module__}.{inner_kind.__qualname__}" in _TRUSTED:
            return inner  # type: ignore[no-any-return]  # the chainer is untyped
    raise StoreFault(FaultKind.NO_KEYCHAIN, kind.__name__)
