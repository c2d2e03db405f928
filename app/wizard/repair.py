"""Picks that cannot be completed any more: what is wrong in words, and the smallest repair."""

from __future__ import annotations

from collections.abc import Iterable

from app.language import tr
from app.wizard.draft import Draft
from app.wizard.edits import Edit, pick
from app.wizard.offers_view import split_name
from backend_client.choices import DroppedPick, OfferCount, Repair

__all__ = ["Repair", "repair_edit", "repair_rules", "repair_words"]


def repair_words(repair: Repair) -> str:
    """What goes and why, and what comes; the server's own sentence where it has one."""
    if repair.text:
        return repair.text
    parts = []
    if repair.dropped:
        parts.append(tr("{names} must go.", names=_names(repair.dropped)))
    parts += dict.fromkeys(reason.text for each in repair.dropped for reason in each.reasons)
    if repair.added:
        parts.append(tr("{names} comes instead.", names=_names(repair.added)))
    return " ".join(parts)


def repair_rules(repair: Repair) -> tuple[str, ...]:
    """The rules that are broken, each once."""
    rules = (reason.rule for each in repair.dropped for reason in each.reasons)
    return tuple(dict.fromkeys(rules))


def repair_edit(repair: Repair) -> Edit:
    """Take out what cannot stay and add what is needed: one change, one undo."""

    def edit(draft: Draft) -> Draft:
        wanted = dict(draft.picks)
        for gone in repair.dropped:
            wanted[gone.id] = wanted.get(gone.id, 0) - gone.quantity
        for come in repair.added:
            wanted[come.id] = wanted.get(come.id, 0) + come.quantity
        for code, count in wanted.items():
            if count != draft.picks.get(code, 0):
                draft = pick(code, count)(draft)
        return draft

    return edit


def _names(counts: Iterable[DroppedPick | OfferCount]) -> str:
    short = ((each.quantity, split_name(each.name)[0]) for each in counts)
    return ", ".join(name if count == 1 else f"{count} × {name}" for count, name in short)
