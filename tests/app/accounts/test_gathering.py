"""Accounts of servers without the bundle, put together from plain TM Forum reads."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import msgspec
import pytest

from app.accounts.gathering import gathered
from app.accounts.reading import account_of
from app.accounts.view import AccountView
from backend_client import Client, NotAllowed, Rejected
from backend_client.desk_records import Account
from backend_client.party import Individual
from tests.support import edda
from tests.support.account_views import KNOWN

WHOLE: Account = account_of(edda.account_bytes())


def plain_server(**changes: Any) -> Client:
    """Edda's operator with nothing but TM Forum's APIs."""

    def every(records: tuple[Any, ...]) -> Any:
        return SimpleNamespace(all=lambda _where=None, **_sort: iter(records))

    assert WHOLE.customer is not None
    assert WHOLE.party is not None
    person = msgspec.convert(msgspec.to_builtins(WHOLE.party), Individual)
    flow = WHOLE.flows[0]
    parts = {
        "customers": SimpleNamespace(get=lambda _id: WHOLE.customer),
        "individuals": SimpleNamespace(get=lambda _id: person),
        "billing_accounts": SimpleNamespace(get=lambda _id: WHOLE.billing_accounts[0]),
        "products": every(WHOLE.products),
        "orders": every(WHOLE.orders),
        "documents": every(WHOLE.documents),
        "process_flows": SimpleNamespace(
            all=lambda _where: iter((flow.process_flow,)), steps=lambda _id: iter(flow.task_flows)
        ),
    }
    return cast("Client", SimpleNamespace(**{**parts, **changes}))


def view(client: Client) -> AccountView:
    account = account_of(gathered(client, edda.CUSTOMER))
    return AccountView(account, KNOWN, as_of=edda.NOW, now=edda.NOW, fresh=True)


def test_a_plain_server_gives_the_same_header_and_products() -> None:
    found = view(plain_server())
    assert found.header.name == "Edda Marrowby"
    assert found.products.monthly == 103
    assert found.orders[0].title == "Glimt 500 to Glimt 2500"


def test_its_open_order_has_a_film() -> None:
    film = view(plain_server()).open_order
    assert film is not None
    assert film.progress.title == "Engineer visit"


def test_a_server_without_flows_and_documents_is_shown_without() -> None:
    def refused(*_args: object, **_named: object) -> Iterator[object]:
        raise NotAllowed

    def unknown(*_args: object) -> Iterator[object]:
        raise Rejected

    client = plain_server(
        documents=SimpleNamespace(all=refused), process_flows=SimpleNamespace(all=unknown)
    )
    found = view(client)
    assert found.letters == ()
    assert found.open_order is not None
    assert found.open_order.steps == ()


def test_a_customer_who_may_not_be_read_is_an_error() -> None:
    def refused(_id: str) -> None:
        raise NotAllowed

    with pytest.raises(NotAllowed):
        gathered(plain_server(customers=SimpleNamespace(get=refused)), edda.CUSTOMER)
