"""The forms of tasks: every type of answer, right and wrong."""

from __future__ import annotations

import pytest

from backend.flows import forms
from backend.flows.definition import Question
from backend.flows.departments import read_departments
from backend.rest.errors import Refused


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("text", "Signed by her son", 7),
        ("date", "2026-11-24", "24 Nov"),
        ("choice", "yes", "perhaps"),
        ("boolean", False, "false"),
        ("number", 2.5, True),
    ],
)
def test_each_type_takes_its_own_values_only(kind: str, right: object, wrong: object) -> None:
    values = ("yes", "no") if kind == "choice" else ()
    form = [Question("answer", "The answer", kind, required=True, values=values)]
    forms.require(form, {"answer": right})
    for bad in (wrong, None, "  "):
        with pytest.raises(Refused) as refused:
            forms.require(form, {"answer": bad})
        assert refused.value.fields[0].path == "characteristic.answer"
        assert "The answer" in refused.value.message


def test_what_is_not_required_may_be_left_out_or_empty() -> None:
    form = [Question("day", "Day", "date")]
    forms.require(form, {})
    forms.require(form, {"day": ""})


def test_the_operator_has_the_departments_that_flows_name() -> None:
    departments = read_departments()
    assert (departments["PV"], departments["FD"]) == ("Provisioning fallout", "Front desk")
