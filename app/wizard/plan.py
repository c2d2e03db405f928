"""What will happen with an order and who will be told, as the server foretells it."""

from __future__ import annotations

from dataclasses import dataclass

from app.language import tr
from app.letters.names import titled
from app.wizard.change_view import count_of_changes
from app.wizard.choices import Choices
from app.wizard.draft import Draft


@dataclass(frozen=True, slots=True)
class PlannedLetter:
    """A letter that will go out; `kind` is its id, such as LT02."""

    kind: str
    title: str
    way: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in their order and letters; the flow itself takes their place once it has begun."""

    steps: tuple[str, ...] = ()
    letters: tuple[PlannedLetter, ...] = ()


def plan_of(draft: Draft, choices: Choices | None) -> Plan:
    """Put the server's plan into words; an account alone needs nothing, nor does no change."""
    if draft.only_account or choices is None or choices.plan is None:
        return Plan()
    if not count_of_changes(draft):
        return Plan()
    return Plan(
        choices.plan.steps,
        tuple(
            PlannedLetter(each.id, titled(each.id), _way(each.way, draft))
            for each in choices.plan.letters
        ),
    )


def _way(way: str, draft: Draft) -> str:
    if way != "email":
        return tr("text") if way == "text" else tr("letter")
    name = draft.fields.get("givenName", "").strip()
    return tr("e-mail to {name}", name=name) if name else tr("e-mail")
