"""What people ask for, in the operator's words, and the offers that meet it."""

from __future__ import annotations

from app.wizard.choices import Choices, OfferChoice


def meeting(choices: Choices, need: str) -> tuple[OfferChoice, ...]:
    """The offers that meet a need, by its id."""
    return tuple(offer for offer in choices.offers if need in offer.needs)


def is_meant(choices: Choices, offer: OfferChoice, word: str) -> bool:
    """Whether somebody who says this word may mean the offer."""
    return any(
        need.id in offer.needs and any(said.lower().startswith(word) for said in need.words)
        for need in choices.needs
    )
