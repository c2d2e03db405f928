"""Try as this customer: what could be chosen if the working copy were in force, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from app.language import tr, trn
from app.texts import money
from backend_client.choices import Choices, HiddenOffer, OfferChoice

Facts = Mapping[str, str | int]
Context = Mapping[str, tuple[str | int, ...]]


@dataclass(frozen=True, slots=True)
class Trial:
    """The facts of whoever asks, taken for true, and what is picked so far.

    `customer` is the number of one who asks; of his facts only those are taken otherwise that
    `facts` names.
    """

    facts: Facts = field(default_factory=dict)
    picks: Mapping[str, int] = field(default_factory=dict)
    customer: str = ""

    def picked(self, code: str, quantity: int) -> Trial:
        rest = {each: count for each, count in self.picks.items() if each != code}
        return replace(self, picks={**rest, code: quantity} if quantity else rest)

    def by(self, facts: Facts, customer: str = "") -> Trial:
        """The same picks asked for by somebody else."""
        return replace(self, facts=dict(facts), customer=customer)

    def supposing(self, fact: str, value: str | int) -> Trial:
        return replace(self, facts={**self.facts, fact: value})


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer in the trial's list; one that is refused says why, with the rules."""

    id: str
    name: str
    text: str
    price: str
    term: str
    mark: Literal["tick", "quantity"]
    quantity: int
    most: int
    rules: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FamilyView:
    name: str
    offers: tuple[OfferView, ...]


@dataclass(frozen=True, slots=True)
class TrialView:
    """What the trial shows: families of offers, what is refused, what is missing, the sums."""

    families: tuple[FamilyView, ...]
    refused: tuple[OfferView, ...]
    basket: tuple[tuple[str, str, str], ...]
    missing: tuple[str, ...]
    monthly: str
    once: str
    summary: str
    facts: Facts = field(default_factory=dict)


def personas(context: Context) -> tuple[tuple[str, str, Facts], ...]:
    """Usual people to begin with: id, words, and a value for each fact of the catalogue."""
    return tuple(
        (name, tr(words), _whole({**_ADULT, **facts}, context)) for name, words, facts in _PERSONAS
    )


def question(trial: Trial) -> dict[str, Any]:
    """The question as the server takes it."""
    customer = {"customerId": trial.customer} if trial.customer else {}
    return {"facts": dict(trial.facts), "picks": dict(trial.picks), **customer}


def yes_or_no(values: tuple[str | int, ...]) -> bool:
    """Whether a fact is or is not so: it is ticked, not chosen."""
    return set(values) == {0, 1}


def _whole(facts: Facts, context: Context) -> Facts:
    """A value for each fact there is; where none is usual, the first."""
    return {
        key: facts[key] if facts.get(key) in values else values[0]
        for key, values in context.items()
        if values
    }


def view_of(choices: Choices, trial: Trial) -> TrialView:
    """The server's answer in words."""
    names = list(dict.fromkeys(offer.family for offer in choices.offers))
    families = tuple(
        FamilyView(
            name, tuple(_offered(each, trial) for each in choices.offers if each.family == name)
        )
        for name in names
    )
    count = len(choices.offers)
    return TrialView(
        families=families,
        refused=tuple(map(_refused, choices.hidden)),
        basket=tuple(
            (
                each.name if each.quantity == 1 else f"{each.quantity} × {each.name}",
                money(each.monthly),
                money(each.once),
            )
            for each in (*choices.basket, *choices.savings)
        ),
        missing=tuple(each.text for each in choices.missing),
        monthly=money(choices.totals.monthly),
        once=money(choices.totals.once),
        summary=trn("{count} offer can be chosen", "{count} offers can be chosen", count),
        facts=dict(choices.facts),
    )


def _offered(offer: OfferChoice, trial: Trial) -> OfferView:
    return OfferView(
        id=offer.id,
        name=offer.name,
        text=offer.id if not offer.note else f"{offer.id} · {offer.note}",
        price=money(offer.monthly if offer.monthly or not offer.once else offer.once),
        term=_term(offer),
        mark="quantity" if offer.most > 1 else "tick",
        quantity=trial.picks.get(offer.id, 0),
        most=max(offer.most, trial.picks.get(offer.id, 0)),
    )


def _refused(offer: HiddenOffer) -> OfferView:
    rules = tuple(each.rule for each in offer.reasons)
    text = " ".join(each.text for each in offer.reasons)
    reason = f"{', '.join(rules)}: {text}" if rules else text
    return OfferView(
        offer.id, offer.name, offer.id, "", "", "tick", 0, 0, rules=rules, reason=reason
    )


def _term(offer: OfferChoice) -> str:
    """How long, or that it is paid once."""
    if offer.once and not offer.monthly:
        return tr("once")
    return trn("{count} month", "{count} months", offer.term) if offer.term else ""


_ADULT: Facts = {
    "segment": "RES", "age": "26-64", "credit": "A", "copper": 1, "vdsl": 1, "gpon": 1,
    "xgspon": 1, "cov4g": 1, "cov5g": 1, "channel": "CALL", "role": "agent", "idok": 1,
    "landlordok": 1,
}  # fmt: skip
_PERSONAS: tuple[tuple[str, str, Facts], ...] = (  # said in the language of the moment
    ("adult", "Private, a house with fibre", {}),
    ("young", "Private, 16 to 17, no guarantor", {"age": "16-17"}),
    ("senior", "Private, over 65, depends on the phone", {"age": "65+", "vulnerable": 1}),
    ("benefits", "Private, receives benefits", {"benefits": 1}),
    ("stranger", "Private, identity not checked", {"idok": 0}),
    ("poor", "Private, credit class D", {"credit": "D"}),
    ("copper", "Private, copper only", {"gpon": 0, "xgspon": 0}),
    ("flat", "Private, a flat, landlord not asked", {"flat": 1, "landlordok": 0}),
    ("business", "Business", {"segment": "BUS", "age": "ORG"}),
    ("staff", "Staff", {"segment": "STAFF"}),
    ("partner", "Private, by a partner", {"channel": "RESELLER", "role": "reseller"}),
    ("self", "Private, in self-service", {"channel": "SELF", "role": "customer"}),
)
