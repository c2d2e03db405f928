"""TMF701 over HTTP: flows, their steps, what people do to them, and the specifications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from backend.flows import rules
from backend.resource_inventory.seeding import seed_sims
from tests.backend.creation.conftest import command, item
from tests.support.backend import ROOT, RunningBackend, running_backend
from tests.support.database import DatabaseServer
from tests.support.tmf import assert_conforms, official
from tests.support.waiting import eventually

BASE = "/tmf-api/processFlowManagement/v4"
SHIPPED = list((ROOT / "backend" / "flows" / "definitions").glob("PF*.toml"))


@pytest.fixture(scope="module")
def served(database_server: DatabaseServer, operator_template: str) -> Iterator[RunningBackend]:
    """An operator without SIMs in stock, whose worker stands still until a test starts it.

    An hour lasts 0.2 s, so that the week in which a line must be seen is longer than patience.
    """
    url = database_server.clone(operator_template)
    with running_backend(url, worker=False, time_scale=20_000.0) as backend:
        yield backend


def get(served: RunningBackend, path: str, user: str = "agent") -> Any:
    answer = served.call("GET", path, user)
    assert answer.status_code == 200, answer.text
    return answer.json()


def patch(
    served: RunningBackend, path: str, body: object, user: str = "agent", **headers: str
) -> requests.Response:
    return served.call("PATCH", path, user, json=body, headers=headers)


def created(served: RunningBackend) -> tuple[str, str, str]:
    """A customer with an order for a line: customer, order, flow."""
    body = command(item("1", "M03"), item("2", "M11", line="1"))
    answer = served.call(
        "PUT", "/desk-api/v1/creation/" + body["order"]["externalId"], "agent", json=body
    )
    assert answer.status_code == 201, answer.text
    made = answer.json()
    (flow,) = get(served, f"{BASE}/processFlow?orderId={made['orderId']}")
    return made["customerId"], made["orderId"], flow["id"]


def steps(served: RunningBackend, flow: str) -> dict[str, dict[str, Any]]:
    found = get(served, f"{BASE}/processFlow/{flow}/taskFlow?limit=100")
    return {step["taskFlowSpecification"]: step for step in found}


def test_paths_are_the_official_ones() -> None:
    file = official(701)
    assert file["basePath"].rstrip("/") == rules.API.base
    paths = set(file["paths"])
    for resource in (rules.PROCESS_FLOW, rules.PROCESS_FLOW_SPECIFICATION,
                     rules.TASK_FLOW_SPECIFICATION):  # fmt: skip
        assert f"/{resource.name}/{{id}}" in paths
    below = rules.TASK_FLOW.api.base.removeprefix(rules.API.base)
    assert f"{below}/taskFlow/{{id}}" in paths


def test_every_answer_conforms(served: RunningBackend) -> None:
    _customer, order, flow = created(served)
    document = get(served, f"{BASE}/processFlow/{flow}")
    assert_conforms(701, "ProcessFlow", document)
    assert rules.related(document, "order") == order
    assert document["processFlowSpecification"] == "PF01"
    for reference in document["taskFlow"]:
        assert_conforms(701, "TaskFlow", get(served, reference["href"]))
    specification = get(served, document["processFlowSpecificationRef"]["href"])
    assert_conforms(701, "ProcessFlowSpecification", specification)
    for reference in specification["taskFlowSpecification"]:
        assert_conforms(701, "TaskFlowSpecification", get(served, reference["href"]))
    published = get(served, f"{BASE}/processFlowSpecification")
    assert {each["id"] for each in published} == {f"{each.stem}-1" for each in SHIPPED}


def test_the_account_shows_its_flows_with_their_steps_in_order(served: RunningBackend) -> None:
    customer, order, flow = created(served)
    (shown,) = get(served, f"/desk-api/v1/account/{customer}")["flows"]
    assert (shown["orderId"], shown["processFlow"]["id"]) == (order, flow)
    names = [step["taskFlowSpecification"] for step in shown["taskFlows"]]
    assert names[:2] == ["identity-checked", "credit-checked"]
    assert names[-1] == "account-updated"


def test_a_line_without_a_sim_waits_for_people_who_help_it_over_http(
    served: RunningBackend,
) -> None:
    _customer, order, flow = created(served)
    worker = served.application.worker
    worker.start()
    try:
        eventually(lambda: get(served, f"{BASE}/processFlow/{flow}")["state"] == "hold")
        held = steps(served, flow)["sim-reserved"]
        with served.database.begin() as connection:
            seed_sims(connection, 30)
        assert patch(served, held["href"], {"state": "active"}).status_code == 403
        wrong = patch(served, held["href"], {"state": "active"}, "senior", **{"If-Match": '"1"'})
        assert wrong.status_code == 412
        key = {"Idempotency-Key": flow}
        first, again = (
            patch(served, held["href"], {"state": "active"}, "senior", **key) for _ in range(2)
        )
        assert (first.status_code, first.json()["state"]) == (200, "active")
        assert again.content == first.content
        assert_conforms(701, "TaskFlow", first.json())
        eventually(lambda: get(served, f"{BASE}/processFlow/{flow}")["state"] == "completed")
    finally:
        worker.stop()
    answer = get(served, f"/tmf-api/productOrderingManagement/v4/productOrder/{order}")
    assert answer["state"] == "completed"


def test_a_flow_is_begun_over_items_that_have_none(served: RunningBackend) -> None:
    _customer, order, _flow = created(served)
    wanted = {
        "processFlowSpecification": "PF00",
        "relatedEntity": [{"id": order, "role": "order", "@referredType": "ProductOrder"}],
    }
    taken = served.call("POST", f"{BASE}/processFlow", "agent", json=wanted)
    assert (taken.status_code, taken.json()["code"]) == (409, "exists")
    with served.database.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE process_flow SET state = 'cancelled' WHERE order_id = %s", (order,)
        )
    begun = served.call("POST", f"{BASE}/processFlow", "agent", json=wanted)
    assert begun.status_code == 201, begun.text
    assert_conforms(701, "ProcessFlow", begun.json())
    assert get(served, begun.headers["Location"])["state"] == "active"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"processFlowSpecification": "PF99"}, "danglingReference"),
        ({"relatedEntity": []}, "orderMissing"),
        (
            {"relatedEntity": [{"id": "x", "role": "order", "@referredType": "ProductOrder"}]},
            "danglingReference",
        ),
        ({"characteristic": [{"name": "itemIds", "value": ["7"]}]}, "danglingReference"),
    ],
)
def test_a_flow_needs_an_order_with_open_items(
    served: RunningBackend, change: dict[str, Any], code: str
) -> None:
    _customer, order, _flow = created(served)
    wanted = {
        "processFlowSpecification": "PF00",
        "relatedEntity": [{"id": order, "role": "order", "@referredType": "ProductOrder"}],
        **change,
    }
    refused = served.call("POST", f"{BASE}/processFlow", "agent", json=wanted)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_resellers_see_only_the_flows_of_their_own_customers(served: RunningBackend) -> None:
    _customer, _order, flow = created(served)
    assert get(served, f"{BASE}/processFlow?orderId={_order}", "reseller") == []
    for path in (flow, f"{flow}/taskFlow", f"{flow}/taskFlow/x"):
        answer = served.call("GET", f"{BASE}/processFlow/{path}", "reseller")
        assert answer.status_code == 404


def test_what_is_not_offered_says_what_is(served: RunningBackend) -> None:
    _customer, _order, flow = created(served)
    deleted = served.call("DELETE", f"{BASE}/processFlow/{flow}")
    assert deleted.status_code == 405
    assert "GET" in deleted.headers["Allow"]
    assert served.call("GET", f"{BASE}/processFlow/%00/taskFlow").status_code == 404
