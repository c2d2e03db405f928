"""What a flow adds to its letters: its own line, its SIM, what happens next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from backend.flows.references import value_of
from backend.flows.work import Work
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.resource_inventory import rules as resources
from letters import FieldValue, Row

_WITH_PIN = "LT05"
_ROLLING = 1  # months: what has no minimum term goes on from month to month


def fields_of(work: Work, letter: str) -> dict[str, FieldValue]:
    """Fields that only the flow knows; letters take what they need.

    What a step brought under a name with a dot, such as `visit.day`, is a field of letters.
    """
    fields = _of_order(work, letter) if work.flow.order_id else {}
    for result in work.flow.results.values():
        fields |= written({name: value for name, value in result.items() if "." in name})
    fields |= work.step.fields
    for name, reference in work.step.filled.items():
        value = value_of(reference, work.facts, work.flow.results)
        if value not in {None, ""}:
            fields[name] = _field(value)
    return fields


def _of_order(work: Work, letter: str) -> dict[str, FieldValue]:
    items = work.items()
    product = inventory.find(work.context, items[0]["product"]["id"])
    fields: dict[str, FieldValue] = {
        "service.name": product["name"],
        "line.plan": product["name"],
        "contract.months": max([_ROLLING, *(_months(item) for item in items)]),
    }
    expected = work.order().get("expectedCompletionDate")
    if expected:
        fields["order.promised"] = datetime.fromisoformat(expected).date()
    for number in numbers.of_product(work.context, product["id"]):
        fields["line.number"] = number.value
    for sim in resources.sims_of(work.context, product["id"]):
        fields["sim.iccid"] = sim.iccid
        if letter == _WITH_PIN:
            codes = resources.reveal(work.context, sim.iccid, "printed on the SIM's sheet")
            fields["sim.pin"] = codes.pin1
    return fields


def rows_of(work: Work) -> dict[str, list[Row]]:
    """What happens now, in the words of the definition."""
    steps = [
        step
        for step in work.definition.steps
        if step.says and not (step.ended_by or step.exceptional)
    ]
    skipped = set(work.facts.get("skipped", ()))
    return {"steps": [Row(str(step.says)) for step in steps if step.id not in skipped]}


def written(facts: Mapping[str, object]) -> dict[str, FieldValue]:
    """Facts as fields of letters."""
    return {name: _field(value) for name, value in facts.items()}


def _field(value: object) -> FieldValue:
    """What a system answered, as letters write it: a day is written as a day."""
    text = str(value)
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _months(item: dict[str, object]) -> int:
    terms = item.get("itemTerm")
    durations = [one["duration"] for one in terms] if isinstance(terms, list) else []
    return max((int(one["amount"]) for one in durations if one["units"] == "month"), default=0)
