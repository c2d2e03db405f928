"""The work list: what waits for people, how urgent it is, and what they may do about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from backend.flows.departments import read_departments
from backend.flows.fallout import Fallout, Person
from backend.flows.history import ENOUGH, STEP_DURATION
from backend.flows.simulators.dials import Dial
from backend.flows.work_list import Wish, WorkList
from backend.rest.errors import Invalid, NotFound, Refused
from backend.rest.resource import Document
from tests.backend.flows.conftest import MAREN, Bench, Operation, mobile

RIGHTS = {"work.read", "work.assign", "order.compensate"}
HALLA = replace(MAREN, user_id="halla", name="Halla Oakenmarch", rights=MAREN.rights | RIGHTS)
CALL = """
[[step]]
id = "provisioned"
name = "Provisioned"
who = "Network"
kind = "automatic"
does = "trial.provision"
undo = "trial.remove"
within = "PT20M"
"""
CONSENT = """
[[step]]
id = "consent"
name = "Landlord agrees"
who = "Front desk"
kind = "manual"
department = "FD"
within = "P2D"
form = [{ name = "answer", label = "Answer", type = "choice", values = ["yes", "no"] }]
"""
UNHEARD = Dial(timedelta(0), unheard=1.0)


def everybody(_connection: sa.Connection) -> list[Person]:
    return [Person("halla", "Halla Oakenmarch", "Norsby"), Person("ivo", "Ivo Loomis", "Norsby")]


def listed(bench: Bench | Operation, **wish: Any) -> Document:
    operation = bench.operation if isinstance(bench, Bench) else bench
    with operation.at(HALLA) as context:
        return WorkList(operation.flows.library, read_departments()).page(context, Wish(**wish))


def fallout(operation: Operation) -> Fallout:
    return Fallout(operation.flows.progress, everybody)


def begun(bench: Bench, *, code: str = "PF90", steps: str = CALL) -> str:
    head = f'id = "{code}"\nname = "Trial {code}"\ndescription = "Made up for a test."\n'
    return bench.operation.begin(head + steps)


def held(bench: Bench) -> str:
    flow = begun(bench)
    bench.operation.flows.simulators.turn("network", "provision", UNHEARD)
    bench.run()
    return flow


def test_a_held_step_is_on_the_list_with_its_reason_and_what_may_be_done(bench: Bench) -> None:
    flow = held(bench)
    (row,) = listed(bench)["rows"]
    assert (row["flowId"], row["kind"], row["outcome"]) == (flow, "stuck", "failed")
    assert (row["step"], row["flow"], row["department"]) == ("Provisioned", "Trial PF90", "PV")
    assert "did not answer" in row["reason"]
    assert row["actions"] == ["assign", "compensate", "retry", "skip"]
    with bench.operation.at() as context:
        agents = WorkList(bench.operation.flows.library, {}).page(context, Wish())
    assert agents["rows"][0]["actions"] == ["retry", "skip"]


def test_a_task_shows_its_form_and_department(bench: Bench) -> None:
    begun(bench, steps=CONSENT)
    page = listed(bench, view="tasks")
    (row,) = page["rows"]
    assert row["actions"] == ["assign", "compensate", "complete"]
    assert row["form"][0]["values"] == [{"value": v, "label": v} for v in ("yes", "no")]
    assert page["departments"] == [{"id": "FD", "name": "Front desk", "count": 1}]
    assert page["counts"] == {"stuck": 0, "tasks": 1, "danger": 0, "mine": 0}


def test_each_view_shows_its_own_and_departments_narrow_it(bench: Bench) -> None:
    held(bench)
    begun(bench, code="PF91", steps=CONSENT)
    kinds = {
        view: [row["kind"] for row in listed(bench, view=view)["rows"]]
        for view in ("stuck", "tasks", "danger")
    }
    assert kinds == {"stuck": ["stuck"], "tasks": ["task"], "danger": []}
    assert [row["department"] for row in listed(bench, department="FD")["rows"]] == ["FD"]
    with pytest.raises(Invalid):
        listed(bench, view="everything")


def test_a_step_is_in_danger_before_its_promise_is_broken(bench: Bench) -> None:
    """Nine of ten took a minute: after two it is in danger, though 20 minutes were promised."""
    bench.operation.flows.simulators.turn("network", "provision", Dial(timedelta(hours=1)))
    begun(bench)
    with bench.operation.at() as context:
        took = {"usual": timedelta(seconds=30), "most": timedelta(seconds=60)}
        known = {"code": "PF90", "step": "provisioned", **took, "samples": ENOUGH}
        context.connection.execute(sa.insert(STEP_DURATION).values(known))
    bench.step()
    assert listed(bench)["rows"] == []
    bench.clock.at += timedelta(minutes=2)
    (row,) = listed(bench, view="danger")["rows"]
    assert (row["kind"], row["inDanger"]) == ("danger", True)
    assert row["promised"] > bench.clock.at.isoformat()


def test_what_is_left_must_fit_into_the_time_that_was_promised(bench: Bench) -> None:
    second = CALL.replace('"provisioned"', '"second"').replace("PT20M", "PT3H")
    wait = '[[step]]\nid = "wait"\nname = "Waited"\nwho = "Timer"\nkind = "wait"\nfor = "PT1H"\n'
    begun(bench, steps=wait + CALL + second)
    assert listed(bench)["rows"] == []
    flow_waits = timedelta(hours=1, minutes=10)  # ten minutes behind, and no reserve in the rest
    bench.clock.at += flow_waits
    assert [row["step"] for row in listed(bench)["rows"]] == ["Waited"]


def test_an_overdue_task_comes_before_all_that_is_older(bench: Bench) -> None:
    bench.clock.at -= timedelta(hours=1)
    calm = begun(bench, code="PF91", steps=CONSENT.replace("P2D", "P9D"))
    bench.clock.at += timedelta(hours=1)
    late = begun(bench, steps=CONSENT)
    bench.clock.at += timedelta(days=3)
    assert [row["flowId"] for row in listed(bench)["rows"]] == [late, calm]


def test_pages_follow_each_other_also_when_something_is_done_meanwhile(bench: Bench) -> None:
    flows = []
    for _ in range(5):
        flows.append(begun(bench, steps=CONSENT))
        bench.clock.at += timedelta(minutes=1)
    first = listed(bench, limit=2)
    assert [row["flowId"] for row in first["rows"]] == flows[:2]
    with bench.operation.at(HALLA) as context:
        fallout(bench.operation).compensate(
            context, first["rows"][1]["taskId"], "Gave up.", force=False
        )
    second = listed(bench, limit=2, after=first["next"])
    assert [row["flowId"] for row in second["rows"]] == flows[2:4]
    assert listed(bench, limit=2, after=second["next"])["next"] is None
    with pytest.raises(Invalid):
        listed(bench, after="elsewhere")


def test_a_step_is_given_to_somebody_and_is_then_theirs(bench: Bench) -> None:
    held(bench)
    task = listed(bench)["rows"][0]["taskId"]
    with bench.operation.at(HALLA) as context:
        fallout(bench.operation).assign(context, task, "me")
    page = listed(bench, mine=True)
    assert page["counts"]["mine"] == 1
    assert page["rows"][0]["assignee"] == {"id": "halla", "name": "Halla Oakenmarch"}
    with bench.operation.at(HALLA) as context:
        fallout(bench.operation).assign(context, task, "ivo")
        with pytest.raises(Refused):
            fallout(bench.operation).assign(context, task, "stranger")
    assert listed(bench, mine=True)["rows"] == []
    with bench.operation.at(HALLA) as context:
        fallout(bench.operation).assign(context, task, None)
    assert listed(bench)["rows"][0]["assignee"] is None


def test_a_flow_is_taken_back_with_a_reason(bench: Bench) -> None:
    flow = begun(bench, steps=CALL + CONSENT)
    bench.run()
    task = bench.operation.tasks(flow)["consent"].id
    with bench.operation.at(HALLA) as context:
        with pytest.raises(Refused, match="Say why"):
            fallout(bench.operation).compensate(context, task, " ", force=False)
        fallout(bench.operation).compensate(context, task, "No duct.", force=False)
    bench.run()
    assert bench.operation.heard("network") == ["provision", "remove"]
    assert bench.operation.flow(flow)["state"] == "cancelled"
    with bench.operation.at(HALLA) as context, pytest.raises(NotFound):
        fallout(bench.operation).assign(context, task, "me")


def test_after_the_point_of_no_return_only_what_has_a_way_back_is_taken_back(
    bench: Bench,
) -> None:
    no_return = CONSENT + "point_of_no_return = true\n"
    flow = begun(bench, steps=CALL + no_return)
    bench.run()
    task = bench.operation.tasks(flow)["consent"].id
    with bench.operation.at(HALLA) as context:
        with pytest.raises(Refused, match="no return"):
            fallout(bench.operation).compensate(context, task, "No duct.", force=False)
        fallout(bench.operation).compensate(context, task, "No duct.", force=True)
    bench.run()
    assert bench.operation.states(flow)["undo:provisioned"] == "done"


def test_what_can_not_be_taken_back_is_on_the_list_too(bench: Bench) -> None:
    flow = begun(bench, steps=CALL + CONSENT)
    bench.run()
    bench.operation.flows.simulators.turn("network", "remove", UNHEARD)
    with bench.operation.at(HALLA) as context:
        task = bench.operation.tasks(flow)["consent"].id
        fallout(bench.operation).compensate(context, task, "No duct.", force=False)
    bench.run()
    (row,) = listed(bench, view="stuck")["rows"]
    assert row["step"] == "Taken back: Provisioned"
    assert row["actions"] == ["assign", "retry", "skip"]


def test_one_flow_is_taken_back_and_the_others_of_its_order_go_on(operation: Operation) -> None:
    order = operation.place(operation.customer(), *mobile("1"), *mobile("2"))
    first, second = operation.flow_ids(order)
    mine = set(operation.flow(first)["characteristic"][-1]["value"])
    task = next(task for task in operation.tasks(first).values() if task.state == "active")
    with operation.at(HALLA) as context:
        fallout(operation).compensate(context, task.id, "One line is enough.", force=False)
    assert operation.flow(first)["state"] == "cancelled"
    assert operation.flow(second)["state"] == "active"
    after = operation.order(order)
    states = {item["id"]: item["state"] for item in after["productOrderItem"]}
    assert {states[item] for item in mine} == {"cancelled"}
    assert {state for item, state in states.items() if item not in mine} == {"acknowledged"}
    assert after["state"] == "inProgress"
