"""The validity report: errors, warnings and what was found right, each with the way there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.language import tr, trn
from app.wizard.change_summary import changed_lines, difference_of, line_words
from app.wizard.change_view import count_of_changes, set_anew
from app.wizard.choices import Choices, lines_of
from app.wizard.draft import Draft
from app.wizard.fields import form_for, problems_of
from app.wizard.offers_view import split_name
from app.wizard.porting import lines_to_choose
from app.wizard.repair import repair_rules, repair_words
from app.wizard.settings_view import faulty, units
from app.wizard.steps import Step

Severity = Literal["error", "warning", "right"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. `rules` are the catalogue's; `fix` is what could be taken instead."""

    code: str
    severity: Severity
    title: str
    text: str
    step: Step
    field: str = ""
    rules: tuple[str, ...] = ()
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    findings: tuple[Finding, ...]

    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity == "error")

    def warnings(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity == "warning")

    def of(self, step: Step) -> tuple[Finding, ...]:
        """What is wrong on one step, errors first."""
        wrong = (*self.errors(), *self.warnings())
        return tuple(each for each in wrong if each.step is step)

    def blockers(self, draft: Draft) -> tuple[Finding, ...]:
        """What stops the creation: errors, and warnings nobody has taken on himself."""
        open_warnings = tuple(
            w for w in self.warnings() if not draft.waived.get(w.code, "").strip()
        )
        return (*self.errors(), *open_warnings)


def check_draft(draft: Draft, choices: Choices | None, *, now: dt.datetime) -> Report:
    """Check the whole draft. `choices` None: the server has not answered yet."""
    findings = [*_customer(draft, now.date())]
    if not draft.only_account:
        findings += [*_service(draft, choices), *_numbers(draft, choices, now)]
        findings += [*_settings(draft, choices)]
        findings += [*_agreement(draft)]
    return Report(tuple(sorted(findings, key=lambda each: _ORDER[each.severity])))


_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "right": 2}


def _customer(draft: Draft, today: dt.date) -> Iterator[Finding]:
    if draft.customer_id:
        title = tr("Customer")
        yield Finding("customer", "right", title, draft.customer_name, Step.CUSTOMER)
        return
    problems = problems_of(draft.fields, today=today)
    for problem in problems:
        severity: Severity = "error" if problem.blocks else "warning"
        title = problem.sentence
        code = f"field:{problem.field}"
        yield Finding(
            code, severity, title, "", Step.CUSTOMER, field=problem.field, fix=problem.fix
        )
    if draft.fields.get("address") and not draft.address_id:
        title = tr("The address is not in the register.")
        text = tr("What the network can do there is not known. Choose the address from the list.")
        yield Finding("address", "warning", title, text, Step.CUSTOMER, field="address")
    if not draft.fields.get("identity") and not draft.only_account:
        title = tr("The identity was not checked.")
        text = tr("Credit and porting stay closed. Check it, or tick and give a reason to go on.")
        yield Finding("identity", "warning", title, text, Step.CUSTOMER, field="identity")
    if not problems:
        yield Finding("customer", "right", tr("Customer"), _person(draft), Step.CUSTOMER)
    if draft.address_id:
        text = draft.fields.get("address", "")
        yield Finding("place", "right", tr("Address and network"), text, Step.CUSTOMER)


def _person(draft: Draft) -> str:
    """The customer, and by what he was known: "Jorun Netherfold, Passport seen"."""
    seen = draft.fields.get("identity", "")
    form = {field.name: field for field in form_for(draft.fields)}
    names = {option.value: option.label for option in form["identity"].options}
    if not seen:
        return draft.title
    return tr("{name}, {proof} seen", name=draft.title, proof=names.get(seen, seen))


def _service(draft: Draft, choices: Choices | None) -> Iterator[Finding]:
    if not count_of_changes(draft):
        title = tr("No service is chosen.")
        text = tr("Choose a service, or only create a customer account.")
        if draft.customer_id:
            title = tr("Nothing is changed yet.")
            text = tr("Add something, or let something end or become something else.")
        yield Finding("service", "error", title, text, Step.SERVICE)
        return
    if choices is None:
        title = tr("The choice was not checked yet.")
        text = tr("The server has not answered. The order is checked again when it is sent.")
        yield Finding("unchecked", "warning", title, text, Step.SERVICE)
        return
    if choices.repair is not None:
        title = tr("What is chosen does not fit together any more.")
        text, rules = repair_words(choices.repair), repair_rules(choices.repair)
        yield Finding("repair", "error", title, text, Step.SERVICE, field="repair", rules=rules)
    else:
        yield from _strays(draft, choices)
    yield from _gone(draft, choices)
    for need in choices.missing:
        code, names = f"missing:{need.rule}", _names(need.serves, choices)
        text = tr("Choose from: {names}.", names=names) if names else ""
        yield Finding(code, "error", need.text, text, Step.SERVICE, rules=(need.rule,))
    if not choices.missing:
        yield from _fits(draft, choices)


