"""What happens after the press: the order's steps, who is told, the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.language import tr
from app.letters.listing import letters_of
from app.orders.film import Told as ToldLetters
from app.orders.film import step_state, steps_of
from app.orders.records import NoReturn
from app.orders.tasks import Task, tasks_of
from app.wizard.draft import Draft
from app.wizard.service import Outcome
from backend_client import Client
from backend_client.desk_records import Account

MOST_STEPS = 12

Mark = Literal["done", "current", "open", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happens, with its state and when."""

    text: str
    mark: Mark
    when: str


@dataclass(frozen=True, slots=True)
class Told:
    """A letter or message: to whom, and how far it has come."""

    id: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What is known of a created order at one moment. `log` has a line for each step."""

    steps: tuple[Happening, ...]
    told: tuple[Told, ...] = ()
    log: tuple[str, ...] = ()


class AftermathReader:
    """Asks the server how far a created order has come; belongs in a thread."""

    def __init__(self, client: Client, capabilities: frozenset[str]) -> None:
        self._client = client
        self._whole_accounts = "account" in capabilities

    def read(self, outcome: Outcome, draft: Draft, *, now: dt.datetime) -> Aftermath:
        """Steps and letters as they are now; what the answer alone says where there are no more."""
        if not outcome.customer_id or not self._whole_accounts:
            return before_events(outcome, draft)
        account = self._client.desk.account(outcome.customer_id)
        return aftermath_of(account, outcome, draft, now=now)


def aftermath_of(
    account: Account, outcome: Outcome, draft: Draft, *, now: dt.datetime
) -> Aftermath:
    """Put into words what the server knows of the order."""
    tasks = tasks_of(account.flows, outcome.order_id)
    film = steps_of(tasks, ToldLetters(account, outcome.order_id, now), now)
    steps = [*_made(outcome, draft)]
    marks = {task.id: step_state(task) for task in tasks}
    for row in film:
        if not isinstance(row, NoReturn):
            when = row.brief if marks[row.id] == "done" else row.when
            steps.append(Happening(row.title, marks[row.id], when))
    steps = _together(steps)
    return Aftermath(
        tuple(steps[:MOST_STEPS]), tuple(_told(account, outcome, now)), _log(tasks, now)
    )


_LEAST_FIRST: tuple[Mark, ...] = ("bad", "warn", "current", "open", "done")


def _together(steps: list[Happening]) -> list[Happening]:
    """Put steps of several flows that say the same in one row, as far as the slowest is."""
    found: dict[str, Happening] = {}
    for step in steps:
        before = found.get(step.text)
        slower = before is None or _LEAST_FIRST.index(step.mark) < _LEAST_FIRST.index(before.mark)
        if slower:
            found[step.text] = step
    return list(found.values())


def before_events(outcome: Outcome, draft: Draft) -> Aftermath:
    """What is known at once, from the answer alone."""
    return Aftermath(tuple(_made(outcome, draft)))


def _made(outcome: Outcome, draft: Draft) -> Iterable[Happening]:
    if outcome.state == "waiting":
        yield Happening(tr("Saved in the outbox"), "done", "")
        yield Happening(tr("Sent when the line is back"), "current", "")
        return
    if not draft.customer_id:
        text = tr("Customer {number} and account", number=outcome.customer_id)
        yield Happening(text, "done", "")
    if draft.holds:
        numbers = ", ".join(hold.display for hold in draft.holds.values())
        yield Happening(tr("Numbers {numbers}", numbers=numbers), "done", "")


def _told(account: Account, outcome: Outcome, now: dt.datetime) -> Iterable[Told]:
    """Letters of this order, and the words of their own that went out since it was made."""
    for letter in letters_of(account, now):
        if letter.order_id in {outcome.order_id, outcome.order_number, ""}:
            yield Told(letter.id, letter.title, letter.note)


def _log(tasks: Iterable[Task], now: dt.datetime) -> tuple[str, ...]:
    lines = []
    for task in tasks:
        at = task.ended or task.began
        when = f"{at.astimezone(now.tzinfo):%H:%M:%S}" if at else "–"
        parts = (when, task.name, task.who, task.outcome or task.state, task.reason)
        lines.append("  ".join(part for part in parts if part))
    return tuple(lines)
