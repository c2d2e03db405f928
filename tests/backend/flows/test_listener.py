"""What systems report by themselves ends the step that waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from fastapi import FastAPI

from backend.flows import listener
from backend.flows.adapters.addresses import Address
from backend.rest import error_pages
from tests.backend.flows.conftest import Bench
from tests.support.rest import served
from tests.support.tmf import assert_conforms

SYSTEMS = {"hlr": Address("https://hlr.example.net", report_token="theirs")}
EVENT = """
[[step]]
id = "seen"
name = "Seen"
who = "HLR"
kind = "event"
event = "first-attach"
within = "P7D"
"""


@pytest.fixture
def url(bench: Bench) -> Iterator[str]:
    app = FastAPI()
    error_pages.install(app)
    app.include_router(listener.router(bench.operation.flows.engine, SYSTEMS))
    with served(app) as url:
        yield url


def report(url: str, key: str, shown: str = "theirs", **facts: Any) -> requests.Response:
    body = {
        "eventId": "1",
        "eventType": "ServiceStateChangeEvent",
        "event": {
            "service": {
                "id": "their-own-id",
                "state": "active",
                "relatedEntity": [{"id": key, "role": "request", "@referredType": "TaskFlow"}],
                "serviceCharacteristic": [{"name": n, "value": v} for n, v in facts.items()],
            }
        },
    }
    return post(url, body, shown)


def post(url: str, body: Any, shown: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {shown}"}
    return requests.post(url + listener.PATH, json=body, headers=headers, timeout=10)


def test_a_report_under_the_steps_key_ends_it_however_often_it_comes(
    bench: Bench, url: str
) -> None:
    flow = bench.flow(EVENT)
    bench.step()
    key = bench.operation.tasks(flow)["seen"].id
    assert [report(url, key, cell="QX4").status_code for _twice in range(2)] == [201, 201]
    bench.run()
    assert bench.operation.flow(flow)["state"] == "completed"


def test_a_report_may_name_another_event_than_its_step_waits_for(bench: Bench, url: str) -> None:
    flow = bench.flow(EVENT)
    bench.step()
    key = bench.operation.tasks(flow)["seen"].id
    assert report(url, key, event="line-cut").status_code == 201
    assert bench.operation.tasks(flow)["seen"].state == "active"


def test_who_shows_no_known_secret_is_sent_away(bench: Bench, url: str) -> None:
    flow = bench.flow(EVENT)
    bench.step()
    key = bench.operation.tasks(flow)["seen"].id
    refused = report(url, key, shown="ours")
    assert refused.status_code == 401
    assert_conforms(629, "Error", refused.json())
    assert bench.operation.tasks(flow)["seen"].state == "active"


def test_a_report_about_nothing_says_so(bench: Bench, url: str) -> None:
    bench.flow(EVENT)
    assert report(url, "nothing").status_code == 404
    empty: tuple[Any, ...] = (
        {},
        [],
        {"event": 3},
        {"event": {"service": {"relatedEntity": [3, {}]}}},
    )
    for body in empty:
        assert post(url, body, "theirs").status_code == 400
