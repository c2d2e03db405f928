"""Picks of an open wizard that are not sold any more: they are told, not dropped in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backend.catalog.definitions import Definitions
from backend.catalog.rules import offering
from backend.qualification.openers import joined
from backend.qualification.schemas import ChoicesQuestion
from backend.rest.resource import Context, Document

RULE = "withdrawn"
"""In place of a rule's id: no rule keeps it away, it has left the catalogue."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An offer that was sold when it was picked."""

    code: str
    name: str
    quantity: int

    def told(self) -> Document:
        reason = {"rule": RULE, "text": f"{self.name} is not sold any more."}
        return {
            "id": self.code,
            "name": self.name,
            "quantity": self.quantity,
            "reasons": [reason],
        }


def withdrawn(
    context: Context, definitions: Definitions, picks: Mapping[str, int]
) -> tuple[Withdrawn, ...]:
    """The picks that this version does not have, and an earlier one had."""
    found = []
    for code, quantity in picks.items():
        if code not in definitions.catalogue.offers and quantity:
            document = offering(context, code)
            if document is not None:
                found.append(Withdrawn(code, document["name"], quantity))
    return tuple(found)


def without(question: ChoicesQuestion, gone: tuple[Withdrawn, ...]) -> ChoicesQuestion:
    """The question about what is left of the picks, and of what was set for them."""
    codes = {each.code for each in gone}
    if not codes:
        return question
    picks = {code: count for code, count in question.picks.items() if code not in codes}
    settings = {
        unit: given
        for unit, given in question.settings.items()
        if unit.partition("#")[0] not in codes
    }
    return question.model_copy(update={"picks": picks, "settings": settings})


def repaired(answer: Document, gone: tuple[Withdrawn, ...]) -> Document:
    """The answer, its repair beginning with what is not sold any more."""
    if not gone:
        return answer
    found = answer.get("repair") or {"dropped": [], "added": [], "text": ""}
    text = f"Take out {joined(each.name for each in gone)}, which is not sold any more."
    repair = {
        "dropped": [*(each.told() for each in gone), *found["dropped"]],
        "added": found["added"],
        "text": f"{text} {found['text']}".strip(),
    }
    return {**answer, "repair": repair}
