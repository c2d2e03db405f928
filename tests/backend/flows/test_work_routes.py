"""The work list and the options of an order over HTTP, through the client."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from backend.flows.engine import FLOW
from backend.flows.starting import Subject
from backend.rest.resource import Context
from backend_client import Client, Rejected
from backend_client.errors import NotAllowed
from tests.backend.creation.conftest import command, item
from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer

CONSENT = """
id = "PF90"
name = "Trial"
description = "Made up for a test."

[[step]]
id = "consent"
name = "Landlord agrees"
who = "Front desk"
kind = "manual"
department = "FD"
form = [{ name = "answer", label = "Answer", type = "choice", required = true, values = ["yes"] }]
"""


@pytest.fixture(scope="module")
def served(database_server: DatabaseServer, operator_template: str) -> Iterator[RunningBackend]:
    """An operator whose orders are held for a minute; nobody works on them."""
    url = database_server.clone(operator_template)
    with running_backend(url, worker=False, hold=timedelta(minutes=1)) as backend:
        yield backend


def client(served: RunningBackend, user: str) -> Client:
    return Client.with_token(served.url, served.token(user))


def created(served: RunningBackend, **attributes: Any) -> dict[str, str]:
    """What a creation with a new line made, and its `command`."""
    body = {**command(item("1", "M03"), item("2", "M11", line="1")), **attributes}
    identity = body["order"]["externalId"]
    answer = served.call("PUT", f"/desk-api/v1/creation/{identity}", "agent", json=body)
    assert answer.status_code == 201, answer.text
    return {**answer.json(), "command": identity}


def ordered(served: RunningBackend) -> str:
    return created(served)["orderId"]


def task_for(served: RunningBackend) -> None:
    """A flow that waits for people."""
    flows = served.application.parts.flows
    with served.database.begin() as connection:
        context = Context(connection, FLOW, served.application.parts.now(), "test")
        definition = flows.library.publish(context, CONSENT)
        flows.starter.begin(context, definition, Subject(), {})


def test_a_person_undoes_his_order(served: RunningBackend) -> None:
    order = ordered(served)
    with client(served, "agent") as agent:
        options = agent.orders.options(order)
        assert options.undo_seconds is not None
        assert 0 < options.undo_seconds <= 60
        assert agent.order_cancellations.undo(order).state == "done"
        assert agent.orders.options(order).undo_seconds is None
        assert agent.orders.get(order).state == "cancelled"


@pytest.mark.parametrize("undone", [True, False])
def test_what_the_agent_wrote_leaves_only_if_the_order_was_not_undone(
    served: RunningBackend,
    undone: bool,  # noqa: FBT001 - a case
) -> None:
    message = {"to": "customer", "subject": "Welcome", "content": "Hello.", "attachments": []}
    made = created(served, messages=[message])
    base = "/tmf-api/communicationManagement/v4/communicationMessage"
    path = f"{base}?customerId={made['customerId']}"
    assert served.call("GET", path, "agent").json() == []
    with client(served, "agent") as agent:
        if undone:
            agent.order_cancellations.undo(made["orderId"])
    served.application.parts.creating.correspondence.send(made["command"], 0, 1)
    assert len(served.call("GET", path, "agent").json()) == (not undone)


def test_an_order_is_changed_and_begun_at_once(served: RunningBackend) -> None:
    order = ordered(served)
    with client(served, "agent") as agent:
        assert agent.orders.begin_now(order).record.priority == "0"
        changed = agent.orders.change(order, {"notificationContact": "07700 900123"})
        assert changed.record.notification_contact == "07700 900123"


def test_work_is_listed_given_out_and_done(served: RunningBackend) -> None:
    task_for(served)
    with client(served, "supervisor") as supervisor:
        (row,) = supervisor.work.listed("tasks").rows
        assert row.actions == {"assign", "complete", "compensate"}
        names = [each.name for each in supervisor.work.people()]
        assert names == sorted(names)
        assert "Maren Tindlewick" in names
        assert "Kelda Mossbeck" not in names, "a partner's people are not ours"
        mine = supervisor.work.assign(row.task_id, "me")
        assert mine.assignee is not None
        assert supervisor.work.listed(mine=True).total == 1
        with pytest.raises(Rejected) as refused:
            supervisor.work.complete(row, {"answer": "perhaps"})
        assert list(refused.value.fields) == ["characteristic.answer"]
        assert supervisor.work.complete(row, {"answer": "yes"}).state == "completed"
        assert supervisor.work.listed().rows == ()


def test_work_is_taken_back_with_a_reason(served: RunningBackend) -> None:
    task_for(served)
    with client(served, "supervisor") as supervisor:
        (row,) = supervisor.work.listed("tasks").rows
        with pytest.raises(Rejected):
            supervisor.work.take_back(row.task_id, " ")
        supervisor.work.take_back(row.task_id, "She moves away.")
        assert supervisor.work.listed().rows == ()


def test_agents_do_not_read_the_list(served: RunningBackend) -> None:
    with client(served, "agent") as agent, pytest.raises(NotAllowed):
        agent.work.listed()
