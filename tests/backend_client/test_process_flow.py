"""The steps that carry out an order."""

from __future__ import annotations

import pytest

from backend_client import Client, Unreachable
from tests.backend_client.server import Fault, Server

PATH = "/tmf-api/processFlowManagement/v4/processFlow"


def test_the_steps_of_a_flow_are_listed_under_it(server: Server, client: Client) -> None:
    server.says([{"id": "T-1", "state": "active"}, {"id": "T-2", "state": "new"}])
    assert [step.state for step in client.process_flows.steps("F/1")] == ["active", "new"]
    assert server.requests[0].path == f"{PATH}/F%2F1/taskFlow"


def test_a_step_is_changed_under_its_flow_and_logged_without_ids(
    server: Server, client: Client
) -> None:
    server.says({"id": "T-1", "state": "completed"})
    tasks = client.process_flows.tasks("F-1")
    assert tasks.change("T-1", {"state": "completed"}).record.state == "completed"
    assert server.requests[0].path == f"{PATH}/F-1/taskFlow/T-1"
    server.faults.append(Fault.DROPPED_BEFORE)
    with pytest.raises(Unreachable) as caught:
        tasks.change("T-1", {"state": "completed"})
    assert f"PATCH {PATH}/{{id}}/taskFlow/{{id}} " in caught.value.log_line
