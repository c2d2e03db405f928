"""Only a ring that is trusted and really works is used; the ways to fail are told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, fail
from keyring.errors import InitError, KeyringLocked, NoKeyringError

from app.store.faults import FaultKind, StoreFault
from app.store.keychain import SystemKeychain


class Ring(SecretService.Keyring):
    """Stands in for the Secret Service: under a trusted name, kept in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None
        self.garbles = False

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        found = self.kept.get((service, username))
        return f"{found}?" if found and self.garbles else found

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        del self.kept[service, username]

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error


Ring.__module__ = SecretService.Keyring.__module__
Ring.__qualname__ = SecretService.Keyring.__qualname__


class PlainTextRing(Ring):
    """A ring nobody named: it may well write in clear."""


class Refusing(fail.Keyring):
    """What keyring offers where there is nothing."""

    def __init__(self) -> None:
        """Nothing to prepare."""


class Chain(Refusing):
    """Several rings behind one another, as keyring makes them."""

    def __init__(self, *rings: KeyringBackend) -> None:
        self.backends = rings


@pytest.fixture
def before() -> Iterator[None]:
    found = keyring.get_keyring()
    yield
    keyring.set_keyring(found)


@pytest.fixture
def ring(before: None) -> Ring:
    found = Ring()
    keyring.set_keyring(found)
    return found


def test_a_working_ring_passes_and_keeps_nothing_of_the_probe(ring: Ring) -> None:
    SystemKeychain().check()
    assert ring.kept == {}


def test_a_secret_is_written_read_and_deleted(ring: Ring) -> None:
    keychain = SystemKeychain()
    assert keychain.read("jackfield/x/cache", "maren") is None
    keychain.write("jackfield/x/cache", "maren", "ab")
    assert keychain.read("jackfield/x/cache", "maren") == "ab"
    keychain.delete("jackfield/x/cache", "maren")
    keychain.delete("jackfield/x/cache", "maren")
    assert ring.kept == {}


def test_a_ring_that_is_not_on_the_list_is_no_keychain(before: None) -> None:
    rings: tuple[KeyringBackend, ...] = (PlainTextRing(), Refusing())
    for untrusted in rings:
        keyring.set_keyring(untrusted)
        with pytest.raises(StoreFault) as refused:
            SystemKeychain().check()
        assert refused.value.kind is FaultKind.NO_KEYCHAIN


def test_a_trusted_ring_in_a_chain_is_used(before: None) -> None:
    trusted = Ring()
    keyring.set_keyring(Chain(PlainTextRing(), trusted))
    SystemKeychain().write("s", "u", "x")
    assert trusted.kept == {("s", "u"): "x"}


@pytest.mark.parametrize("error", [KeyringLocked(), InitError("Prompt dismissed"), OSError(1783)])
def test_a_ring_that_fails_is_unreadable_and_never_empty(ring: Ring, error: Exception) -> None:
    ring.error = error
    keychain = SystemKeychain()
    attempts: tuple[Callable[[], object], ...] = (
        keychain.check,
        lambda: keychain.read("s", "u"),
        lambda: keychain.write("s", "u", "x"),
        lambda: keychain.delete("s", "u"),
    )
    for attempt in attempts:
        with pytest.raises(StoreFault) as refused:
            attempt()
        assert refused.value.kind is FaultKind.KEY_UNREADABLE


def test_a_ring_that_has_no_ring_behind_it_is_no_keychain(ring: Ring) -> None:
    ring.error = NoKeyringError()
    with pytest.raises(StoreFault) as refused:
        SystemKeychain().check()
    assert refused.value.kind is FaultKind.NO_KEYCHAIN


def test_a_ring_that_changes_secrets_is_unreadable(ring: Ring) -> None:
    ring.garbles = True
    with pytest.raises(StoreFault) as refused:
        SystemKeychain().check()
    assert refused.value.kind is FaultKind.KEY_UNREADABLE
