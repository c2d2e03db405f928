"""Accounts kept on this machine and read from the server."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.accounts.accounts import Accounts
from app.accounts.families import Family
from app.accounts.seen import Seen
from app.store.store import Store, open_store
from backend_client import Client, Unreachable
from backend_client.catalog import ProductOffering
from backend_client.records import Ref
from tests.app.store.people import FakeKeychain
from tests.support import edda

WHOLE = frozenset({"account"})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path, "maren", FakeKeychain(), clock=lambda: edda.NOW)
    yield opened
    opened.close()


class Server:
    """A client that answers from memory; `down` makes it unreachable."""

    def __init__(self) -> None:
        self.down = False
        self.body = edda.account_bytes()
        self.asked: list[str] = []
        self.desk = SimpleNamespace(account_document=self._account)
        self.offerings = SimpleNamespace(all=self._offerings)

    def _account(self, customer_id: str) -> Any:
        if self.down:
            raise Unreachable
        self.asked.append(customer_id)
        return SimpleNamespace(body=self.body)

    def _offerings(self, where: Any) -> Iterator[ProductOffering]:
        self.asked.append(dict(where.params)["id"])
        if self.down:
            raise Unreachable
        for code, (category, specification) in edda.FAMILIES.items():
            yield ProductOffering(
                id=code,
                category=(Ref(id="c", name=category),),
                product_specification=Ref(id="s", name=specification),
            )


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def accounts(server: Server, store: Store) -> Accounts:
    return Accounts(cast("Client", server), store, lambda: edda.NOW, WHOLE)


def test_what_was_never_read_is_not_here(accounts: Accounts) -> None:
    assert accounts.kept(edda.CUSTOMER) is None


def test_what_was_read_once_is_here_at_once_and_says_its_age(
    accounts: Accounts, server: Server
) -> None:
    fresh = accounts.fetch(edda.CUSTOMER)
    server.down = True
    kept = accounts.kept(edda.CUSTOMER)
    assert fresh.fresh
    assert kept is not None
    assert (kept.fresh, kept.age) == (False, "Today 09:14")
    assert kept.header == fresh.header


def test_the_bytes_are_kept_as_they_came(accounts: Accounts, server: Server, store: Store) -> None:
    server.body = json.dumps({**edda.account(), "newerThanThisDesk": 1}).encode()
    accounts.fetch(edda.CUSTOMER)
    from app.store.cache import DocumentKind

    cached = store.cache.document(DocumentKind.ACCOUNT, edda.CUSTOMER)
    assert cached is not None
    assert cached.document == server.body


def test_a_server_that_does_not_answer_is_told(accounts: Accounts, server: Server) -> None:
    server.down = True
    with pytest.raises(Unreachable):
        accounts.fetch(edda.CUSTOMER)


def test_the_catalogue_is_asked_once_for_each_offering(accounts: Accounts, server: Server) -> None:
    accounts.fetch(edda.CUSTOMER)
    accounts.fetch(edda.CUSTOMER)
    assert [each for each in server.asked if each != edda.CUSTOMER] == [
        "C01,C03,F02,F08,F11,M03,M05,M10,M11,M13,M18,M19,S02,T02,X02"
    ]


def test_what_the_catalogue_said_is_known_at_the_next_start(
    accounts: Accounts, server: Server, store: Store
) -> None:
    accounts.fetch(edda.CUSTOMER)
    again = Accounts(cast("Client", server), store, lambda: edda.NOW, WHOLE)
    kept = again.kept(edda.CUSTOMER)
    assert kept is not None
    assert kept.known["F02"] == Family("Internet", "Fibre broadband")


def test_a_catalogue_that_does_not_answer_costs_only_icons(
    accounts: Accounts, server: Server
) -> None:
    def silent(_where: object) -> Iterator[ProductOffering]:
        raise Unreachable

    server.offerings = SimpleNamespace(all=silent)
    view = accounts.fetch(edda.CUSTOMER)
    assert {each.icon for each in view.products.groups[0].products} >= {"box"}


def test_letters_are_new_until_they_are_looked_at(accounts: Accounts, store: Store) -> None:
    Seen(store.preferences).looked(edda.CUSTOMER, edda.NOW - dt.timedelta(days=3))
    assert accounts.fetch(edda.CUSTOMER).new_letters == 3
    accounts.letters_seen(edda.CUSTOMER)
    assert accounts.fetch(edda.CUSTOMER).new_letters == 0


def test_only_the_latest_looks_are_remembered(store: Store) -> None:
    seen = Seen(store.preferences)
    for number in range(302):
        seen.looked(f"KF-{number}", edda.NOW)
    assert seen.until("KF-1") is None
    assert seen.until("KF-2") == edda.NOW
