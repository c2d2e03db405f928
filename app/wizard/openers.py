"""What opens an offer that is not offered, in words, and the edit that does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.language import tr
from app.wizard.draft import Draft
from app.wizard.edits import Edit, pick
from app.wizard.offers_view import split_name
from backend_client.choices import OfferCount
from backend_client.openers import Opener, OpeningChange

__all__ = ["Opener", "Opening", "done_words", "opening_edit", "opening_of"]

Way = Literal["picks", "field", "interest", "move", "told", "none"]

# what the server calls a change that is made on the customer step, and the field there
_FIELDS = {"identity": "identity", "address": "address"}
_INTEREST = "registerInterest"


@dataclass(frozen=True, slots=True)
class Opening:
    """The one thing that opens an offer.

    `way` is how: other picks, a field of the customer step, interest that is registered, a product
    of the customer that becomes it, or what somebody else must do (then `action` only says who).
    "none": nothing opens it now.
    """

    offer: str
    way: Way = "none"
    action: str = ""
    text: str = ""
    field: str = ""
    product: str = ""

    @property
    def can_be_done(self) -> bool:
        """Whether a key does it here."""
        return self.way in {"picks", "field", "interest", "move"}


def opening_of(answer: Opener, draft: Draft) -> Opening:
    """Put the server's answer into one action; what it needs of others is only told."""
    opener = answer.opener
    if answer.movers and (opener is None or opener.changes):
        return _move(answer)
    if opener is None:
        return Opening(answer.offer)
    keys = [change.key for change in opener.changes]
    if not keys:
        return Opening(answer.offer, "picks", _picks_action(answer, opener), opener.text)
    if keys == [_INTEREST]:
        if not draft.address_id and not draft.customer_id:
            return Opening(answer.offer)
        return Opening(answer.offer, "interest", tr("Register interest"), opener.text)
    field = next((_FIELDS[key] for key in keys if key in _FIELDS), "")
    if field and not draft.customer_id:  # else the details are changed on the account
        words = {"identity": tr("Check identity"), "address": tr("Choose an address")}
        return Opening(answer.offer, "field", words[field], opener.text, field)
    return Opening(answer.offer, "told", _who(keys), opener.text)


def _move(answer: Opener) -> Opening:
    """A product the customer has may become it, at once and without anybody's leave."""
    mover = answer.movers[0]
    was, name = split_name(mover.name)[0], split_name(answer.name)[0]
    text = tr("{was} can become {name}.", was=was, name=name)
    action = tr("Change {name}", name=was)
    return Opening(answer.offer, "move", action, text, product=mover.product_id)


def _who(keys: Sequence[str]) -> str:
    """What is needed of somebody, in two or three words."""
    words: Mapping[str, str] = {
        "guarantor": tr("needs a guarantor"),
        "benefits": tr("needs proof"),
        "landlord": tr("needs the landlord"),
        "balance": tr("balance to be paid"),
        "senior": tr("a senior agent can"),
        "supervisor": tr("a supervisor can"),
        "identity": tr("identity on the account"),
        "address": tr("address on the account"),
    }
    return next((words[key] for key in keys if key in words), tr("see why"))


def _picks_action(answer: Opener, opener: OpeningChange) -> str:
    """The first words of what Enter does: "Add Hearth Line", "Without Copperleaf 38"."""
    if opener.brings:
        return tr("Add {name}", name=_names(opener.brings[:1]))
    if opener.removed:
        return tr("Without {name}", name=_names(opener.removed[:1]))
    return tr("Add {name}", name=split_name(answer.name)[0])


def opening_edit(answer: Opener) -> Edit:
    """Take away what must go, add what the offer brings, and the offer: one change, one undo."""
    opener = answer.opener

    def edit(draft: Draft) -> Draft:
        if opener is None:
            return draft
        wanted = dict(draft.picks)
        for each in opener.removed:
            wanted[each.id] = wanted.get(each.id, 0) - each.quantity
        for each in opener.brings:
            wanted[each.id] = wanted.get(each.id, 0) + each.quantity
        wanted[answer.offer] = wanted.get(answer.offer, 0) + 1
        for code, count in wanted.items():
            if count != draft.picks.get(code, 0):
                draft = pick(code, count)(draft)
        return draft

    return edit


def done_words(answer: Opener) -> tuple[str, str]:
    """What Enter has done: that the offer is chosen, and what came and went with it."""
    opener = answer.opener or OpeningChange()
    lead = tr("{name} is chosen.", name=split_name(answer.name)[0])
    parts = []
    brings = [each for each in opener.brings if each.id != answer.offer]
    if brings:
        parts.append(tr("{names} added.", names=_names(brings)))
    if opener.removed:
        parts.append(tr("{names} taken out.", names=_names(opener.removed)))
    return lead, " ".join(parts)


def _names(counts: Sequence[OfferCount]) -> str:
    """Names without what stands in brackets, with how many where there are several."""
    short = ((each.quantity, split_name(each.name)[0]) for each in counts)
    return ", ".join(name if count == 1 else f"{count} × {name}" for count, name in short)
