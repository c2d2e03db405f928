"""What happens after the press: steps of the flows, letters and messages, the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.language import tr
from app.texts import moment
from app.wizard.draft import Draft
from app.wizard.service import Outcome
from backend_client import Client
from backend_client.desk_records import Account
from backend_client.process_flow import TaskFlow
from backend_client.records import characteristic

MOST_STEPS = 10

Mark = Literal["done", "current", "open", "bad"]
_MARKS: dict[str, Mark] = {
    "completed": "done",
    "active": "current",
    "inProgress": "current",
    "acknowledged": "current",
    "hold": "bad",
    "held": "bad",
    "cancelled": "bad",
    "failed": "bad",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happens, with its state and when."""

    text: str
    mark: Mark
    when: str


@dataclass(frozen=True, slots=True)
class Told:
    """A letter or message, to whom and how far it has come."""

    id: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What is known of a created order at one moment. `log` has a line for each event."""

    steps: tuple[Happening, ...]
    told: tuple[Told, ...]
    log: tuple[str, ...]


class AftermathReader:
    """Asks the server how far a created order has come; belongs in a thread."""

    def __init__(self, client: Client, capabilities: frozenset[str]) -> None:
        self._client = client
        self._whole_accounts = "account" in capabilities

    def read(self, outcome: Outcome, draft: Draft, *, now: dt.datetime) -> Aftermath:
        """Steps and messages as they are now; where the server has no whole accounts, TMF reads."""
        account = Account()
        if outcome.customer_id and self._whole_accounts:
            account = self._client.desk.account(outcome.customer_id)
        tasks = tuple(_tasks_of(account, outcome.order_id))
        made = [*_made(outcome, draft)]
        steps = (*made, *(_happening(task, now) for task in tasks))
        return Aftermath(steps[:MOST_STEPS], tuple(_told(account, outcome)), _log(tasks, now))


def before_events(outcome: Outcome, draft: Draft) -> Aftermath:
    """What is known at once, from the answer alone."""
    return Aftermath(tuple(_made(outcome, draft)), (), ())


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


def _tasks_of(account: Account, order_id: str) -> Iterable[TaskFlow]:
    for flow in account.flows:
        if flow.order_id == order_id:
            yield from flow.task_flows


def _happening(task: TaskFlow, now: dt.datetime) -> Happening:
    mark = _MARKS.get(task.state or "", "open")
    at = task.completion_date or task.start_date or task.requested_completion_date
    return Happening(task.name or task.id, mark, moment(at, now=now) if at else "")


def _told(account: Account, outcome: Outcome) -> Iterable[Told]:
    """Documents and messages that name the order; without one, those of a new customer."""
    for document in account.documents:
        about = {each.id for each in document.about}
        if outcome.order_id in about:
            kind = document.document_type or ""
            title = f"{kind} {document.name or ''}".strip()
            yield Told(document.id, title, _state(document.lifecycle_state))
    for message in account.messages:
        yield Told(message.id, message.subject or tr("Message"), _state(message.state))


def _state(state: str | None) -> str:
    return {
        "inProgress": tr("being sent"),
        "completed": tr("sent"),
        "failed": tr("not delivered"),
        "initial": tr("ready"),
        "archived": tr("sent"),
        "finalized": tr("ready"),
    }.get(state or "", state or "")


def _log(tasks: tuple[TaskFlow, ...], now: dt.datetime) -> tuple[str, ...]:
    lines = []
    for task in tasks:
        at = task.completion_date or task.start_date
        when = f"{at.astimezone(now.tzinfo):%H:%M:%S}" if at else "–"
        detail = characteristic(task.characteristic, "result") or ""
        lines.append(f"{when}  {task.name or task.id}  {task.state or ''}  {detail}".rstrip())
    return tuple(lines)
