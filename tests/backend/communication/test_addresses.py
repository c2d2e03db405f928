"""Where messages may go: one receiver, with an address that can exist."""

from __future__ import annotations

import pytest

from backend.communication.addresses import address_of, kind_of
from backend.communication.carriers import Kind
from backend.rest.errors import Refused
from backend.rest.resource import Document


def reached(kind: Kind, **receiver: str) -> Document:
    return address_of({"receiver": [receiver]}, kind)


def test_a_telephone_number_takes_its_international_form() -> None:
    assert reached(Kind.TEXT, phoneNumber="07700 900471")["phoneNumber"] == "+447700900471"
    assert reached(Kind.TEXT, phoneNumber="+45 32 12 34 56")["phoneNumber"] == "+4532123456"


def test_an_e_mail_address_keeps_its_letters_and_its_domain_becomes_ascii() -> None:
    assert reached(Kind.EMAIL, email="Edda@EXAMPLE.com")["email"] == "Edda@example.com"
    assert (
        reached(Kind.EMAIL, email="edda@ærø.example.com")["email"] == "edda@xn--r-3fa9c.example.com"
    )
    assert reached(Kind.EMAIL, email="ærø@example.com")["email"] == "ærø@example.com"


@pytest.mark.parametrize(
    ("kind", "receiver"),
    [
        (Kind.EMAIL, {}),
        (Kind.EMAIL, {"email": "edda"}),
        (Kind.EMAIL, {"email": "edda@example.com, all@example.com"}),
        (Kind.EMAIL, {"email": "edda@example.com\r\nBcc: all@example.com"}),
        (Kind.TEXT, {"phoneNumber": "12"}),
        (Kind.TEXT, {"phoneNumber": "not a number"}),
        (Kind.TEXT, {"email": "edda@example.com"}),
        (Kind.LETTER, {"email": "edda@example.com"}),
    ],
)
def test_a_receiver_who_can_not_be_reached_is_refused(kind: Kind, receiver: dict[str, str]) -> None:
    with pytest.raises(Refused) as refusal:
        reached(kind, **receiver)
    assert refusal.value.fields[0].path.startswith("receiver.0.")


def test_each_receiver_gets_a_message_of_their_own() -> None:
    with pytest.raises(Refused, match="can not be sent"):
        address_of({"receiver": [{"name": "a"}, {"name": "b"}]}, Kind.LETTER)


def test_only_some_kinds_of_message_are_sent() -> None:
    assert kind_of({"messageType": "SMS"}) is Kind.TEXT
    with pytest.raises(Refused) as refusal:
        kind_of({"messageType": "Fax"})
    assert "Email, SMS, Letter" in refusal.value.message
