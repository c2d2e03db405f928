"""The wizard's frame in words: the steps with their state, and the line of facts in the head."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.language import tr, trn
from app.texts import money
from app.wizard.change_summary import difference_of, standing_words
from app.wizard.change_view import count_of_changes
from app.wizard.choices import Choices, lines_of
from app.wizard.draft import Draft
from app.wizard.fields import read_date
from app.wizard.porting import lines_to_choose
from app.wizard.report import Report
from app.wizard.steps import ALL_STEPS, Step

Mark = Literal["done", "current", "open", "warn"]
_GIVEN = frozenset({"reseller"})  # filled in by the desk, not by the agent
_SPEEDS = (("xgspon", "2500"), ("gpon", "1000"))


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as the list shows it; `needs_work` shows the note in the warning colour."""

    id: str
    name: str
    note: str
    mark: Mark
    needs_work: bool = False


def step_name(step: Step) -> str:
    return {
        Step.CUSTOMER: tr("Customer"),
        Step.SERVICE: tr("Service"),
        Step.NUMBERS: tr("Numbers"),
        Step.SETTINGS: tr("Settings"),
        Step.BILLING: tr("Billing"),
        Step.CREATION: tr("Creation"),
        Step.NOTIFICATIONS: tr("Notifications"),
    }[step]


def steps(
    draft: Draft, choices: Choices | None, report: Report, *, order_number: str = ""
) -> tuple[StepView, ...]:
    """All seven steps; what is missing on each. `order_number`: it has been created."""
    if order_number:
        return tuple(_created(step, draft, choices, order_number) for step in ALL_STEPS)
    return tuple(_step(step, draft, choices, report) for step in ALL_STEPS)


def _created(step: Step, draft: Draft, choices: Choices | None, order_number: str) -> StepView:
    note = order_number if step is Step.CREATION else _standing(step, draft, choices)
    mark: Mark = "current" if step is Step.NOTIFICATIONS else "done"
    return StepView(step, step_name(step), note, mark)


def _step(step: Step, draft: Draft, choices: Choices | None, report: Report) -> StepView:
    missing = _missing(step, draft, choices, report)
    typed = any(value for name, value in draft.fields.items() if name not in _GIVEN)
    untouched = step is Step.CUSTOMER and not typed and not draft.customer_id
    late = step in {Step.CREATION, Step.NOTIFICATIONS}
    only_agreement = step is Step.CREATION and missing == tr("agreement")
    if missing and not untouched and not only_agreement:
        return StepView(step, step_name(step), missing, "warn", needs_work=True)
    mark: Mark = "open" if late or missing or untouched else "done"
    if step is draft.step:
        mark = "current"
    note = missing or _standing(step, draft, choices)
    return StepView(step, step_name(step), note, mark)


def _missing(step: Step, draft: Draft, choices: Choices | None, report: Report) -> str:
    """What is missing on a step, in two or three words."""
    if step is Step.NUMBERS:
        return _numbers_missing(draft, choices, report)
    blocking = [found for found in report.blockers(draft) if found.step is step]
    if not blocking:
        return ""
    if step is Step.CREATION:
        warnings = [each for each in report.blockers(draft) if each.severity == "warning"]
        if warnings:
            count = len(warnings)
            return trn("{count} warning to tick", "{count} warnings to tick", count)
        return tr("agreement")
    if step is Step.SERVICE:
        if not count_of_changes(draft):
            return tr("nothing changed yet") if draft.customer_id else tr("nothing chosen yet")
        return trn("{count} choice missing", "{count} choices missing", len(blocking))
    return trn("{count} thing missing", "{count} things missing", len(blocking))


def _numbers_missing(draft: Draft, choices: Choices | None, report: Report) -> str:
    if not report.of(Step.NUMBERS) or choices is None:
        return ""
    count = len(lines_to_choose(draft, choices))
    if count:
        return trn("{count} to choose", "{count} to choose", count)
    return tr("a hold has ended")


