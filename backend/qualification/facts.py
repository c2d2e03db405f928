"""The facts that rules read: from the customer, the place, the user and the channel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from backend.access.caller import Caller
from backend.account import rules as account
from backend.address import rules as address
from backend.customer import rules as customer
from backend.party import rules as party
from backend.product_rules.catalogue import Fact
from backend.qualification.bureau import CreditBureau
from backend.qualification.schemas import Prospect
from backend.rest.errors import Field, Invalid, Refused
from backend.rest.resource import Context, Document

Facts = dict[str, Fact]

_ADULT_BANDS = ((16, "U16"), (18, "16-17"), (26, "18-25"), (65, "26-64"))
_ROLES = ("supervisor", "senior", "reseller")
_CHANNELS = {"system": "M2M", "customer": "SELF"}
"""Callers that are no people of ours: machines, and customers themselves."""
_UNKNOWN_PLACE: Facts = {
    # without an address nothing fixed can be promised; mobile networks cover the country
    "copper": 0, "vdsl": 0, "gpon": 0, "xgspon": 0, "allip": 0,
    "cov4g": 1, "cov5g": 1, "flat": 0, "landlordok": 0,
}  # fmt: skip
BEST_PLACE: Facts = {
    "copper": 1,
    "vdsl": 1,
    "gpon": 1,
    "xgspon": 1,
    "allip": 0,
    "cov4g": 1,
    "cov5g": 1,
}
"""Facts of the network at an address where everything can be had."""
_NEWCOMER: Facts = {"arrears": 0, "vulnerable": 0, "benefits": 0, "guardian": 0, "tenure12": 0}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom and where an answer is about. `since` is the day somebody became a customer."""

    facts: Facts
    reseller: str
    since: dt.date | None = None
    at_an_address: bool = True
    """False where nobody knows yet where it is to be used: then the network is unknown."""

    def supposing(self, supposed: Facts, context: Mapping[str, tuple[Fact, ...]]) -> Subject:
        """The same, with these facts taken for true; Invalid for what the catalogue has not."""
        for key, value in supposed.items():
            if value not in context.get(key, ()):
                sentence = f"{key} is never {value}."
                raise Invalid(sentence, code="invalidBody", fields=(Field("facts", sentence),))
        return replace(self, facts={**self.facts, **supposed}, at_an_address=True)


def of_customer(context: Context, customer_id: str, address_id: str | None) -> Subject:
    """Facts of an existing customer, at the address given or the one on file."""
    document = customer.find(context, customer_id)
    noted = characteristics(document)
    person = _person(context, document)
    since = _day(document.get("validFor", {}).get("startDateTime"))
    where = address_id or noted.get("addressId")
    facts: Facts = {
        **_place(context, where),
        **_seller(context.caller),
        "segment": _segment(person, staff=noted.get("segment") == "STAFF"),
        "age": age_band(person, context.now.date()),
        "credit": str(noted.get("creditClass") or "B"),
        "arrears": int(account.is_in_arrears(context, customer_id)),
        "idok": int(bool(noted.get("identitySeen"))),
        "tenure12": int(since is not None and _years(since, context.now.date()) >= 1),
        **{name: int(bool(noted.get(name))) for name in ("vulnerable", "benefits", "guardian")},
    }
    return Subject(facts, party.reseller_of(document), since, at_an_address=bool(where))


def of_prospect(
    context: Context,
    prospect: Prospect,
    address_id: str | None,
    reseller: str,
    bureau: CreditBureau,
) -> Subject:
    """Facts of somebody who is not a customer yet."""
    organization = prospect.party_type == "organization"
    person = {"@type": "Organization"} if organization else {"birthDate": prospect.birth_date}
    facts: Facts = {
        **_place(context, address_id),
        **_seller(context.caller),
        **_NEWCOMER,
        "segment": _segment(person, staff=False),
        "age": age_band(person, context.now.date()),
        "credit": _credit(prospect, bureau),
        "idok": int(prospect.identity_checked),
    }
    seller = context.caller.reseller or reseller
    return Subject(facts, seller, at_an_address=bool(address_id))


def characteristics(document: Document) -> dict[str, Any]:
    """The characteristics of a resource by name."""
    return {each["name"]: each.get("value") for each in document.get("characteristic", ())}


def _person(context: Context, document: Document) -> Document:
    engaged = document["engagedParty"]
    if engaged.get("@referredType") == "Organization":
        return party.organization(context, engaged["id"])
    return party.individual(context, engaged["id"])


def _segment(person: Mapping[str, Any], *, staff: bool) -> str:
    if person.get("@type") == "Organization":
        return "BUS"
    return "STAFF" if staff else "RES"


def age_band(person: Mapping[str, Any], today: dt.date) -> str:
    """The age as rules know it: U16, 16-17, 18-25, 26-64, 65+, or ORG for an organization."""
    if person.get("@type") == "Organization":
        return "ORG"
    born = _day(person.get("birthDate"))
    if born is None:
        return "26-64"
    age = _years(born, today)
    return next((band for bound, band in _ADULT_BANDS if age < bound), "65+")


def _credit(prospect: Prospect, bureau: CreditBureau) -> str:
    """Give the bureau's class once it is known who is asked about."""
    name = f"{prospect.given_name or ''} {prospect.family_name or ''}".strip()
    if not name or prospect.birth_date is None:
        return "B"
    return bureau.credit_class(name, prospect.birth_date)


def _place(context: Context, address_id: str | None) -> Facts:
    if not address_id:
        return dict(_UNKNOWN_PLACE)
    known = address.facts_of(context.connection, address_id)
    if known is None:
        raise Refused("There is no such address.", "Choose one from the list.", code="noAddress")
    return {name: int(value) for name, value in known.items()}


def _seller(caller: Caller) -> Facts:
    """Give who sells, and through which channel, from the token."""
    for role, channel in _CHANNELS.items():
        if role in caller.roles:
            return {"role": role, "channel": channel}
    role = next((role for role in _ROLES if role in caller.roles), "agent")
    channel = "RESELLER" if caller.reseller or role == "reseller" else "CALL"
    return {"role": "reseller" if channel == "RESELLER" else role, "channel": channel}


def _day(text: object) -> dt.date | None:
    return dt.date.fromisoformat(str(text)[:10]) if text else None


def _years(born: dt.date, today: dt.date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
