"""Definitions: read from their files, and every fault named with its line."""

from __future__ import annotations

import json
from datetime import timedelta
from importlib.resources import files

import pytest

from backend.flows.actions.all_actions import NAMES
from backend.flows.definition import (
    FaultyDefinition,
    Vocabulary,
    numbered,
    read_definition,
)
from backend.flows.departments import read_departments
from backend.flows.facts import SAMPLE
from backend.flows.format import json_schema
from backend.notices.stationery import read_stationery

WORDS = Vocabulary({"sim.reserve", "sim.release"}, {"LT01"}, {"simKind": "esim", "extras": 1})
HEAD = 'id = "PF90"\nname = "Trial"\ndescription = "Made up."\n'
STEP = """
[[step]]
id = "sim"
name = "SIM reserved"
who = "SIM stock"
kind = "automatic"
does = "sim.reserve"
undo = "sim.release"
"""
TASK = (
    HEAD
    + """
[[step]]
id = "sim"
name = "Talked about it"
who = "Front desk"
kind = "manual"
"""
)
FORM = 'form = [{ name = "day", label = "Day", type = "date", required = true }]\n'


def test_a_step_comes_after_the_one_above_unless_it_says_otherwise() -> None:
    second = STEP.replace('"sim"', '"second"')
    third = STEP.replace('"sim"', '"third"') + 'after = ["sim"]\nwithin = "PT20M"\n'
    steps = read_definition(HEAD + STEP + second + third, WORDS).steps
    assert [step.after for step in steps] == [(), ("sim",), ("sim",)]
    assert steps[2].within == timedelta(minutes=20)


def test_the_step_that_takes_another_back_follows_from_it() -> None:
    definition = numbered(read_definition(HEAD + STEP, WORDS), 3)
    undo = definition.step("undo:sim")
    assert (undo.name, undo.does, undo.undo) == ("Taken back: SIM reserved", "sim.release", None)
    assert definition.version == 3


def test_a_task_names_its_department_and_asks_for_what_is_needed() -> None:
    task = read_definition(TASK + FORM + 'department = "PV"\n', WORDS).steps[0]
    assert (task.department, [asked.name for asked in task.form]) == ("PV", ["day"])


def test_a_step_that_names_no_department_is_helped_by_provisioning_fallout() -> None:
    definition = read_definition(HEAD + STEP, WORDS)
    assert definition.step("sim").department == definition.step("undo:sim").department == "PV"


def changed(old: str, new: str) -> str:
    assert old in HEAD + STEP
    return (HEAD + STEP).replace(old, new)


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("id = ", 1, "Invalid value"),
        (HEAD, 1, "step: Field required"),
        (changed('"PF90"', '"XX"'), 1, "id: String should match"),
        (changed('who = "SIM stock"\n', ""), 5, "step.1.who: Field required"),
        (changed('"automatic"', '"magic"'), 9, "step.1.kind: Input should be"),
        (changed('"automatic"', '"wait"'), 9, "sim: a step of kind wait needs for, or else until"),
        (changed('"automatic"', '"manual"'), 10, "sim: a step of kind manual has no does"),
        (changed("sim.reserve", "sim.lose"), 10, "sim: nothing is called sim.lose"),
        (changed("sim.release", "sim.lose"), 11, "sim: nothing is called sim.lose"),
        (HEAD + STEP + 'after = ["later"]\n', 12, "sim: there is no step later above"),
        (HEAD + STEP + 'wenn = "true"\n', 12, "step.1.wenn: Extra inputs"),
        (HEAD + STEP + 'within = "soon"\n', 12, "step.1.within: Input should be"),
        (HEAD + STEP + 'when = "simKind =="\n', 12, "sim: this is not a CEL expression"),
        (HEAD + STEP + 'when = "simKin == 1"\n', 12, "sim: Undefined variable"),
        (HEAD + STEP + 'when = "extras"\n', 12, "sim: this is neither true nor false"),
        (HEAD + STEP + 'department = "fd"\n', 12, "step.1.department: String should match"),
        (HEAD + STEP + 'department = "XX"\n', 12, "sim: there is no department XX"),
        (HEAD + STEP + FORM, 12, "sim: a step of kind automatic has no form"),
        (TASK + FORM.replace('"day"', '"Day"'), 10, "step.1.form.1.name: String should match"),
        (TASK + FORM.replace('"day"', '"doneBy"'), 10, "sim: doneBy can not be asked for"),
        (TASK + FORM.replace('"date"', '"choice"'), 10, "sim: day: a choice, and nothing else"),
        (HEAD + STEP + STEP, 14, "sim: there are two steps with this id"),
        (
            HEAD + STEP.replace("automatic", "notice").replace('does = "sim.reserve"\n', "")
            .replace('undo = "sim.release"', 'told = ["LT99"]'),
            10,
            "sim: there is no letter LT99",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line(text: str, line: int, fault: str) -> None:
    with pytest.raises(FaultyDefinition) as caught:
        read_definition(text, WORDS)
    assert caught.value.line == line
    assert caught.value.fault.startswith(fault)
    assert str(caught.value).startswith(f"line {line}: ")


def test_steps_that_are_no_tables_are_a_fault() -> None:
    with pytest.raises(FaultyDefinition, match="line 4: step"):
        read_definition(HEAD + "step = 3\n", WORDS)


def shipped() -> list[str]:
    folder = files("backend.flows") / "definitions"
    return sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))


@pytest.mark.parametrize("name", shipped())
def test_every_flow_that_ships_can_be_used(name: str) -> None:
    text = (files("backend.flows") / "definitions" / name).read_text(encoding="utf-8")
    letters = read_stationery().templates["en"]
    definition = read_definition(text, Vocabulary(NAMES, letters, SAMPLE, read_departments()))
    assert f"{definition.code}.toml" == name
    assert "account.update" in {step.does for step in definition.steps} or definition.right


def test_the_schema_beside_the_flows_is_that_of_the_program() -> None:
    """After a wanted change: `python -m tests.backend.flows.write_schema`."""
    text = (files("backend.flows") / "definitions" / "flow.schema.json").read_text(encoding="utf-8")
    assert json.loads(text) == json_schema()
