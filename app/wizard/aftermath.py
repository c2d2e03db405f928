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
from app.wizard.plan import Plan
from app.wizard.service import Outcome
from backend_client import Client
from backend_client.desk_records import Account

MOST_STEPS = 12
_ALWAYS_SHOWN = 2  # what the press itself has made

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

    def read(self, outcome: Outcome, draft: Draft, plan: Plan, *, now: dt.datetime) -> Aftermath:
        """Steps and letters as they are now; what is planned where nothing more is known."""
        if not outcome.customer_id or not self._whole_accounts:
            return before_events(outcome, draft, plan)
        account = self._client.desk.account(outcome.customer_id)
        return aftermath_of(account, outcome, draft, plan, now=now)


def aftermath_of(
    account: Account, outcome: Outcome, draft: Draft, plan: Plan, *, now: dt.datetime
) -> Aftermath:
    """Put into words what the server knows of the order; until its flow has begun, the plan."""
    tasks = tasks_of(account.flows, outcome.order_id)
    film = steps_of(tasks, ToldLetters(account, outcome.order_id, now), now)
    steps = [*_made(outcome, draft)]
    marks = {task.id: step_state(task) for task in tasks}
    for row in film:
        if not isinstance(row, NoReturn):
            when = row.brief if marks[row.id] == "done" else row.when
            steps.append(Happening(row.title, marks[row.id], _in_a_row(when)))
    steps = _in_order(_together(steps), plan) if film else [*steps, *_planned(plan)]
    return Aftermath(_fitting(steps), tuple(_told(account, outcome, plan, now)), _log(tasks, now))


def _in_a_row(when: str) -> str:
    """A time after the words it belongs to: "today 09:25"."""
    today = tr("Today")
    return tr("today") + when.removeprefix(today) if when.startswith(today) else when


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


def _in_order(steps: list[Happening], plan: Plan) -> list[Happening]:
    """Put the steps where they were planned; one that was not stays behind its forerunner."""
    place, placed = -1, []
    for step in steps:
        if step.text in plan.steps:
            place = plan.steps.index(step.text)
        placed.append((place, step))
    return [step for _, step in sorted(placed, key=lambda each: each[0])]


def _fitting(steps: list[Happening]) -> tuple[Happening, ...]:
    """As many as there is room for: the oldest that are done go, then the farthest."""
    done = [at for at, step in enumerate(steps) if step.mark == "done" and at >= _ALWAYS_SHOWN]
    gone = set(done[: max(0, len(steps) - MOST_STEPS)])
    return tuple(step for at, step in enumerate(steps) if at not in gone)[:MOST_STEPS]


def before_events(outcome: Outcome, draft: Draft, plan: Plan) -> Aftermath:
    """What is known at once: what the answer says is done, and what is planned."""
    steps = [*_made(outcome, draft), *_planned(plan)]
    told = tuple(Told(each.kind, each.title, each.way) for each in plan.letters)
    return Aftermath(_fitting(steps), told)


def _planned(plan: Plan) -> Iterable[Happening]:
    return (Happening(step, "open", "") for step in plan.steps)


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


def _told(account: Account, outcome: Outcome, plan: Plan, now: dt.datetime) -> Iterable[Told]:
    """Planned letters in their place, with what became of them, then what else went out."""
    own = {outcome.order_id, outcome.order_number, ""}
    out = [letter for letter in letters_of(account, now) if letter.order_id in own]
    made = {letter.kind: letter for letter in reversed(out) if letter.kind}
    for planned in plan.letters:
        letter = made.get(planned.kind)
        yield Told(planned.kind, planned.title, letter.note if letter else planned.way)
    foreseen = {planned.kind for planned in plan.letters}
    for letter in reversed(out):
        if letter.kind not in foreseen:
            yield Told(letter.id, letter.title, letter.note)


def _log(tasks: Iterable[Task], now: dt.datetime) -> tuple[str, ...]:
    lines = []
    for task in tasks:
        at = task.ended or task.began
        when = f"{at.astimezone(now.tzinfo):%H:%M:%S}" if at else "–"
        parts = (when, task.name, task.who, task.outcome or task.state, task.reason)
        lines.append("  ".join(part for part in parts if part))
    return tuple(lines)
