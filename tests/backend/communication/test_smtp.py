"""E-mails over SMTP to a real server: what arrives, and what refusals are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.communication.carriers import Delayed, Party, Undeliverable
from backend.communication.smtp import MailServer, SmtpCarrier, Tls
from tests.backend.communication.mail_server import certificate, mail_server
from tests.backend.communication.test_mail import outgoing


def plain(port: int) -> SmtpCarrier:
    return SmtpCarrier(MailServer("127.0.0.1", port, Tls.NONE, timeout=5))


def test_an_e_mail_arrives_with_its_attachment() -> None:
    with mail_server() as mailbox:
        plain(mailbox.port).carry(outgoing())
    (mail,) = mailbox.arrived
    assert mailbox.receivers == ["edda@example.com"]
    _body, attached = mail.iter_parts()
    assert attached.get_content() == outgoing().enclosures[0].data


def test_an_address_with_letters_of_its_own_arrives() -> None:
    with mail_server() as mailbox:
        plain(mailbox.port).carry(outgoing(receiver=Party("Ærø", "ærø@example.com")))
    assert mailbox.receivers == ["ærø@example.com"]


@pytest.mark.parametrize(
    ("refusal", "kind", "words"),
    [
        ("550 5.1.1 Unknown user", Undeliverable, "no such mailbox"),
        ("550 5.1.10 Null MX", Undeliverable, "the domain takes no e-mail"),
        ("552 5.2.2 Over quota", Undeliverable, "the mailbox is full"),
        ("452 4.2.2 Over quota", Delayed, "the mailbox is full"),
        ("554 No", Undeliverable, r"the mail server refused it \(554\)"),
        ("451 4.7.500 Slow down", Delayed, r"the mail server refused it \(451\)"),
    ],
)
def test_a_refusal_is_put_into_words(refusal: str, kind: type[Exception], words: str) -> None:
    with mail_server() as mailbox:
        mailbox.refusal = refusal
        with pytest.raises(kind, match=words):
            plain(mailbox.port).carry(outgoing())
    assert mailbox.arrived == []


def test_a_server_that_does_not_answer_is_asked_again_later() -> None:
    with mail_server() as mailbox:
        pass
    with pytest.raises(Delayed, match="does not answer"):
        plain(mailbox.port).carry(outgoing())


def test_with_tls_the_sign_in_and_the_mail_go_in_private(
    tmp_path: Path, expected_log: list[str]
) -> None:
    expected_log.append("login_data is deprecated")  # the test's server speaks to itself
    theirs, ours = certificate(tmp_path)
    with mail_server(theirs, password="secret") as mailbox:
        server = MailServer("localhost", mailbox.port, Tls.START, "desk", "secret", timeout=5)
        SmtpCarrier(server, ours).carry(outgoing())
    assert (len(mailbox.arrived), mailbox.users) == (1, {"desk"})


def test_a_wrong_password_is_said_to_be_ours(tmp_path: Path) -> None:
    theirs, ours = certificate(tmp_path)
    with mail_server(theirs, password="secret") as mailbox:
        server = MailServer("localhost", mailbox.port, Tls.START, "desk", "wrong", timeout=5)
        with pytest.raises(Delayed, match="refused to sign us in"):
            SmtpCarrier(server, ours).carry(outgoing())


def test_nothing_is_sent_to_a_server_that_offers_no_tls() -> None:
    with mail_server() as mailbox:
        server = MailServer("localhost", mailbox.port, Tls.START, "desk", "secret", timeout=5)
        with pytest.raises(Delayed, match="does not offer"):
            SmtpCarrier(server).carry(outgoing())
    assert mailbox.arrived == []


def test_nothing_is_sent_to_a_server_nobody_vouches_for(
    tmp_path: Path, expected_log: list[str]
) -> None:
    expected_log.append("SMTP session exception")  # the test's server says that we hung up
    theirs, _ours = certificate(tmp_path)
    with mail_server(theirs) as mailbox:
        server = MailServer("localhost", mailbox.port, Tls.START, timeout=5)
        with pytest.raises(Delayed, match="does not answer"):
            SmtpCarrier(server).carry(outgoing())
    assert mailbox.arrived == []
