"""Interest in fibre that is not there yet: noted once, confirmed by e-mail."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from backend.address import rules as address
from tests.support.backend import RunningBackend

PATH = "/desk-api/v1/interest"
MESSAGES = "/tmf-api/communicationManagement/v4/communicationMessage"


@pytest.fixture
def home(operator_backend: RunningBackend) -> str:
    with operator_backend.database.read() as connection:
        found: str = address.complete(connection, "QX4 7TR 14 Pebblewick")[0]["id"]
    return found


def note(backend: RunningBackend, user: str = "agent", **wanted: Any) -> requests.Response:
    asked = {"offer": "F04", "name": "Jorun Mossbeck", **wanted}
    return backend.call("POST", PATH, user, json=asked)


def test_a_stranger_is_written_to(operator_backend: RunningBackend, home: str) -> None:
    answer = note(operator_backend, addressId=home, email="jorun@example.com")
    assert answer.status_code == 201, answer.text
    noted = answer.json()
    assert (noted["offer"], noted["name"]) == ("F04", "Jorun Mossbeck")
    message = operator_backend.call("GET", f"{MESSAGES}/{noted['messageId']}").json()
    assert message["receiver"][0]["email"] == "jorun@example.com"
    assert message["subject"].startswith("Glimt 2500")
    assert "14 Pebblewick Rise" in message["content"]


def test_the_same_interest_is_noted_once(operator_backend: RunningBackend, home: str) -> None:
    first = note(operator_backend, addressId=home, email="halla@example.com").json()
    again = note(operator_backend, addressId=home, email="Halla@example.com").json()
    other = note(operator_backend, addressId=home, email="halla@example.com", offer="F02").json()
    assert first == again
    assert other["id"] != first["id"]


def test_without_an_e_mail_nothing_is_sent(operator_backend: RunningBackend, home: str) -> None:
    answer = note(operator_backend, addressId=home, telephone="07700 900123")
    assert answer.status_code == 201
    assert answer.json()["messageId"] is None


@pytest.mark.parametrize(
    ("wanted", "status", "field"),
    [
        ({"addressId": "nowhere"}, 422, "addressId"),
        ({"offer": "Z9"}, 422, "offer"),
        ({"email": "no address"}, 400, None),
        ({"customerId": "KF-0000000-0"}, 404, None),
    ],
)
def test_what_is_wrong_is_named(
    operator_backend: RunningBackend,
    home: str,
    wanted: dict[str, str],
    status: int,
    field: str | None,
) -> None:
    answer = note(operator_backend, **{"addressId": home, **wanted})
    assert answer.status_code == status
    paths = [each["path"] for each in answer.json().get("fields", ())]
    assert field is None or paths == [field]


def test_who_sells_nothing_notes_nothing(operator_backend: RunningBackend, home: str) -> None:
    assert note(operator_backend, "it", addressId=home).status_code == 403
