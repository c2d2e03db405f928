"""The part an offer plays in an order and the needs it meets: the operator's own words for both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, cast, get_args

from backend.product_rules import Offer

Role = Literal["line", "sim", "addon", "service", "item", "part", "once", "discount", "paperBill"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
SERVICE: Final[Role] = "service"


@dataclass(frozen=True, slots=True)
class Which:
    """Offers by their code, or all of these kinds, of one family where one is named."""

    kinds: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    family: str | None = None

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Which:
        return cls(
            frozenset(entry.get("kinds", ())),
            frozenset(entry.get("offers", ())),
            entry.get("family"),
        )

    def has(self, offer: Offer) -> bool:
        named = offer.code in self.offers
        return named or (offer.kind in self.kinds and self.family in {None, offer.family})


@dataclass(frozen=True, slots=True)
class Need:
    """What people ask for; `words` are how they say it, `takes` the offers that meet it."""

    id: str
    name: str
    words: tuple[str, ...]
    takes: tuple[Which, ...]

    def met_by(self, offer: Offer) -> bool:
        return any(each.has(offer) for each in self.takes)


def roles_of(offers: Iterable[Offer], entries: Iterable[Mapping[str, Any]]) -> dict[str, Role]:
    """The role of every offer by its code.

    An entry that names the offer counts before one that names its kind. Where no entry does, a
    kind that is called like a role has that role; all else stands for itself as a service.
    """
    known = [(cast("Role", each["role"]), Which.of(each)) for each in entries]

    def role(offer: Offer) -> Role:
        named = (each for each, which in known if offer.code in which.offers)
        alike = (each for each, which in known if which.has(offer))
        called = (each for each in ROLES if each == offer.kind)
        return next((found for way in (named, alike, called) for found in way), SERVICE)

    return {offer.code: role(offer) for offer in offers}


def needs_of(entries: Iterable[Mapping[str, Any]]) -> tuple[Need, ...]:
    """Every need in the order it is written down, the commonest first."""
    return tuple(
        Need(
            each["id"],
            each["name"],
            tuple(each.get("words", ())),
            tuple(Which.of(which) for which in each.get("takes", ())),
        )
        for each in entries
    )
