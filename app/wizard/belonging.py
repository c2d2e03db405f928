"""Which line an extra belongs to: one of this order, or one the customer has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.wizard.choices import Choices, InstalledProduct, OfferChoice, lines_of
from app.wizard.draft import INSTALLED, Draft
from app.wizard.offers_view import split_name


@dataclass(frozen=True, slots=True)
class Owner:
    """A line that may have extras; the key of an installed one begins with `p:`."""

    key: str
    name: str
    number: str

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.name, self.number) if part)


def owners(offer: OfferChoice, draft: Draft, choices: Choices) -> tuple[Owner, ...]:
    """Lines of the extra's family: those of the order first, then those that stay."""
    new = (
        Owner(line.key, split_name(line.offer.name)[0], _held(draft, line.key))
        for line in lines_of(draft.picks, choices)
        if line.offer.family == offer.family
    )
    kept = (
        Owner(f"{INSTALLED}{line.product_id}", split_name(line.name)[0], line.number or "")
        for line in installed_lines(draft, choices)
        if line.family == offer.family
    )
    return (*new, *kept)


def owner_of(
    offer: OfferChoice, index: int, settings: Mapping[str, str], draft: Draft, choices: Choices
) -> str | None:
    """The key of the line that the extra's unit `index` belongs to: as set, else in turn."""
    known = [each.key for each in owners(offer, draft, choices)]
    if settings.get("line") in known:
        return settings["line"]
    return known[(index - 1) % len(known)] if known else None


def installed_lines(draft: Draft, choices: Choices) -> tuple[InstalledProduct, ...]:
    """Lines with a number that the customer has and keeps."""
    return tuple(
        each
        for each in choices.installed
        if each.role == "line" and each.number and each.product_id not in draft.ends
    )


def _held(draft: Draft, key: str) -> str:
    held = draft.holds.get(key)
    return held.display if held else ""
