"""An e-mail from a message: equal in every byte, and no field adds a header."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from hypothesis import given
from hypothesis import strategies as st

from backend.communication.carriers import Enclosure, Kind, Outgoing, Party
from backend.communication.mail import compose
from tests.support.post import START


def outgoing(**more: object) -> Outgoing:
    given = {
        "id": "0f7a",
        "kind": Kind.EMAIL,
        "sender": Party("Kestrelfjord Telecom", "service@kestrelfjord.example.com"),
        "receiver": Party("Edda Marrowby", "edda@example.com"),
        "subject": "Your order KO-0093317-4",
        "content": "Dear Edda Ærøskov,\n\nthank you.\n",
        "started": START,
        "enclosures": (Enclosure("LT01 KL-1.pdf", "application/pdf", b"%PDF-1.4 \x00\xff"),),
    }
    return Outgoing(**{**given, **more})  # type: ignore[arg-type]  # as given above


def read(mail: EmailMessage) -> EmailMessage:
    """As a mail program reads it."""
    return message_from_bytes(mail.as_bytes(), _class=EmailMessage, policy=SMTP)


def test_an_e_mail_holds_what_the_message_says() -> None:
    mail = read(compose(outgoing()))
    assert str(mail["From"]) == "Kestrelfjord Telecom <service@kestrelfjord.example.com>"
    assert str(mail["To"]) == "Edda Marrowby <edda@example.com>"
    assert mail["Subject"] == "Your order KO-0093317-4"
    assert mail["Message-ID"] == "<0f7a@kestrelfjord.example.com>"
    assert mail["Auto-Submitted"] == "auto-generated"
    body, attached = mail.iter_parts()
    assert body.get_content() == "Dear Edda Ærøskov,\r\n\r\nthank you.\r\n"
    assert attached.get_content() == b"%PDF-1.4 \x00\xff"
    assert attached.get_filename() == "LT01 KL-1.pdf"


def test_an_e_mail_made_again_is_the_same_in_every_byte() -> None:
    assert compose(outgoing()).as_bytes() == compose(outgoing()).as_bytes()


def test_an_e_mail_without_an_attachment_is_plain() -> None:
    mail = read(compose(outgoing(enclosures=())))
    assert mail.get_content_type() == "text/plain"


@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=120))
def test_no_name_and_no_subject_adds_a_header_or_a_receiver(name: str, subject: str) -> None:
    hostile = outgoing(
        receiver=Party(f"{name}\r\nBcc: all@example.com", "edda@example.com"),
        subject=f"{subject}\r\nBcc: all@example.com\r\n\r\nforged body",
    )
    mail = read(compose(hostile))
    assert mail.keys() == read(compose(outgoing())).keys()
    assert [one.addr_spec for one in mail["To"].addresses] == ["edda@example.com"]
