"""Every call to a network system stands in the log of its order."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from backend.flows import calls
from backend.flows.simulators.dials import Dial
from tests.backend.flows.conftest import Bench, Operation, mobile
from tests.backend.flows.test_engine import CALL
from tests.support.backend import RunningBackend


def outcomes(bench: Bench) -> list[tuple[str, str]]:
    with bench.operation.database.read() as connection:
        table = calls.FLOW_CALL
        query = sa.select(table.c.outcome, table.c.words).order_by(table.c.id)
        return [(row.outcome, row.words) for row in connection.execute(query)]


def turn(bench: Bench, delay: timedelta = timedelta(0), **rates: float) -> None:
    bench.operation.flows.simulators.turn("network", "provision", Dial(delay, **rates))


def test_each_try_is_noted_with_what_came_of_it(bench: Bench) -> None:
    bench.flow(CALL)
    turn(bench, unheard=1.0)
    bench.step()
    turn(bench, timedelta(hours=1))
    bench.run()
    assert [outcome for outcome, _ in outcomes(bench)] == ["unanswered", "pending", "answered"]
    assert outcomes(bench)[0][1] == "network did not answer."


def test_a_refusal_is_noted_in_the_words_of_the_system(bench: Bench) -> None:
    bench.flow(CALL)
    turn(bench, refused=1.0)
    bench.run()
    ((outcome, words),) = outcomes(bench)
    assert outcome == "refused"
    assert words


def test_the_calls_of_an_order_are_told_the_latest_first(operation: Operation) -> None:
    order = operation.place(operation.customer(), *mobile())
    with operation.working():
        for flow in operation.flow_ids(order):
            operation.until(flow, "completed")
    with operation.database.read() as connection:
        told = calls.of_order(connection, order["id"])
    made = [(call["system"], call["operation"], call["outcome"]) for call in told]
    assert ("hlr", "create-profile", "answered") in made
    assert [call["at"] for call in told] == sorted((call["at"] for call in told), reverse=True)
    steps = {
        task.id for flow in operation.flow_ids(order) for task in operation.tasks(flow).values()
    }
    assert {call["taskId"] for call in told} <= steps
    assert not any("puk" in call["text"].lower() for call in told)


def test_what_an_answer_says_is_told_without_its_secrets() -> None:
    answer = {"iccid": "8999", "puk": "12345678", "pin1": "0000", "activationCode": "LPA:1$x"}
    assert calls.told({**answer, "simKind": "esim", "parts": [1]}) == "iccid 8999, simKind esim"
    assert len(calls.told({"long": "x" * 500})) == 200


def test_the_log_of_an_order_that_is_not_there(shared_backend: RunningBackend) -> None:
    assert shared_backend.call("GET", "/desk-api/v1/order/none/calls").status_code == 404
    assert shared_backend.call("GET", "/desk-api/v1/order/none/calls", None).status_code == 401
