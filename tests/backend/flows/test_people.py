"""What people do to steps: their own tasks, and steps that are held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from backend.access.caller import Caller
from backend.flows.simulators.dials import Dial
from backend.rest.errors import Forbidden, NotFound, PreconditionFailed, Refused
from backend.rest.resource import Document
from tests.backend.flows.conftest import MAREN, Bench

AGENT = Caller("pim", "Pim Loomis", MAREN.roles, MAREN.rights - {"order.retry-step"}, None)
CONSENT = """
[[step]]
id = "consent"
name = "Landlord agrees"
who = "Front desk"
kind = "manual"
within = "P2D"

[[step]]
id = "agreed"
name = "Noted"
who = "Jackfield"
kind = "automatic"
does = "trial.note"
when = "results.consent.answer == 'yes'"
"""
CALL = """
[[step]]
id = "provisioned"
name = "Provisioned"
who = "Network"
kind = "automatic"
does = "trial.provision"
"""


def patch(
    bench: Bench, flow: str, step: str, caller: Caller = MAREN, **attributes: Any
) -> Document:
    """The step after a merge of these attributes; characteristics are added to those it has."""
    task = bench.operation.tasks(flow)[step].id
    given = attributes.pop("says", {})
    condition = attributes.pop("if_match", None)

    def change(before: Document) -> Document:
        added = [{"name": name, "value": value} for name, value in given.items()]
        return {**before, **attributes, "characteristic": [*before["characteristic"], *added]}

    with bench.operation.at(caller) as context:
        people = bench.operation.flows.people
        return people.change(context, flow, task, change, condition).document


def noted(step: Document) -> dict[str, object]:
    return {one["name"]: one["value"] for one in step["characteristic"]}


def test_a_task_waits_for_its_desk_until_somebody_says_it_is_done(bench: Bench) -> None:
    flow = bench.flow(CONSENT)
    assert bench.waiting() == []
    assert noted(bench.operation.steps(flow)["consent"])["waitsFor"] == "Front desk"
    done = patch(bench, flow, "consent", state="completed", says={"answer": "yes"})
    assert done["state"] == "completed"
    assert noted(done)["doneBy"] == "Maren Tindlewick"
    assert noted(done)["answer"] == "yes"
    bench.run()
    assert bench.trace == ["agreed"]
    assert bench.operation.flow(flow)["state"] == "completed"


def test_what_people_answer_decides_what_follows(bench: Bench) -> None:
    flow = bench.flow(CONSENT)
    patch(bench, flow, "consent", state="completed", says={"answer": "no"})
    assert bench.operation.states(flow) == {"consent": "done", "agreed": "skipped"}


def test_a_task_is_over_only_when_its_form_is_filled_in(bench: Bench) -> None:
    asked = '{ name = "answer", label = "Answer", type = "choice", required = true'
    flow = bench.flow(
        CONSENT.replace('"P2D"', f'"P2D"\nform = [{asked}, values = ["yes", "no"] }}]')
    )
    for answer in ({}, {"answer": "perhaps"}):
        with pytest.raises(Refused) as refused:
            patch(bench, flow, "consent", state="completed", says=answer)
        assert refused.value.fields[0].path == "characteristic.answer"
    patch(bench, flow, "consent", state="completed", says={"answer": "yes"})
    bench.run()
    assert bench.trace == ["agreed"]


def held(bench: Bench) -> str:
    flow = bench.flow(CALL)
    bench.operation.flows.simulators.turn("network", "provision", Dial(timedelta(0), unheard=1.0))
    bench.run()
    assert bench.operation.flow(flow)["state"] == "hold"
    return flow


def test_a_held_step_is_tried_again_by_a_senior(bench: Bench) -> None:
    flow = held(bench)
    with pytest.raises(Forbidden):
        patch(bench, flow, "provisioned", AGENT, state="active")
    again = patch(bench, flow, "provisioned", state="active")
    assert again["state"] == "active"
    assert "reason" not in noted(again)
    assert bench.operation.flow(flow)["state"] == "active"
    bench.operation.flows.simulators.turn("network", "provision", Dial(timedelta(0)))
    bench.run()
    assert bench.operation.flow(flow)["state"] == "completed"


def test_a_held_step_is_passed_over_with_a_reason(bench: Bench) -> None:
    flow = held(bench)
    with pytest.raises(Refused, match="Say why"):
        patch(bench, flow, "provisioned", state="completed", says={"reason": " "})
    done = patch(
        bench, flow, "provisioned", state="completed", says={"reason": "Done by telephone."}
    )
    assert noted(done)["outcome"] == "passedOver"
    assert noted(done)["reason"] == "Done by telephone."
    assert bench.operation.flow(flow)["state"] == "completed"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"state": "cancelled"}, "can not go from active to cancelled"),
        ({"says": {"attempts": 7}}, "the server's own"),
        ({"taskFlowSpecification": "other"}, "can not be changed here"),
    ],
)
def test_the_rest_is_the_servers(bench: Bench, change: dict[str, Any], sentence: str) -> None:
    flow = bench.flow(CONSENT)
    with pytest.raises(Refused, match=sentence):
        patch(bench, flow, "consent", **change)


def test_an_automatic_step_is_not_completed_by_hand(bench: Bench) -> None:
    flow = bench.flow(CALL)
    with pytest.raises(Refused, match="from active to completed"):
        patch(bench, flow, "provisioned", state="completed")


def test_notes_and_priority_may_be_set_without_moving_anything(bench: Bench) -> None:
    flow = bench.flow(CONSENT)
    step = patch(bench, flow, "consent", priority=1, says={"note": "Calls back on Monday."})
    assert (step["state"], step["priority"]) == ("active", 1)
    assert noted(step)["note"] == "Calls back on Monday."
    assert noted(step)["who"] == "Front desk"


def test_who_saw_an_older_step_must_look_again(bench: Bench) -> None:
    flow = bench.flow(CONSENT)
    with pytest.raises(PreconditionFailed):
        patch(bench, flow, "consent", state="completed", if_match='"7"')


@pytest.mark.parametrize("wanted", [lambda flow: (flow, "none"), lambda _flow: ("none", "none")])
def test_there_must_be_such_a_step(bench: Bench, wanted: Callable[[str], tuple[str, str]]) -> None:
    flow, task = wanted(bench.flow(CONSENT))
    with bench.operation.at() as context, pytest.raises(NotFound):
        bench.operation.flows.people.change(context, flow, task, dict)
