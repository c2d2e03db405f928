"""What is foretold before the order is what happens after it."""

from __future__ import annotations

import pytest

from backend.flows.foreseeing import Wish
from backend.rest.resource import Document
from tests.backend.flows.conftest import Operation, mobile
from tests.backend.flows.holdings import holder
from tests.backend.flows.test_families import HOME, address, at

ADULT: dict[str, str | int] = {"segment": "RES", "vulnerable": 0, "flat": 0, "landlordok": 0}


def foretold(operation: Operation, *codes: str, newcomer: bool = True) -> Document:
    wish = Wish(dict.fromkeys(codes, 1), {}, (), (), ADULT, "R0", newcomer)
    with operation.at() as context:
        return operation.flows.foresight.plan(context, wish)


def happened(operation: Operation, order: Document) -> tuple[set[str], set[str]]:
    """The names of the steps that were done, and the letters that were given."""
    flows = operation.flow_ids(order)
    with operation.working():
        for flow in flows:
            operation.until(flow, "completed")
    steps = [step for flow in flows for step in operation.steps(flow).values()]
    names = {
        step["name"] if "name" in step else step["taskFlowSpecificationRef"]["name"]
        for step in steps
        if step["state"] == "completed"
        and not any(fact == {"name": "kind", "value": "notice", "valueType": "string"}
                    for fact in step["characteristic"])
    }  # fmt: skip
    return names, set(operation.letters(order["relatedParty"][0]["id"]))


@pytest.mark.parametrize("codes", [("M03", "M11"), ("M03", "M10"), HOME])
def test_the_plan_of_an_order_comes_true(operation: Operation, codes: tuple[str, ...]) -> None:
    told = foretold(operation, *codes)
    home = codes == HOME
    items = at(address(operation, "gpon"), *codes) if home else mobile(sim=codes[1])
    names, letters = happened(operation, operation.place(operation.customer(), *items))
    assert set(told["steps"]) == names
    assert {letter["id"] for letter in told["letters"]} == letters


def test_somebody_who_is_a_customer_is_not_welcomed_again(operation: Operation) -> None:
    def letters(*, newcomer: bool) -> set[str]:
        plan = foretold(operation, "M03", "M11", newcomer=newcomer)
        return {each["id"] for each in plan["letters"]}

    assert letters(newcomer=True) - letters(newcomer=False) == {"LT03"}


def test_each_letter_says_its_first_way(operation: Operation) -> None:
    ways = {each["id"]: each["way"] for each in foretold(operation, "M03", "M10")["letters"]}
    assert (ways["LT01"], ways["LT04"], ways["LT05"]) == ("email", "text", "letter")


def test_nothing_picked_plans_nothing(operation: Operation) -> None:
    assert foretold(operation) == {"steps": [], "letters": []}


def test_what_only_ends_is_confirmed_as_an_end(operation: Operation) -> None:
    wish = Wish({}, {}, ("product-1",), (), ADULT, "R0", newcomer=False)
    with operation.at() as context:
        plan = operation.flows.foresight.plan(context, wish)
    assert [each["id"] for each in plan["letters"]] == ["LT26"]
    assert "Switched off for good" in plan["steps"]


@pytest.mark.parametrize("wanted", ["another plan", "settings", "an end"])
def test_the_plan_of_a_change_names_what_is_done_for_it(operation: Operation, wanted: str) -> None:
    edda = holder(operation, *mobile())
    line = edda.products["M03"]
    wish = Wish(
        {},
        {line: "M04"} if wanted == "another plan" else {},
        (line,) if wanted == "an end" else (),
        (line,) if wanted == "settings" else (),
        ADULT,
        "R0",
        newcomer=False,
    )
    with operation.at() as context:
        told = operation.flows.foresight.plan(context, wish)
    expected = {
        "another plan": ("Changed in the network", ["LT02", "LT13"]),
        "settings": ("Settings changed", ["LT13"]),
        "an end": ("Switched off for good", ["LT26"]),
    }
    step, letters = expected[wanted]
    assert step in told["steps"]
    assert [each["id"] for each in told["letters"]] == letters
