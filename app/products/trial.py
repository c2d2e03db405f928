"""Try as this customer: what could be chosen if the working copy were in force, and why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from app.language import tr, trn
from app.texts import money
from backend_client.choices import Choices, HiddenOffer, OfferChoice

CREDIT = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody who may ask: a customer, or the facts of one who is none yet."""

    organization: bool = False
    age: int = 35
    staff: bool = False
    identity: bool = True
    benefits: bool = False
    vulnerable: bool = False
    guarantor: bool = False
    credit: str = "A"
    address_id: str = ""
    address: str = ""
    customer_id: str = ""
    customer: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """Who asks, and what is picked so far."""

    persona: Persona = field(default_factory=Persona)
    picks: Mapping[str, int] = field(default_factory=dict)

    def picked(self, code: str, quantity: int) -> Trial:
        rest = {each: count for each, count in self.picks.items() if each != code}
        return replace(self, picks={**rest, code: quantity} if quantity else rest)

    def by(self, persona: Persona) -> Trial:
        """The same picks asked for by somebody else."""
        return replace(self, persona=persona)


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
    facts: str
    summary: str


def personas() -> tuple[tuple[str, str, Persona], ...]:
    """Usual people to begin with: id, words, facts."""
    return (
        ("adult", tr("Private, 35"), Persona()),
        ("young", tr("Private, 17, no guarantor"), Persona(age=17)),
        ("senior", tr("Private, 72, depends on the phone"), Persona(age=72, vulnerable=True)),
        ("benefits", tr("Private, receives benefits"), Persona(benefits=True)),
        ("stranger", tr("Private, identity not checked"), Persona(identity=False)),
        ("poor", tr("Private, credit class D"), Persona(credit="D")),
        ("business", tr("Business"), Persona(organization=True)),
        ("staff", tr("Staff"), Persona(staff=True)),
    )


def question(trial: Trial, today: dt.date) -> dict[str, Any]:
    """The question as the server takes it; facts of the rules are derived there."""
    person = trial.persona
    return {
        "customerId": person.customer_id or None,
        "prospect": None if person.customer_id else _prospect(person, today),
        "addressId": person.address_id or None,
        "picks": dict(trial.picks),
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
        facts=", ".join(f"{key} {value}" for key, value in choices.facts.items()),
        summary=trn("{count} offer can be chosen", "{count} offers can be chosen", count),
    )


def _prospect(person: Persona, today: dt.date) -> dict[str, str | bool | None]:
    born = today.replace(year=today.year - person.age, day=1)
    return {
        "partyType": "organization" if person.organization else "individual",
        "birthDate": None if person.organization else born.isoformat(),
        "staff": person.staff,
        "identityChecked": person.identity,
        "benefits": person.benefits,
        "vulnerable": person.vulnerable,
        "guarantor": person.guarantor,
        "creditClass": person.credit,
    }


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
