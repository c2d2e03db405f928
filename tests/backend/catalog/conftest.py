"""A backend whose catalogue a test may change, and the documents it begins with."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer

Document = dict[str, Any]
CATALOGUE = "/desk-api/v1/catalogue"
TMF620 = "/tmf-api/productCatalogManagement/v4"
FASTER: Document = {
    "code": "F09X",
    "name": "Glimt 1500",
    "family": "Internet",
    "kind": "broadband",
    "monthly": 52.0,
    "oneoff": 0,
    "term": 24,
    "max": 1,
    "note": "",
}
"""A new bandwidth, as a product manager writes it."""


@pytest.fixture
def shop(database_server: DatabaseServer, operator_template: str) -> Iterator[RunningBackend]:
    """A backend of the test's own that sells everything."""
    with running_backend(database_server.clone(operator_template)) as running:
        yield running
    database_server.drop(str(running.database.engine.url.database))


@pytest.fixture
def edition(shop: RunningBackend) -> Document:
    """What is in force, to be changed."""
    found: Document = copy.deepcopy(shop.call("GET", CATALOGUE, "product").json())
    return found


@pytest.fixture
def faster(edition: Document) -> Document:
    """A catalogue with a new bandwidth in it, to be proposed."""
    return with_faster(edition)


@pytest.fixture
def propose(shop: RunningBackend) -> Callable[[Document], requests.Response]:
    def send(document: Document) -> requests.Response:
        return shop.call("POST", f"{CATALOGUE}/proposal", "product", json=document)

    return send


def with_faster(edition: Document) -> Document:
    catalogue = edition["catalogue"]
    catalogue["offers"].append(dict(FASTER))
    for group in ("BB", "FIB", "FIBPAID"):
        catalogue["groups"][group].append(FASTER["code"])
    rule = next(each for each in catalogue["rules"] if each["id"] == "R25")
    rule["lhs"].append(FASTER["code"])
    return {
        "catalogue": catalogue,
        "basedOn": edition["version"],
        "note": "A bandwidth between Glimt 1000 and 2500",
    }
