"""The agent's open drafts as rows of the home page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import msgspec

from app.language import tr
from app.store.drafts import Draft
from app.texts import short_day
from app.wizard.draft import from_json

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_THIS_WEEK = 7


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft: whose it is, what it is about, and when it was last touched."""

    id: str
    title: str
    note: str
    when: str

    def spoken(self) -> str:
        return f"{self.title}, {self.note}, {self.when}"

    def can_be_current(self) -> bool:
        return True


def draft_row(draft: Draft, now: dt.datetime) -> DraftRow:
    """Make the row of a stored draft; one that cannot be read is still there to be opened."""
    return DraftRow(
        id=draft.id,
        title=draft.title or tr("No name yet"),
        note=_note(draft),
        when=_when(draft.changed, now),
    )


def _note(draft: Draft) -> str:
    try:
        content = from_json(draft.payload)
    except msgspec.DecodeError:
        return tr("Draft")
    if content.kind == "add":
        return tr("More services for {number}", number=content.customer_id or "")
    if content.only_account:
        return tr("New customer, only an account")
    return tr("New customer")


def _when(changed: dt.datetime | None, now: dt.datetime) -> str:
    """Write the hour today, the weekday within a week, else the day."""
    if changed is None:
        return ""
    local = changed.astimezone(now.tzinfo)
    if local.date() == now.date():
        return f"{local:%H:%M}"
    if (now.date() - local.date()).days < _THIS_WEEK:
        return tr(_DAYS[local.weekday()])
    return short_day(local.date(), today=now.date())
