"""The one thing that opens what is not offered, where it lies on the customer step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.language import tr
from app.wizard.choices import HiddenOffer
from app.wizard.draft import Draft

# rules of the catalogue whose fact is asked on the customer step
_IDENTITY = frozenset({"R15", "R16"})
_NETWORK = frozenset(f"R{number}" for number in range(22, 30))


@dataclass(frozen=True, slots=True)
class Opener:
    """What to do, and the field of the customer step where it is done."""

    action: str
    field: str


def opener_of(offer: HiddenOffer, draft: Draft) -> Opener | None:
    """What would take a reason away: the identity seen, or an address; None: not known."""
    if draft.customer_id:
        return None  # his details are changed on his account
    rules = [reason.rule for reason in offer.reasons]
    if _any(rules, _NETWORK) and not draft.address_id:
        return Opener(tr("Choose an address"), "address")
    if _any(rules, _IDENTITY) and not draft.fields.get("identity"):
        return Opener(tr("Check identity"), "identity")
    return None


def _any(rules: Sequence[str], among: frozenset[str]) -> bool:
    return any(rule in among for rule in rules)
