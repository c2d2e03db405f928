"""Work that people must do: what is asked for, and what is sent."""

from __future__ import annotations

import pytest

from backend_client import Client, Rejected
from backend_client.work import FormField, FormValue, WorkRow, values_of
from tests.backend_client.server import Reply, Server

ROW = {
    "taskId": "T1",
    "flowId": "F1",
    "orderNumber": "KO-0093317-4",
    "customerId": "KF-0041873-6",
    "customer": "Edda Marrowby",
    "step": "Line set up in the network",
    "flow": "New mobile line",
    "kind": "stuck",
    "outcome": "failed",
    "reason": "hlr did not answer.",
    "department": "PV",
    "assignee": {"id": "u1", "name": "Cosmo Pellwether"},
    "since": "2026-11-20T09:12:00+00:00",
    "actions": ["retry", "assign"],
    "form": [{"name": "pac", "label": "PAC", "type": "text", "required": True}],
}


def test_the_list_says_what_waits_and_what_may_be_done(server: Server, client: Client) -> None:
    server.says(
        {
            "total": 1,
            "counts": {"stuck": 1, "tasks": 4, "danger": 2, "mine": 0},
            "departments": [{"id": "PV", "name": "Provisioning fallout", "count": 1}],
            "rows": [ROW],
            "next": "more",
        }
    )
    found = client.work.listed("stuck", department="PV", mine=True, after="page 2")
    assert (found.counts.tasks, found.next) == (4, "more")
    (row,) = found.rows
    assert row.actions == {"retry", "assign"}
    assert row.assignee is not None
    assert row.assignee.name == "Cosmo Pellwether"
    assert row.form == (FormField(name="pac", label="PAC", required=True),)
    assert dict(server.requests[-1].query) == {
        "view": "stuck",
        "limit": "200",
        "department": "PV",
        "mine": "true",
        "after": "page 2",
    }


def test_a_step_is_given_to_somebody_or_to_nobody(server: Server, client: Client) -> None:
    server.says({**ROW, "assignee": None})
    assert client.work.assign("T1", "me").assignee is None
    assert server.requests[-1].path == "/desk-api/v1/worklist/T1/assignment"
    assert server.requests[-1].document == {"userId": "me"}
    client.work.assign("T1", None)
    assert server.requests[-1].document == {"userId": None}


def test_those_who_may_be_given_work_are_listed(server: Server, client: Client) -> None:
    server.says({"people": [{"id": "u1", "name": "Cosmo Pellwether", "team": "North"}]})
    assert [each.name for each in client.work.people()] == ["Cosmo Pellwether"]


def test_held_steps_are_tried_again_passed_over_and_taken_back(
    server: Server, client: Client
) -> None:
    row = WorkRow(task_id="T1", flow_id="F1")
    server.says({"id": "T1", "state": "active"})
    path = "/tmf-api/processFlowManagement/v4/processFlow/F1/taskFlow/T1"
    assert client.work.retry(row).state == "active"
    assert (server.requests[-1].path, server.requests[-1].document) == (path, {"state": "active"})
    client.work.skip(row, "Done by telephone.")
    assert server.requests[-1].document == {
        "state": "completed",
        "characteristic": [{"name": "reason", "value": "Done by telephone."}],
    }
    server.says({})
    client.work.take_back("T1", "The customer gave up.", force=True)
    assert server.requests[-1].path == "/desk-api/v1/worklist/T1/compensation"
    assert server.requests[-1].document == {"reason": "The customer gave up.", "force": True}


def test_a_task_is_done_with_what_its_form_asks(server: Server, client: Client) -> None:
    server.answering = lambda _request: Reply.of(
        {
            "code": "form",
            "reason": "A PAC has three letters and six digits.",
            "fields": [{"field": "pac", "message": "A PAC has three letters and six digits."}],
        },
        422,
    )
    row = WorkRow(task_id="T1", flow_id="F1")
    with pytest.raises(Rejected) as refusal:
        client.work.complete(row, {"pac": "ABC12"})
    assert refusal.value.fields == {"pac": "A PAC has three letters and six digits."}


def test_a_choice_without_a_label_is_told_by_its_value() -> None:
    field = FormField(type="choice", values=(FormValue("again", "Ask again"), FormValue("stop")))
    assert values_of(field) == (("again", "Ask again"), ("stop", "stop"))
