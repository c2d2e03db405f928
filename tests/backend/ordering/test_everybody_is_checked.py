"""An order that breaks a rule is refused with the rule, whoever sends it by TMF622."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from fastapi import FastAPI, Request

from backend.access.caller import Caller
from backend.database import Database
from backend.ordering import routes
from backend.ordering.cancelling import nothing_begun
from backend.rest import error_pages
from backend.rest.resource import Document
from backend.rest.router import Wiring
from tests.backend.ordering.conftest import (
    MAREN,
    PARTNER,
    RIGHTS,
    Shop,
    add,
    make_shop,
    modify,
    order_of,
)
from tests.support.rest import served
from tests.support.tmf import assert_conforms
from tests.support.waiting import PATIENCE

ORDERS = "/tmf-api/productOrderingManagement/v4/productOrder"
MACHINE = Caller("depot", "Depot system", frozenset({"system"}), RIGHTS, None)
HERSELF = Caller("edda", "Edda Marrowby", frozenset({"customer"}), RIGHTS, None)
CALLERS = {each.user_id: each for each in (MAREN, PARTNER, MACHINE, HERSELF)}


@dataclass(frozen=True)
class Counter:
    """The shop over HTTP, and its customers."""

    url: str
    shop: Shop

    def send(self, caller: Caller, customer_id: str, *items: Document) -> Any:
        return requests.post(
            self.url + ORDERS,
            json=order_of(customer_id, *items),
            headers={"X-Caller": caller.user_id},
            timeout=PATIENCE,
        )


@pytest.fixture
def counter(operator_database: Database) -> Iterator[Counter]:
    shop = make_shop(operator_database)

    def current_caller(request: Request) -> Caller:
        return CALLERS[request.headers["x-caller"]]

    app = FastAPI()
    error_pages.install(app)
    wiring = Wiring(operator_database, current_caller)
    app.include_router(routes.router(wiring, shop.ordering, nothing_begun))
    with served(app) as url:
        yield Counter(url, shop)


@pytest.mark.parametrize("caller", CALLERS.values(), ids=CALLERS)
def test_nobody_gets_a_line_without_its_sim(counter: Counter, caller: Caller) -> None:
    owner = counter.shop.customer(reseller=caller.reseller)
    refused = counter.send(caller, owner, add("1", "M02"))
    assert refused.status_code == 422
    body = refused.json()
    assert (body["code"], body["message"]) == ("ruleBroken", "The order breaks: R59.")
    assert body["reason"].startswith("Each mobile line and each Twin SIM")
    assert body["fields"][0]["path"] == "productOrderItem.0.productOffering"
    taken = counter.send(caller, owner, add("1", "M02"), add("2", "M11"))
    assert taken.status_code == 201
    assert taken.json()["catalogueVersion"] == "1"


@pytest.mark.parametrize(
    ("caller", "code", "rule"),
    [
        (MAREN, "X05", "R92"),  # only a senior agent gives the retention offer
        (PARTNER, "X03", "R03"),  # not sold through partners
        (MACHINE, "P01", "R01"),  # prepaid is started in self-service
        (MACHINE, "X03", "R03"),
        (HERSELF, "X09", "R02"),  # not set up in self-service
    ],
)
def test_rules_of_role_and_channel_go_by_who_sends(
    counter: Counter, caller: Caller, code: str, rule: str
) -> None:
    owner = counter.shop.customer(reseller=caller.reseller)
    refused = counter.send(caller, owner, add("1", "M02"), add("2", "M11"), add("3", code))
    assert refused.status_code == 422
    assert rule in refused.json()["message"]


def test_the_version_is_the_servers_to_write(counter: Counter) -> None:
    owner = counter.shop.customer()
    order = order_of(owner, add("1", "M02"), add("2", "M11"), catalogueVersion="7")
    answer = requests.post(
        counter.url + ORDERS, json=order, headers={"X-Caller": "maren"}, timeout=PATIENCE
    )
    assert answer.status_code == 400
    assert answer.json()["fields"][0]["path"] == "catalogueVersion"


def test_a_rest_is_ordered_and_amended_over_the_wire(counter: Counter) -> None:
    owner = counter.shop.customer()
    line = counter.shop.product(counter.shop.fulfilled(owner, add("1", "M02"), add("2", "M11")))
    rest = modify(line, own={"status": "suspended"}, suspension={"reason": "lost"})
    placed = counter.send(MAREN, owner, {**rest, "purpose": "move"})
    assert placed.status_code == 201, placed.text
    order = placed.json()
    assert order["productOrderItem"][0]["purpose"] == "suspend"
    assert_conforms(622, "ProductOrder", order)
    noted = requests.patch(
        counter.url + order["href"],
        json={"note": [{"text": "Left in a taxi."}]},
        headers={"X-Caller": "maren"},
        timeout=PATIENCE,
    )
    assert noted.status_code == 200, noted.text
    why = {"reason": "because"}
    wrong = counter.send(MAREN, owner, modify(line, own={"status": "suspended"}, suspension=why))
    assert wrong.status_code == 400
    assert wrong.json()["fields"][0]["path"] == "productOrderItem.0.suspension.reason"
    again = counter.send(MAREN, owner, modify(line, productOffering={"id": "M04"}))
    assert (again.status_code, again.json()["code"]) == (422, "openOrder")
