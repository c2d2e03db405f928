"""Commands as the wizard sends them, and a whole backend to send them to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import requests
import sqlalchemy as sa

from backend.rest.resource import Document
from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer


@dataclass
class Desk:
    """One agent's desk: sends commands, and counts what they left behind."""

    backend: RunningBackend
    user: str = "agent"

    def send(self, body: Document, command: str | None = None) -> requests.Response:
        path = f"/desk-api/v1/creation/{command or uuid4()}"
        return self.backend.call("PUT", path, self.user, json=body)

    def made(self, body: Document) -> Document:
        answer = self.send(body)
        assert answer.status_code == 201, answer.text
        created: Document = answer.json()
        return created

    def get(self, path: str) -> Any:
        answer = self.backend.call("GET", path, self.user)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def hold(self, *numbers: str) -> str:
        """The id of a reservation that keeps these numbers."""
        wanted = [{"resource": {"id": number}} for number in numbers]
        answer = self.backend.call(
            "POST",
            "/tmf-api/resourcePoolManagement/v4/reservation",
            self.user,
            json={"externalId": str(uuid4()), "reservationItem": wanted},
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def rows(self) -> dict[str, int]:
        """How many rows each table has that a creation writes."""
        tables = (
            "individual", "organization", "customer", "billing_account", "product_order",
            "product", "creation_command", "customer_pin", "agreement_given",
            "creation_message", "communication_message", "event",
        )  # fmt: skip
        taken = "SELECT count(*) FROM telephone_number WHERE state = 'assigned'"
        with self.backend.database.read() as connection:
            counts = {
                name: int(connection.scalar(sa.text(f"SELECT count(*) FROM {name}")) or 0)  # noqa: S608 - names from above
                for name in tables
            }
            return counts | {"assigned": int(connection.scalar(sa.text(taken)) or 0)}


def person(given: str = "Edda", family: str = "Marrowby", **attributes: Any) -> Document:
    email = "edda.marrowby@example.com" if given == "Edda" else "somebody@example.org"
    return {
        "party": {
            "@type": "Individual",
            "givenName": given,
            "familyName": family,
            "birthDate": "1984-03-09T00:00:00Z",
        },
        "customer": {
            "name": f"{given} {family}",
            "contactMedium": [
                {
                    "mediumType": "email",
                    "preferred": True,
                    "characteristic": {"emailAddress": email},
                }
            ],
            "characteristic": [
                {"name": "identitySeen", "value": "passport", "valueType": "string"}
            ],
            "relatedParty": [{"id": "R0", "role": "reseller", "@referredType": "PartyRole"}],
        },
        "pin": "4711",
        **attributes,
    }


def item(identity: str, code: str, line: str | None = None, **settings: str) -> Document:
    made: Document = {
        "id": identity,
        "action": "add",
        "quantity": 1,
        "productOffering": {"id": code, "@referredType": "ProductOffering"},
        "product": {
            "@type": "Product",
            "productCharacteristic": [
                {"name": name, "value": value, "valueType": "string"}
                for name, value in settings.items()
            ],
        },
    }
    if line is not None:
        made["productOrderItemRelationship"] = [{"id": line, "relationshipType": "reliesOn"}]
    return made


def command(*items: Document, **attributes: Any) -> Document:
    """A whole command; without items only the account is created."""
    picks: dict[str, int] = {}
    for one in items:
        code = one["productOffering"]["id"]
        picks[code] = picks.get(code, 0) + 1
    ordered = {
        "order": {
            "externalId": str(uuid4()),
            "channel": [{"id": "CALL", "name": "Call centre", "role": "sales"}],
            "productOrderItem": list(items),
        },
        "agreement": {
            "way": "voice",
            "at": datetime.now(UTC).isoformat(),
            "termsVersion": "12",
            "termsHash": "0" * 64,
        },
    }
    nothing = {"order": None, "agreement": None}
    return {
        "customer": person(),
        "billingAccount": {"name": "Edda Marrowby", "accountType": "postpaid"},
        "picks": picks,
        "addressId": None,
        "priceList": "",
        "reservations": [],
        "waivers": [],
        "messages": [],
        **(ordered if items else nothing),
        **attributes,
    }


@pytest.fixture(scope="module")
def running(database_server: DatabaseServer, operator_template: str) -> Iterator[RunningBackend]:
    """One backend for a module: commands do not stumble over one another."""
    # no worker: flows would go on by themselves while a test counts rows
    with running_backend(database_server.clone(operator_template), worker=False) as backend:
        yield backend


@pytest.fixture
def desk(running: RunningBackend) -> Desk:
    return Desk(running)
