"""A message as an e-mail (RFC 5322), the same in every byte however often it is made."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from backend.communication.carriers import Outgoing, Party


def compose(message: Outgoing) -> EmailMessage:
    """The e-mail. Its Message-ID follows from the message's id: a second copy is known as one."""
    ascii_only = message.receiver.address.isascii()
    mail = EmailMessage(policy=SMTP if ascii_only else SMTPUTF8)
    mail["From"] = _address(message.sender)
    mail["To"] = _address(message.receiver)
    mail["Subject"] = one_line(message.subject)
    mail["Date"] = format_datetime(message.started)
    mail["Message-ID"] = message_id(message)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    mail.set_content(message.content, cte="quoted-printable")
    for one in message.enclosures:
        main, _slash, sub = one.mime_type.partition("/")
        mail.add_attachment(one.data, maintype=main, subtype=sub, filename=one_line(one.file_name))
    if mail.is_multipart():
        mail.set_boundary(f"=-{message.id}")
    return mail


def message_id(message: Outgoing) -> str:
    """`<id@domain of the sender>`."""
    return f"<{message.id}@{message.sender.address.rpartition('@')[2]}>"


def one_line(text: str) -> str:
    """No line end or control: a name must not add a header of its own."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _address(party: Party) -> Address:
    user, _at, domain = party.address.rpartition("@")
    return Address(display_name=one_line(party.name), username=user, domain=domain)
