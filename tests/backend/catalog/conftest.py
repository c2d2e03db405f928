"""A backend whose catalogue a test may change, and the documents it begins with."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
import requests

from backend.catalog.prover import Prover
from backend.lab.proving import answered
from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer

Document = dict[str, Any]
CATALOGUE = "/desk-api/v1/catalogue"
TMF620 = "/tmf-api/productCatalogManagement/v4"
FASTER: Document = {
    "code": "",
    "name": "Glimt 1500",
    "family": "Internet",
    "kind": "broadband",
    "monthly": 52.0,
    "oneoff": 0,
    "term": 24,
    "max": 1,
    "note": "",
}
"""A new bandwidth, as a product manager writes it; each test has one with a code of its own."""


@pytest.fixture(autouse=True)
def proofs_in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for each proof takes its time; `test_prover` starts real ones."""
    if "real_prover" not in request.fixturenames:
        monkeypatch.setattr(Prover, "_ask", lambda _self, task: orjson.loads(answered(task)))


@pytest.fixture
def real_prover() -> Prover:
    return Prover()


@pytest.fixture(scope="module")
def shop(database_server: DatabaseServer, operator_template: str) -> Iterator[RunningBackend]:
    """A backend whose catalogue the tests of one file change, one after the other."""
    with running_backend(database_server.clone(operator_template), worker=False) as running:
        yield running
    database_server.drop(str(running.database.engine.url.database))


def in_force(backend: RunningBackend) -> Document:
    """What is in force, to be changed."""
    found: Document = copy.deepcopy(backend.call("GET", CATALOGUE, "product").json())
    return found


@pytest.fixture
def faster(shop: RunningBackend) -> Document:
    """A catalogue with a new bandwidth in it, to be proposed."""
    return with_faster(in_force(shop))


@pytest.fixture
def propose(shop: RunningBackend) -> Callable[[Document], requests.Response]:
    def send(document: Document) -> requests.Response:
        return shop.call("POST", f"{CATALOGUE}/proposal", "product", json=document)

    return send


def approve(shop: RunningBackend, identity: str, user: str = "supervisor") -> requests.Response:
    return shop.call("POST", f"{CATALOGUE}/proposal/{identity}/approval", user, json={})


def with_faster(edition: Document) -> Document:
    catalogue, code = edition["catalogue"], f"F9{edition['version']:02}"
    catalogue["offers"].append({**FASTER, "code": code})
    for group in ("BB", "FIB", "FIBPAID"):
        catalogue["groups"][group].append(code)
    rule = next(each for each in catalogue["rules"] if each["id"] == "R25")
    rule["lhs"].append(code)
    return {
        "catalogue": catalogue,
        "basedOn": edition["version"],
        "note": "A bandwidth between Glimt 1000 and 2500",
    }


def code_of(edition: Document) -> str:
    """The code of the new bandwidth in an edition."""
    code: str = edition["catalogue"]["offers"][-1]["code"]
    return code
