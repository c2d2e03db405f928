"""The best saving that may be had, in one sentence, and the edit that takes it."""

from __future__ import annotations

from app.language import tr
from app.texts import money
from app.wizard.choices import Choices
from app.wizard.draft import Draft
from app.wizard.edits import Edit, pick
from app.wizard.offers_view import split_name
from backend_client.choices import Proposal

__all__ = ["Proposal", "is_near", "proposal_edit", "proposal_words", "taken_words"]


def proposal_words(proposal: Proposal, choices: Choices) -> tuple[str, str]:
    """What it saves, said strong, and what it needs or takes the place of."""
    name, price = split_name(proposal.name)[0], money(proposal.saves)
    lead = tr("{name} saves {price} a month.", name=name, price=price)
    if proposal.vat == "added":
        lead = tr("{name} saves {price} a month, before VAT.", name=name, price=price)
    parts = []
    if proposal.instead:
        offers = (choices.offer(code) for code in proposal.instead)
        names = ", ".join(split_name(offer.name)[0] for offer in offers if offer)
        gain = money(proposal.gains)
        parts.append(tr("That is {gain} more than {names}.", gain=gain, names=names))
    if proposal.opens_with:
        parts += [_without_name(need.text, name) for need in proposal.opens_with]
    return lead, " ".join(parts)


def taken_words(proposal: Proposal) -> tuple[str, str]:
    """That it was taken, and what that means each month."""
    name = split_name(proposal.name)[0]
    gain = tr("{gain} less each month.", gain=money(proposal.gains or proposal.saves))
    return tr("{name} is chosen.", name=name), gain


def is_near(proposal: Proposal) -> bool:
    """Whether it is worth a word now: it can be had at once, or with one thing more."""
    return len(proposal.opens_with) <= 1


def _without_name(text: str, name: str) -> str:
    """The rule's sentence; that it is about this saving stands before it already."""
    return text.removeprefix(f"{name}: ")


def proposal_edit(proposal: Proposal) -> Edit:
    """Take the saving in the place of those it replaces, with what only one offer can bring."""

    def edit(draft: Draft) -> Draft:
        for code in proposal.instead:
            draft = pick(code, 0)(draft)
        for need in proposal.opens_with:
            if len(need.serves) == 1:
                code = need.serves[0]
                draft = pick(code, draft.picks.get(code, 0) + need.count)(draft)
        return pick(proposal.offer, max(1, draft.picks.get(proposal.offer, 0)))(draft)

    return edit
