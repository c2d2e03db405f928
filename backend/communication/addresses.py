"""Reads where a message goes, and refuses what no carrier could reach."""

from __future__ import annotations

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from backend.communication.carriers import Kind
from backend.rest.errors import Field, Refused
from backend.rest.resource import Document

_HOME = "GB"


def kind_of(message: Document) -> Kind:
    """How the message travels; Refused for a kind this server does not send."""
    try:
        return Kind(message["messageType"])
    except ValueError:
        kinds = ", ".join(kind.value for kind in Kind)
        raise _wrong("messageType", f"Choose one of: {kinds}.") from None


def address_of(message: Document, kind: Kind) -> Document:
    """The one receiver, with its address in its normal form; Refused when it has none.

    One message goes to one receiver: each has its own fate, and nobody sees the others.
    """
    receivers = message["receiver"]
    if len(receivers) != 1:
        raise _wrong("receiver", "Send each receiver a message of its own.")
    receiver = dict(receivers[0])
    if kind is Kind.EMAIL:
        receiver["email"] = _email(receiver.get("email"))
    elif kind is Kind.TEXT:
        receiver["phoneNumber"] = _telephone(receiver.get("phoneNumber"))
    elif not receiver.get("name"):
        raise _wrong("receiver.0.name", "Name the person the letter is for.")
    return receiver


def _email(given: str | None) -> str:
    try:
        # no look-up: whether the domain takes e-mail is found out when it is sent
        found = validate_email(given or "", check_deliverability=False)
    except EmailNotValidError:
        raise _wrong("receiver.0.email", "Give a whole e-mail address.") from None
    return found.ascii_email or found.normalized


def _telephone(given: str | None) -> str:
    try:
        number = phonenumbers.parse(given or "", _HOME)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise _wrong("receiver.0.phoneNumber", "Give a whole telephone number.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _wrong(path: str, sentence: str) -> Refused:
    reason = "This message can not be sent."
    return Refused(reason, sentence, code="noAddress", fields=(Field(path, sentence),))
