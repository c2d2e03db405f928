"""Sending: once as the receiver sees it, tried again when it did not get through, then over."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from backend.communication.carriers import Delayed, Kind, Outgoing, Undeliverable
from backend.communication.delivery import WAITS, spread
from backend.communication.rules import Message
from backend.communication.smtp import MailServer, SmtpCarrier, Tls
from backend.document import rules as document
from backend.document.papers import Paper
from backend.document.rules import Filing, characteristic
from tests.backend.communication.mail_server import mail_server
from tests.support.backend import running_backend
from tests.support.database import DatabaseServer
from tests.support.post import EDDA, START, Basket, Post
from tests.support.waiting import eventually

BYTES = b"%PDF-1.4 the letter"


def letter(post: Post, customer_id: str) -> str:
    filing = Filing(
        name="Order confirmation",
        document_type="LT01",
        paper=Paper(BYTES, document.PDF, "LT01"),
        customer_id=customer_id,
        kept_until=START.date(),
    )
    with post.context() as context:
        return str(document.archive(context, filing)["id"])


def queued(post: Post, customer_id: str, *, attach: bool = True) -> str:
    message = Message(
        kind=Kind.EMAIL,
        to="Edda Marrowby",
        address="edda.marrowby@example.com",
        subject="Your order",
        content="Thank you.",
        customer_id=customer_id,
        attachments=(letter(post, customer_id),) if attach else (),
    )
    with post.context() as context:
        return str(post.messages.queue(context, message)["id"])


def smtp(port: int) -> SmtpCarrier:
    return SmtpCarrier(MailServer("127.0.0.1", port, Tls.NONE, timeout=5))


def test_an_e_mail_arrives_once_although_its_job_runs_twice(post: Post) -> None:
    message = queued(post, post.customer(*EDDA))
    with mail_server() as mailbox:
        delivery = post.delivered_by(smtp(mailbox.port))
        delivery.send(message)
        delivery.send(message)
    (mail,) = mailbox.arrived
    _body, attached = mail.iter_parts()
    assert attached.get_content() == BYTES
    assert post.message(message)["state"] == "completed"
    assert post.message(message)["tryTimes"] == 1


def test_an_e_mail_arrives_once_although_two_workers_send_it_at_the_same_time(post: Post) -> None:
    message = queued(post, post.customer(*EDDA))
    with mail_server() as mailbox:
        delivery = post.delivered_by(smtp(mailbox.port))
        threads = [threading.Thread(target=delivery.send, args=(message,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(mailbox.arrived) == 1


class DiesAfterwards:
    """A carrier in a process that dies when the message is out but not yet noted."""

    def __init__(self, carrier: SmtpCarrier) -> None:
        self._carrier = carrier

    def carry(self, message: Outgoing) -> None:
        self._carrier.carry(message)
        raise RuntimeError("killed")


def test_after_a_crash_the_second_copy_is_known_as_the_same_e_mail(post: Post) -> None:
    message = queued(post, post.customer(*EDDA))
    with mail_server() as mailbox:
        with pytest.raises(RuntimeError):
            post.delivered_by(DiesAfterwards(smtp(mailbox.port))).send(message)
        assert post.message(message)["state"] == "inProgress"
        post.clock.pass_by(timedelta(seconds=9))
        post.delivered_by(smtp(mailbox.port)).send(message)
    first, second = mailbox.arrived
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()
    assert post.message(message)["state"] == "completed"


def test_a_message_that_comes_back_has_failed_and_says_why(post: Post) -> None:
    message = queued(post, post.customer(*EDDA))
    with mail_server() as mailbox:
        mailbox.refusal = "550 5.1.1 Unknown user"
        post.delivered_by(smtp(mailbox.port)).send(message)
    found = post.message(message)
    assert found["state"] == "failed"
    assert characteristic(found, "failureReason") == "no such mailbox"
    assert found["sendTimeComplete"] == "2026-11-20T10:00:00.000Z"


def test_what_did_not_get_through_is_tried_again_later_and_later(post: Post) -> None:
    message = queued(post, post.customer(*EDDA), attach=False)
    post.basket.troubles = [Delayed("busy"), Delayed("busy")]
    post.delivery.send(message)
    post.clock.pass_by(timedelta(minutes=2))
    post.delivery.send(message)
    first, second = (at for _message, at in post.waiting()[1:] if at is not None)
    assert WAITS[0] <= first - START <= WAITS[0] * 1.2
    assert WAITS[1] <= second - post.clock() <= WAITS[1] * 1.2
    post.delivery.send(message)
    found = post.message(message)
    assert (found["state"], found["tryTimes"]) == ("completed", 3)
    assert found["sendTime"] == "2026-11-20T10:00:00.000Z"


def test_after_the_last_try_it_has_failed(post: Post) -> None:
    message = queued(post, post.customer(*EDDA), attach=False)
    tries = len(WAITS) + 1
    post.basket.troubles = [Delayed("our mail server does not answer") for _ in range(tries)]
    for _ in range(tries):
        post.delivery.send(message)
    found = post.message(message)
    assert (found["state"], found["tryTimes"]) == ("failed", tries)
    assert characteristic(found, "failureReason") == "our mail server does not answer"
    post.delivery.send(message)
    assert post.basket.taken == []


def test_a_message_for_later_waits_for_its_time(post: Post) -> None:
    edda = post.customer(*EDDA)
    later = START + timedelta(hours=6)
    with post.context() as context:
        wanted = Message(Kind.TEXT, "Edda", "07700 900471", "Tomorrow", edda, send_at=later)
        message = post.messages.queue(context, wanted)["id"]
    assert post.waiting() == [(message, later)]
    post.delivery.send(message)
    assert post.message(message)["state"] == "initial"
    post.clock.pass_by(timedelta(hours=6))
    post.delivery.send(message)
    (sent,) = post.basket.taken
    assert (sent.receiver.address, sent.sender.name) == ("+447700900471", "Kestrelfjord Telecom")


def test_a_message_that_is_gone_is_no_fault(post: Post) -> None:
    post.delivery.send("never-was")
    assert post.basket.taken == []


def test_a_refusal_for_good_is_not_tried_again(post: Post) -> None:
    message = queued(post, post.customer(*EDDA), attach=False)
    basket = Basket(troubles=[Undeliverable("no such mailbox")])
    post.delivered_by(basket).send(message)
    assert [waiting for waiting, _at in post.waiting()] == [message]  # the first promise only


def test_waits_are_spread_but_each_message_keeps_its_own() -> None:
    waits = {spread(WAITS[0], str(number)) for number in range(50)}
    assert len(waits) > 20
    assert max(waits) <= WAITS[0] * 1.2
    assert spread(WAITS[0], "a") == spread(WAITS[0], "a")


def test_the_backends_own_worker_sends_what_an_agent_wrote(
    database_server: DatabaseServer, demo_template: str, tmp_path: Path
) -> None:
    url = database_server.clone(demo_template)
    mail = tmp_path / "out"
    body = {
        "messageType": "Email",
        "subject": "Hello",
        "content": "Hello.",
        "receiver": [{"name": "Partner", "email": "partner@example.com"}],
        "sender": {"name": "whoever"},
    }
    path = "/tmf-api/communicationManagement/v4/communicationMessage"
    with running_backend(url, data_folder=tmp_path, mail=f"folder:{mail}") as backend:
        made = backend.call("POST", path, json=body).json()
        file = mail / f"{made['id']}.eml"
        eventually(file.exists)
        one = f"{path}/{made['id']}"
        eventually(lambda: backend.call("GET", one).json()["state"] == "completed")
    assert b"To: Partner <partner@example.com>" in file.read_bytes()
