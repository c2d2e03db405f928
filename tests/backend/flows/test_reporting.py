"""What people report of a flow over HTTP, and what systems report of one as a whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from fastapi import FastAPI

from backend.access.caller import Caller
from backend.flows import listener, reporting
from backend.flows.adapters.addresses import Address
from backend.rest import error_pages
from backend.rest.router import Wiring
from tests.backend.flows.alone import SORREL
from tests.backend.flows.conftest import MAREN, Bench
from tests.backend.flows.test_ending import HEAD, STEPS
from tests.support.rest import served

ASKS = HEAD.replace(
    'right = "payment.take"\n',
    'right = "payment.take"\nasks = [{ name = "pounds", label = "Pounds", type = "number", '
    "required = true }]\n",
    1,
)


@pytest.fixture
def callers() -> list[Caller]:
    return [SORREL]


@pytest.fixture
def url(bench: Bench, callers: list[Caller]) -> Iterator[str]:
    app, flows = FastAPI(), bench.operation.flows
    error_pages.install(app)
    wiring = Wiring(bench.operation.database, lambda: callers[0])
    app.include_router(reporting.router(wiring, flows.engine, flows.progress))
    systems = {"billing": Address("https://billing.example.net", report_token="theirs")}
    app.include_router(listener.router(flows.engine, systems))
    with served(app) as url:
        yield url


def report(url: str, flow: str, event: str, **told: object) -> requests.Response:
    body = {"event": event, "told": told}
    return requests.post(f"{url}/desk-api/v1/flow/{flow}/event", json=body, timeout=10)


def test_who_may_reports_what_ends_it(url: str, bench: Bench, callers: list[Caller]) -> None:
    flow = bench.flow(ASKS + STEPS)
    bench.step()
    assert report(url, flow, "lost").json()["code"] == "noSuchEvent"
    lacking = report(url, flow, "paid")
    assert (lacking.status_code, lacking.json()["code"]) == (422, "form")
    callers[0] = MAREN
    assert report(url, flow, "paid", pounds=5).status_code == 403
    callers[0] = SORREL
    assert report(url, flow, "paid", pounds=5).status_code == 200
    assert report(url, "nobody", "paid", pounds=5).status_code == 404
    bench.run()
    assert bench.trace == ["first", "thanked"]


def test_billing_reports_by_the_flows_id(url: str, bench: Bench) -> None:
    flow = bench.flow(HEAD + STEPS)
    bench.step()
    service = {
        "relatedEntity": [{"id": flow, "role": "request", "@referredType": "ProcessFlow"}],
        "serviceCharacteristic": [{"name": "event", "value": "paid"}],
    }
    answer = requests.post(
        url + listener.PATH,
        json={"event": {"service": service}},
        headers={"Authorization": "Bearer theirs"},
        timeout=10,
    )
    assert answer.status_code == 201, answer.text
    bench.run()
    assert bench.operation.states(flow)["thanked"] == "done"