def _standing(step: Step, draft: Draft, choices: Choices | None) -> str:
    """What stands on a step where nothing is missing."""
    match step:
        case Step.CUSTOMER:
            return draft.title or tr("not typed yet")
        case Step.SERVICE:
            return _chosen(draft, choices)
        case Step.NUMBERS:
            needed = lines_of(draft.picks, choices) if choices and not draft.only_account else ()
            chosen = trn("{count} chosen", "{count} chosen", len(draft.holds))
            kept = tr("old number kept")
            return (chosen if draft.holds else kept) if needed else tr("none needed")
        case Step.CREATION:
            return tr("ready")
        case Step.NOTIFICATIONS:
            count = sum(message.chosen for message in draft.messages)
            ready = trn("{count} e-mail ready", "{count} e-mails ready", count)
            return ready if count else tr("no further e-mail")
        case _:
            return tr("nothing missing")


def _chosen(draft: Draft, choices: Choices | None) -> str:
    if draft.only_account:
        return tr("only an account")
    difference = difference_of(draft, choices)
    if difference is not None:
        return standing_words(draft, difference)
    count = sum(draft.picks.values())
    price = money(choices.totals.monthly if choices else Decimal(0))
    return trn("{count} item, {price}", "{count} items, {price}", count, price=price)


@dataclass(frozen=True, slots=True)
class HeadView:
    """The head: name, facts, the way out of services, the folded column; `goes_on`: Next leads."""

    name: str
    facts: str
    only_account: str
    side: str
    goes_on: bool


def head_view(
    draft: Draft, choices: Choices | None, *, today: dt.date, number: str, place: bool = True
) -> HeadView:
    """What the head says; with a `number` everything has been created.

    Without `place` the choices are of another address: nothing is said of this one's network.
    """
    words = ""
    if draft.step in {Step.CUSTOMER, Step.SERVICE} and not draft.customer_id and not number:
        back = tr("With services after all")
        words = back if draft.only_account else tr("Only create an account")
    side = _side(draft, choices)
    return HeadView(
        name=step_name(draft.step),
        facts=facts_line(draft, choices, today=today, place=place),
        only_account=words,
        side=side,
        goes_on=draft.step not in {Step.CREATION, Step.NOTIFICATIONS},
    )


def _side(draft: Draft, choices: Choices | None) -> str:
    """The words of the folded column: the basket, or a change, with its price."""
    difference = difference_of(draft, choices)
    if difference is not None:
        more = difference.monthly_after - difference.monthly_before
        return tr("Change {price}", price=money(more, signed=True))
    monthly = money(choices.totals.monthly) if choices and not draft.only_account else ""
    return tr("Basket {price}", price=monthly).rstrip()


def facts_line(draft: Draft, choices: Choices | None, *, today: dt.date, place: bool = True) -> str:
    """Who and where, in one line: "Private · 41 · credit C · house, Glimt up to 1000"."""
    facts = choices.facts if choices else {}
    parts = [_segment(draft, facts)]
    born = read_date(draft.fields.get("birthDate", ""))
    if born and draft.fields.get("partyType") != "organization":
        years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        parts.append(str(years))
    if "credit" in facts:
        parts.append(tr("credit {letter}", letter=facts["credit"]))
    if draft.address_id and place:
        parts.append(_place(facts))
    return " · ".join(part for part in parts if part)


def _segment(draft: Draft, facts: Mapping[str, str | int]) -> str:
    segment = str(facts.get("segment", ""))
    known = {"RES": tr("Private"), "BUS": tr("Business"), "STAFF": tr("Staff")}
    if segment in known:
        return known[segment]
    return known["BUS" if draft.fields.get("partyType") == "organization" else "RES"]


def _place(facts: Mapping[str, str | int]) -> str:
    kind = tr("flat") if facts.get("flat") else tr("house")
    for network, speed in _SPEEDS:
        if facts.get(network):
            return tr("{kind}, fibre up to {speed}", kind=kind, speed=speed)
    if facts.get("vdsl") or facts.get("copper"):
        return tr("{kind}, copper only", kind=kind)
    return tr("{kind}, no fixed network", kind=kind)
