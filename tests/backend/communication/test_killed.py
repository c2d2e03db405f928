"""A worker killed while the mail server already has the e-mail."""

from __future__ import annotations

from dataclasses import dataclass

import requests

from backend.rest.resource import Document
from tests.backend.communication.mail_server import mail_server
from tests.backend.communication.test_routes import PATH
from tests.support.backend import ChildBackend
from tests.support.database import DatabaseServer
from tests.support.waiting import PATIENCE, eventually

HELLO: Document = {
    "messageType": "Email",
    "subject": "Hello",
    "content": "Hello.",
    "receiver": [{"name": "Partner", "email": "partner@example.com"}],
    "sender": {"name": "whoever"},
}


@dataclass(frozen=True)
class Agent:
    """An agent who signed in to a backend."""

    url: str
    token: str

    def call(self, method: str, path: str, json: Document | None = None) -> Document:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = requests.request(
            method, self.url + path, headers=headers, timeout=PATIENCE, json=json
        )
        body: Document = answer.json()
        return body


def agent(child: ChildBackend) -> Agent:
    form = {"username": "agent", "password": "agent"}
    granted = requests.post(f"{child.url}/auth/token", data=form, timeout=PATIENCE).json()
    return Agent(child.url, granted["access_token"])


def test_another_process_sends_the_same_e_mail_again_and_finishes(
    database_server: DatabaseServer, operator_template: str
) -> None:
    with mail_server() as mailbox:
        mail = f"smtp://127.0.0.1:{mailbox.port}"
        url = database_server.clone(operator_template)
        where = ("--port", "0", "--database-url", url, "--mail", mail)
        mailbox.answers.clear()
        with ChildBackend(("serve", "--demo", *where)) as first:
            made = agent(first.ready()).call("POST", PATH, json=HELLO)
            eventually(lambda: len(mailbox.arrived) == 1)
            first.kill()
        mailbox.answers.set()
        with ChildBackend(("serve", "--demo", *where)) as second:
            asking, one = agent(second.ready()), f"{PATH}/{made['id']}"
            eventually(lambda: asking.call("GET", one)["state"] == "completed")
            assert asking.call("GET", one)["tryTimes"] == 2
    before, after = mailbox.arrived
    assert before["Message-ID"] == after["Message-ID"]
    assert before.as_bytes() == after.as_bytes()
