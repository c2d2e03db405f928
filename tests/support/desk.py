"""The desk without windows: signed in at the real backend, with its files in the test's folder."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.settings import Settings
from app.start import Desk
from app.store.outbox import Command
from app.workplace import Workplace
from tests.app.store.people import FakeKeychain
from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer

NOW = dt.datetime(2026, 11, 20, 9, 14, 2, tzinfo=dt.UTC)


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All of the desk's folders lie below the test's own."""
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def ring() -> FakeKeychain:
    """The keychain of the person at the desk."""
    return FakeKeychain()


@pytest.fixture
def operator(database_server: DatabaseServer, operator_template: str) -> Iterator[RunningBackend]:
    """The test's own backend of an operator that sells everything, without customers."""
    with running_backend(database_server.clone(operator_template)) as running:
        yield running
    database_server.drop(str(running.database.engine.url.database))


@pytest.fixture
def lent_operator(operator_backend: RunningBackend) -> Iterator[RunningBackend]:
    """One for a whole module, mended after each test: for tests that do not count customers."""
    yield operator_backend
    operator_backend.online()


@pytest.fixture
def new_desk(own_folders: Path, ring: FakeKeychain, operator: RunningBackend) -> Desk:
    """A desk at the real backend, before anybody has signed in."""
    return Desk(Settings(server=operator.url), operator.url, keychain=ring)


@pytest.fixture
def workplace(new_desk: Desk) -> Iterator[Workplace]:
    """Maren, the demo's agent, has signed in."""
    opened = new_desk.sign_in("agent", "agent")
    yield opened
    opened.close()


def creation(owner: str, given: str = "Jorun", family: str = "Netherfold") -> Command:
    """A command that makes a customer with an account, and no order."""
    medium = {"emailAddress": f"{given}.{family}@example.com".lower()}
    body: dict[str, Any] = {
        "customer": {
            "party": {
                "@type": "Individual",
                "givenName": given,
                "familyName": family,
                "birthDate": "1984-03-09T00:00:00Z",
            },
            "customer": {
                "name": f"{given} {family}",
                "contactMedium": [
                    {"mediumType": "email", "preferred": True, "characteristic": medium}
                ],
                "characteristic": [
                    {"name": "identitySeen", "value": "passport", "valueType": "string"}
                ],
                "relatedParty": [{"id": "R0", "role": "reseller", "@referredType": "PartyRole"}],
            },
            "pin": "4711",
        },
        "billingAccount": {"name": f"{given} {family}", "accountType": "postpaid"},
        "order": None,
        "agreement": None,
    }
    return Command(
        id=str(uuid.uuid4()), owner=owner, kind="creation", payload=msgspec.json.encode(body)
    )
