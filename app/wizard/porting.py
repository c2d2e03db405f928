"""Numbers that come along from another operator, and the lines they come to."""

from __future__ import annotations

from collections.abc import Iterator

from app.wizard.choices import Choices, Line, OfferChoice, lines_of
from app.wizard.draft import Draft

PORTED = "portedNumber"
"""The characteristic of an offer that holds the number that comes along."""
_MOBILE, _FIXED = "mobile", "fixed"


def brings_number(offer: OfferChoice) -> bool:
    """Whether an offer brings an old number along: its form asks which."""
    return any(each.name == PORTED for each in offer.characteristics)


def port_in(choices: Choices | None) -> OfferChoice | None:
    """The offer that brings an old number along; None where it may not be had now."""
    offers = choices.offers if choices is not None else ()
    return next((each for each in offers if each.offerable and brings_number(each)), None)


def lines_served(draft: Draft, choices: Choices) -> dict[str, str]:
    """For each port-in of the draft, by its key, the key of the line whose number comes along.

    One comes to a line of its kind, of those first that hold no number; while no number is
    typed it may be either kind.
    """
    waiting = sorted(lines_of(draft.picks, choices), key=lambda line: line.key in draft.holds)
    found: dict[str, str] = {}
    for key, kind in _comers(draft, choices):
        line = next((each for each in waiting if kind in {None, each.number_type}), None)
        if line is not None:
            waiting.remove(line)
            found[key] = line.key
    return found


def lines_without_old_number(draft: Draft, choices: Choices) -> tuple[Line, ...]:
    """Lines to which no old number comes: each needs one from our own."""
    served = set(lines_served(draft, choices).values())
    return tuple(each for each in lines_of(draft.picks, choices) if each.key not in served)


def lines_to_choose(draft: Draft, choices: Choices) -> tuple[Line, ...]:
    """Lines whose number is still to be chosen.

    A line whose old number comes along has one of its own by itself until then.
    """
    lines = lines_without_old_number(draft, choices)
    return tuple(each for each in lines if each.key not in draft.holds)


def _comers(draft: Draft, choices: Choices) -> Iterator[tuple[str, str | None]]:
    """Each port-in by its key, with the type of its number; None as long as nothing is typed."""
    for offer in choices.offers:
        if brings_number(offer):
            for index in range(1, draft.picks.get(offer.id, 0) + 1):
                key = f"{offer.id}#{index}"
                yield key, _type(draft.settings.get(key, {}).get(PORTED, ""))


def _type(number: str) -> str | None:
    """The type of line that a UK number is of, as the national numbering plan has it."""
    digits = "".join(each for each in number if each.isdigit() or each == "+")
    if not digits:
        return None
    return _MOBILE if digits.startswith(("07", "+447")) else _FIXED
