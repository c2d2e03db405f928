"""The creation step in words: the report's chips, what is read out, and the order made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.language import tr, trn
from app.texts import full_day
from app.wizard.change_summary import change_sentence, difference_of
from app.wizard.choices import Choices
from app.wizard.draft import Draft
from app.wizard.report import Finding, Report
from app.wizard.service import Outcome
from app.wizard.summary import COOLING_OFF_DAYS, sentence_to_read
from backend_client.desk_records import Terms

_LETTERS_OF_PREFIX = 2
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class ReportView:
    """The report, errors first. `short` leaves out what was found right."""

    errors: str
    warnings: str
    has_errors: bool
    has_warnings: bool
    checked: str
    wrong: tuple[Finding, ...]
    right: tuple[Finding, ...]


def report_view(report: Report, choices: Choices | None) -> ReportView:
    # the agreement is asked for on this step itself: no error until it is given
    errors = tuple(each for each in report.errors() if each.code != "agreement")
    warnings = report.warnings()
    version = choices.catalogue_version if choices else ""
    return ReportView(
        errors=trn("{count} error", "{count} errors", len(errors)),
        warnings=trn("{count} warning", "{count} warnings", len(warnings)),
        has_errors=bool(errors),
        has_warnings=bool(warnings),
        checked=tr("catalogue version {version}", version=version) if version else "",
        wrong=(*errors, *warnings),
        right=tuple(each for each in report.findings if each.severity == "right"),
    )


def rules_of(finding: Finding) -> str:
    return ", ".join(finding.rules)


def terms_line(terms: Terms | None) -> str:
    """Which text is agreed to: "version 12 of 1 October 2026"."""
    if terms is None:
        return tr("the text has not come yet")
    if not terms.valid_from:
        return tr("version {version}", version=terms.version)
    day = full_day(dt.date.fromisoformat(terms.valid_from[:10]))
    return tr("version {version} of {day}", version=terms.version, day=day)


def spoken_sentence(draft: Draft, choices: Choices | None) -> str:
    """What is read out before the yes."""
    if draft.only_account or choices is None:
        return tr("I make an account for you, without a service. Do you agree?")
    difference = difference_of(draft, choices)
    if difference is not None:
        return change_sentence(draft, choices, difference, cooling_off=COOLING_OFF_DAYS)
    return sentence_to_read(draft, choices)


def agreed_at(draft: Draft, *, now: dt.datetime) -> str:
    """When and how the customer agreed, for the chip."""
    at = draft.agreement.at
    if at is None:
        return ""
    local = at.astimezone(now.tzinfo)
    return f"{full_day(local.date()).rpartition(' ')[0]} {local:%H:%M:%S}"


def spoken_lines(order_number: str) -> tuple[str, ...]:
    """Write an order number as it is said, in lines of at most four figures."""
    parts = order_number.split("-")
    lines = [" ".join(parts[0])]
    for part in parts[1:-1] or parts[1:]:
        words = [_said(sign) for sign in part]
        lines += [" ".join(words[at : at + 4]) for at in range(0, len(words), 4)]
    if len(parts) > _LETTERS_OF_PREFIX:
        lines[-1] += ", " + " ".join(_said(sign) for sign in parts[-1])
    return tuple(lines)


def _said(sign: str) -> str:
    return tr(_DIGITS[int(sign)]) if sign.isdigit() else sign


@dataclass(frozen=True, slots=True)
class CreatedView:
    """What stands on the screen after the press. `big` is the number, or what is so."""

    lead: str
    big: str
    spoken: tuple[str, ...]
    note: str
    copied: bool


def created_view(outcome: Outcome) -> CreatedView:
    """The order made, or on its way."""
    if outcome.state == "waiting":
        return CreatedView(
            lead=tr("Saved on this computer, waiting to be sent"),
            big=tr("Waiting to be sent"),
            spoken=(),
            note=tr("It goes out once by itself when the server answers; the number comes then."),
            copied=False,
        )
    seconds = f"{outcome.seconds:.1f}"
    if not outcome.order_number:
        lead = tr("Account created, {seconds} s · copied to the clipboard", seconds=seconds)
        return CreatedView(lead, outcome.customer_id, spoken_lines(outcome.customer_id), "", True)
    lead = tr("Order created, {seconds} s · copied to the clipboard", seconds=seconds)
    if not outcome.seconds:
        lead = tr("Order created · copied to the clipboard")
    number = outcome.order_number
    return CreatedView(lead, number, spoken_lines(number), "", copied=True)