def _strays(draft: Draft, choices: Choices) -> Iterator[Finding]:
    """Picks that cannot stay, because the address or the person has changed since."""
    for offer in choices.offers:
        if draft.picks.get(offer.id) and not offer.offerable:
            title = tr("{name} cannot be had any more.", name=split_name(offer.name)[0])
            text = tr("Take it out, or put back what was changed: the address or the details.")
            yield Finding(f"stray:{offer.id}", "error", title, text, Step.SERVICE)


def _gone(draft: Draft, choices: Choices) -> Iterator[Finding]:
    """Products of the change that the customer does not have any more."""
    known = {each.product_id for each in choices.installed}
    for product in (*draft.moves, *draft.ends, *set_anew(draft)):
        if choices.installed and product not in known:
            title = tr("Something this change is about has ended meanwhile.")
            text = tr("Open the account, and begin the change anew.")
            yield Finding(f"gone:{product}", "error", title, text, Step.SERVICE)


def _fits(draft: Draft, choices: Choices) -> Iterator[Finding]:
    """What was found right: each family with its products, and the price list."""
    difference = difference_of(draft, choices)
    changed = changed_lines(difference) if difference else ()
    words = ", ".join(line_words(each) for each in changed if each.change != "add")
    if words:
        yield Finding("change", "right", tr("What the customer has"), words, Step.SERVICE)
    for family in dict.fromkeys(offer.family for offer in choices.offers):
        names = [
            split_name(offer.name)[0]
            for offer in choices.offers
            if offer.family == family and draft.picks.get(offer.id)
        ]
        if names:
            code = f"service:{family}"
            yield Finding(code, "right", family, ", ".join(names), Step.SERVICE)
    lists = {each.id: each.name for each in choices.price_lists}
    name = lists.get(draft.price_list or choices.price_list, "")
    if name:
        yield Finding("prices", "right", tr("Prices"), name, Step.BILLING)


def _names(codes: Sequence[str], choices: Choices) -> str:
    offers = (choices.offer(code) for code in codes)
    return ", ".join(offer.name for offer in offers if offer)


def _numbers(draft: Draft, choices: Choices | None, now: dt.datetime) -> Iterator[Finding]:
    lines = lines_of(draft.picks, choices) if choices else ()
    open_lines = lines_to_choose(draft, choices) if choices else ()
    if open_lines:
        title = trn(
            "{count} number is still to be chosen.",
            "{count} numbers are still to be chosen.",
            len(open_lines),
        )
        text = ", ".join(line.offer.name for line in open_lines)
        yield Finding("numbers", "error", title, text, Step.NUMBERS)
    for line, hold in draft.holds.items():
        if hold.until and hold.until <= now:
            title = tr("The hold on {number} has ended.", number=hold.display)
            yield Finding(f"hold:{line}", "error", title, tr("Hold it again (H)."), Step.NUMBERS)
    if lines and not open_lines:
        held = [hold.display for hold in draft.holds.values()]
        words = ", ".join(held) or tr("The old number comes along.")
        yield Finding("numbers", "right", tr("Numbers"), words, Step.NUMBERS)


def _settings(draft: Draft, choices: Choices | None) -> Iterator[Finding]:
    """What is missing or wrong in the form of a unit."""
    for unit in units(draft, choices) if choices else ():
        about = ", ".join(part for part in (unit.name, unit.number) if part)
        for setting in faulty(unit.key, draft, choices) if choices else ():
            code, field = f"setting:{unit.key}:{setting.name}", f"{unit.key}:{setting.name}"
            yield Finding(code, "error", setting.problem, about, Step.SETTINGS, field=field)


def _agreement(draft: Draft) -> Iterator[Finding]:
    if draft.agreement.at is None:
        title = tr("The customer has not agreed to the terms yet.")
        text = tr("Read the sentence out and tick when the caller says yes.")
        yield Finding("agreement", "error", title, text, Step.CREATION, field="agreement")
