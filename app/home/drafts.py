"""The agent's open drafts as rows of the home page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import msgspec

from app.deeds.deed import KIND as DEED
from app.deeds.deed import from_json as deed_from_json
from app.deeds.wording import about
from app.language import tr, trn
from app.store.drafts import Draft
from app.texts import short_day
from app.wizard.draft import Draft as Content
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
    state: str = ""
    ready: bool = False
    price: str = ""

    def spoken(self) -> str:
        parts = (self.title, self.note, self.state, self.price, self.when)
        return ", ".join(part for part in parts if part)

    def can_be_current(self) -> bool:
        return True


def draft_row(draft: Draft, now: dt.datetime) -> DraftRow:
    """Make the row of a stored draft; one that cannot be read is still there to be opened."""
    if draft.kind == DEED:
        return _deed_row(draft, now)
    content = _content(draft)
    standing = content.standing if content else None
    return DraftRow(
        id=draft.id,
        title=draft.title or tr("No name yet"),
        note=_note(content),
        when=_when(draft.changed, now),
        state=_state(standing.missing) if standing else "",
        ready=standing is not None and not standing.missing,
        price=standing.price if standing else "",
    )


def _deed_row(draft: Draft, now: dt.datetime) -> DraftRow:
    """Something begun to be done to a product."""
    try:
        note = about(deed_from_json(draft.payload))
    except msgspec.DecodeError:
        note = tr("Draft")
    return DraftRow(id=draft.id, title=draft.title, note=note, when=_when(draft.changed, now))


def _content(draft: Draft) -> Content | None:
    try:
        return from_json(draft.payload)
    except msgspec.DecodeError:
        return None


def _note(content: Content | None) -> str:
    """What it is about: "New · Glimt 500, 2 × Skarv 100"."""
    if content is None:
        return tr("Draft")
    about = ", ".join(content.standing.about) if content.standing else ""
    if content.kind == "add":
        if about:
            return tr("More · {products}", products=about)
        return tr("More services for {number}", number=content.customer_id or "")
    if content.only_account:
        return tr("New customer, only an account")
    return tr("New · {products}", products=about) if about else tr("New customer")


def _state(missing: int) -> str:
    if not missing:
        return tr("ready to send")
    return trn("{count} thing missing", "{count} things missing", missing)


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
