"""Offers as the desk reads them: those that may be chosen, and the others with their reasons."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass

from backend.product_rules import Answer, Offer
from backend.qualification.facts import Facts
from backend.qualification.shelf import Shelf
from backend.qualification.situation import Situation
from backend.qualification.swaps import rivals
from backend.rest.resource import Document


@dataclass(frozen=True, slots=True)
class Hidden:
    """An offer that cannot be completed, with a minimal set of rules that keep it away."""

    offer: Offer
    rules: tuple[str, ...]


def hidden(
    shelf: Shelf,
    facts: Facts,
    held: Mapping[str, int],
    picks: Mapping[str, int],
    answer: Answer,
    shown: Container[str],
) -> tuple[Hidden, ...]:
    """Every offer that may not be chosen and is not shown, with its reasons.

    That another of its section is picked is no reason: the two could be swapped.
    """
    beside: dict[frozenset[str], list[str]] = {}
    for code in answer.hidden:
        if code not in shown:
            beside.setdefault(rivals(shelf, picks, code), []).append(code)
    found: dict[str, tuple[str, ...]] = {}
    for others, codes in beside.items():
        rest = {other: count for other, count in held.items() if other not in others}
        found |= shelf.engine.reasons_of(facts, rest, codes)
    offers = shelf.definitions.catalogue.offers
    return tuple(Hidden(offers[code], found[code]) for code in answer.hidden if code in found)


def offer_of(situation: Situation, code: str, held: int, most: int, *, offerable: bool) -> Document:
    """An offer that may be chosen or is picked.

    `held` with what is picked, and the `most` that could be; the desk reads how many of them
    this order may add.
    """
    definitions = situation.shelf.definitions
    picked = situation.picks.get(code, 0)
    offer, specification = definitions.offer(code), definitions.by_offer[code]
    price = situation.rates.unit(offer)
    before = held - picked
    return {
        "id": code,
        "name": offer.name,
        "family": definitions.family_name(offer.family),
        "kind": offer.kind,
        "role": definitions.role(code),
        "needs": situation.shelf.needs(code),
        "monthly": str(price.monthly),
        "once": str(price.once),
        "term": offer.term,
        "most": max(most - before, picked),
        "picked": picked,
        "offerable": offerable,
        "note": offer.note,
        "numberType": specification.number_type,
        "characteristics": situation.shelf.settable(code),
    }


def most_of(situation: Situation, codes: Collection[str]) -> dict[str, int]:
    """The largest quantity of each that can be completed, by itself, installed ones included."""
    offers = situation.shelf.definitions.catalogue.offers
    many = [code for code in codes if offers[code].max > 1]
    found = situation.shelf.engine.most(situation.facts, situation.held, many)
    return {**dict.fromkeys(codes, 1), **found}


def hidden_of(shelf: Shelf, each: Hidden) -> Document:
    """A hidden offer with the agents' text of its rules."""
    return {
        "id": each.offer.code,
        "name": each.offer.name,
        "family": shelf.definitions.family_name(each.offer.family),
        "reasons": shelf.reasons(each.rules),
    }
