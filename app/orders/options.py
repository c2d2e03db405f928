"""What can still be done about an order that is under way, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Literal

from app.language import tr
from app.texts import day, money
from backend_client.ordering import Amendment, Cancelling, OrderOptions

What = Literal["visit", "items", "settings", "day", "contact"]
WHATS: tuple[What, ...] = ("visit", "items", "settings", "day", "contact")


@dataclass(frozen=True, slots=True)
class Remaining:
    """A line of the panel: what can be changed, and until when in words."""

    text: str
    until: str


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """An item of the order that may be taken out of it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Options:
    """What may be done now. `undo_seconds`: real seconds from the answer on; None: no undo.

    `line_note` stands at the line of no return, `cancel_words` where a reason is asked for.
    """

    order_id: str
    undo_seconds: float | None = None
    may_cancel: bool = False
    cancel_words: str = ""
    fee: str = ""
    line_note: str = ""
    changes: tuple[tuple[What, str], ...] = ()
    items: tuple[ItemChoice, ...] = ()
    remaining: tuple[Remaining, ...] = ()

    @property
    def may_change(self) -> bool:
        return bool(self.changes)

    def allowed(self, *, cancel: bool, change: bool) -> Options:
        """What of it a person may do who may cancel, or change, orders."""
        return replace(
            self,
            undo_seconds=self.undo_seconds if cancel else None,
            may_cancel=self.may_cancel and cancel,
            changes=self.changes if change else (),
        )


def options_of(order_id: str, told: OrderOptions, now: dt.datetime) -> Options:
    """Put the server's answer into words."""
    possible = [each for each in told.amend if each.possible and each.what in WHATS]
    items = [item for each in possible for item in each.items if item.may_go]
    fee = _fee(told.cancel)
    return Options(
        order_id=order_id,
        undo_seconds=told.undo_seconds,
        may_cancel=told.cancel.possible,
        cancel_words=told.cancel.text,
        fee=money(fee) if fee else "",
        line_note=_line_note(told.cancel, fee, may_change=bool(possible)),
        changes=tuple((what, _label(each)) for what in WHATS for each in possible
                      if each.what == what),
        items=tuple(ItemChoice(each.id, each.name) for each in items),
        remaining=tuple(_remaining(possible, told.cancel, fee, now)),
    )  # fmt: skip


def without_options(order_id: str, *, may_cancel: bool) -> Options:
    """Where a server has no such extension: what TMF622 and the flow let us know."""
    return Options(order_id, may_cancel=may_cancel)


def _remaining(
    possible: Iterable[Amendment], cancel: Cancelling, fee: Decimal, now: dt.datetime
) -> Iterable[Remaining]:
    for each in possible:
        yield Remaining(_label(each), _until(each.until, each.until_step, now))
    if cancel.possible:
        free = tr("Cancel, free of charge")
        text = tr("Cancel, {fee}", fee=money(fee)) if fee else free
        yield Remaining(text, _until(cancel.until, cancel.until_step, now))


def _label(each: Amendment) -> str:
    labels = {
        "visit": tr("Appointment"),
        "items": tr("Items"),
        "settings": tr("Settings"),
        "day": tr("Wanted day"),
        "contact": tr("Contact for news"),
    }
    return each.label or labels.get(each.what, each.what)


def _until(until: dt.datetime | None, step: str | None, now: dt.datetime) -> str:
    if until is not None:
        local = until.astimezone(now.tzinfo)
        words = day(local.date(), today=now.date())
        words = tr("today") if local.date() == now.date() else words
        return tr("until {day} {time}", day=words, time=f"{local:%H:%M}")
    return tr("until {step}", step=uncapitalised(step)) if step else tr("until it is done")


def uncapitalised(text: str) -> str:
    """A step's name within a sentence: `engineer visit`, but `SIM reserved`."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _line_note(cancel: Cancelling, fee: Decimal, *, may_change: bool) -> str:
    if not cancel.possible:
        return ""
    if fee:
        words = tr("Until then: cancel or change, cancelling costs {fee}")
        alone = tr("Until then: cancel for {fee}")
        return (words if may_change else alone).format(fee=money(fee))
    if may_change:
        return tr("Until then: cancel or change free of charge")
    return tr("Until then: cancel free of charge")


def _fee(cancel: Cancelling) -> Decimal:
    try:
        return Decimal(cancel.fee or "0")
    except InvalidOperation:  # another server's words for nothing
        return Decimal(0)
