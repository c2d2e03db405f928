"""What the server says may be chosen, as the wizard's pages read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from app.wizard.draft import Draft
from app.wizard.sellers import DIRECT
from backend_client.choices import (
    BasketItem,
    Characteristic,
    Choices,
    Difference,
    HiddenOffer,
    InstalledProduct,
    MissingChoice,
    OfferChoice,
    PriceList,
    Reason,
    Repackage,
    Section,
    Target,
    Totals,
)

__all__ = [
    "BasketItem",
    "Characteristic",
    "Choices",
    "Difference",
    "HiddenOffer",
    "InstalledProduct",
    "Line",
    "MissingChoice",
    "OfferChoice",
    "PriceList",
    "Question",
    "Reason",
    "Repackage",
    "Section",
    "Target",
    "Totals",
    "about",
    "document_of",
    "for_anybody",
    "lines_of",
    "priced",
    "question_of",
    "sims_of",
]


BELONGS_TO = "line"
"""Among a unit's settings: the line that it belongs to."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the choices depend on; an answer to an older question is dropped."""

    customer_id: str | None
    prospect: Mapping[str, str | bool | None] | None
    address_id: str | None
    reseller: str
    price_list: str
    picks: Mapping[str, int]
    numbers: tuple[str, ...]
    ends: tuple[str, ...] = ()
    moves: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def priced(question: Question) -> tuple[object, ...]:
    """What of a question its figures depend on: a name that is still being typed changes none."""
    prospect = question.prospect or {}
    person = (prospect.get("partyType"), prospect.get("birthDate"))
    rest = (question.customer_id, question.address_id, question.reseller, question.price_list)
    change = (question.ends, dict(question.moves))
    return (*rest, *person, dict(question.picks), question.numbers, *change)


def about(question: Question) -> tuple[object, ...]:
    """Whom and where a question is about: what the agent changes himself is no news."""
    prospect = question.prospect or {}
    where = (question.customer_id, question.address_id, question.reseller, question.price_list)
    return (*where, *prospect.items())


def question_of(draft: Draft) -> Question:
    """What to ask the server for this draft. The rules' facts are found there, not typed here."""
    return Question(
        customer_id=draft.customer_id,
        prospect=None if draft.customer_id else _prospect(draft.fields),
        address_id=draft.address_id,
        reseller=draft.fields.get("reseller", DIRECT),
        price_list=draft.price_list,
        picks=dict(draft.picks),
        numbers=tuple(sorted(hold.number for hold in draft.holds.values())),
        ends=draft.ends if draft.customer_id else (),
        moves=dict(draft.moves) if draft.customer_id else {},
        settings=_settings(draft),
    )


def _settings(draft: Draft) -> dict[str, dict[str, str]]:
    """What was set for each unit; to which line it belongs is no characteristic."""
    found = {
        key: {name: value for name, value in values.items() if name != BELONGS_TO}
        for key, values in draft.settings.items()
    }
    return {key: values for key, values in found.items() if values}


def _prospect(fields: Mapping[str, str]) -> dict[str, str | bool | None]:
    from app.wizard.fields import read_date

    born = read_date(fields.get("birthDate", ""))
    return {
        "partyType": fields.get("partyType", "individual"),
        "birthDate": born.isoformat() if born else None,
        "givenName": fields.get("givenName", "").strip() or None,
        "familyName": fields.get("familyName", "").strip() or None,
        "identityChecked": bool(fields.get("identity")),
    }


def document_of(question: Question) -> dict[str, object]:
    """The question as `/desk-api/v1/choices` and what lies below it take it."""
    return {
        "customerId": question.customer_id,
        "prospect": dict(question.prospect) if question.prospect else None,
        "addressId": question.address_id,
        **({"reseller": question.reseller} if question.reseller else {}),
        "priceList": question.price_list or None,
        "picks": dict(question.picks),
        "numbers": list(question.numbers),
        **({"ends": list(question.ends)} if question.ends else {}),
        **({"moves": dict(question.moves)} if question.moves else {}),
        **({"settings": dict(question.settings)} if question.settings else {}),
    }


def for_anybody(choices: Choices) -> Choices:
    """The answer without what one customer has: it may be shown where the server is not heard."""
    return msgspec.structs.replace(choices, installed=(), difference=None, repair=None, forms={})


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of an offer that needs a telephone number; `key` stays the same as picks grow."""

    key: str
    offer: OfferChoice
    number_type: str


def lines_of(picks: Mapping[str, int], choices: Choices) -> tuple[Line, ...]:
    """Every line that is picked, in the catalogue's order."""
    return tuple(
        Line(f"{offer.id}#{index}", offer, offer.number_type)
        for offer in choices.offers
        if offer.number_type
        for index in range(1, picks.get(offer.id, 0) + 1)
    )


def sims_of(picks: Mapping[str, int], choices: Choices) -> tuple[OfferChoice, ...]:
    """One SIM offer for each SIM picked, in the catalogue's order: the first goes to line one."""
    return tuple(
        offer
        for offer in choices.offers
        if offer.role == "sim"
        for _ in range(picks.get(offer.id, 0))
    )
