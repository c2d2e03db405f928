"""Who reads a notice: name, addresses and how this customer wants letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backend.customer import rules as customer
from backend.party import rules as party
from backend.rest.resource import Context, Document

_MOBILE = re.compile(r"(\+44|0044|0)\s*\(?0?\)?\s*7")


@dataclass(frozen=True, slots=True)
class Reader:
    """A customer as letters see one; an address that is not known is empty.

    `on_paper` and `large_print` are the customer's characteristics `paperLetters` and
    `largePrint`. `languages` are the party's, the favourite first.
    """

    customer_id: str
    name: str
    address: tuple[str, ...]
    email: str
    mobile: str
    reseller: str
    business: bool
    languages: tuple[str, ...]
    on_paper: bool
    large_print: bool


def reader(context: Context, customer_id: str) -> Reader:
    """The customer with this id; NotFound when there is none for this caller.

    The customer's own contact media come before the party's, preferred ones first.
    """
    found = customer.find(context, customer_id)
    engaged = found["engagedParty"]
    business = engaged["@referredType"] == "Organization"
    who = (party.organization if business else party.individual)(context, engaged["id"])
    media = list(_media(found, who))
    return Reader(
        customer_id=customer_id,
        name=found["name"],
        address=next(filter(None, map(_lines, media)), ()),
        email=next(filter(None, (one.get("emailAddress") for one in media)), ""),
        mobile=next(filter(_is_mobile, (one.get("phoneNumber") or "" for one in media)), ""),
        reseller=party.reseller_of(found),
        business=business,
        languages=_languages(who),
        on_paper=_says(found, "paperLetters"),
        large_print=_says(found, "largePrint"),
    )


def _media(*documents: Document) -> Iterator[Document]:
    for document in documents:
        media = document.get("contactMedium") or []
        for medium in sorted(media, key=lambda one: not one.get("preferred")):
            yield medium["characteristic"]


def _lines(medium: Document) -> tuple[str, ...]:
    """The lines of a postal address; none for another kind of medium."""
    if not medium.get("street1"):
        return ()
    names = ("street1", "street2", "city", "stateOrProvince", "postCode")
    return tuple(str(medium[name]) for name in names if medium.get(name))


def _is_mobile(number: str) -> bool:
    return _MOBILE.match(number) is not None


def _languages(who: Document) -> tuple[str, ...]:
    spoken = who.get("languageAbility") or []
    spoken = sorted(spoken, key=lambda one: not one.get("isFavouriteLanguage"))
    codes = (one.get("languageCode") or "" for one in spoken)
    return tuple(code.partition("-")[0].lower() for code in codes if code)


def _says(document: Document, name: str) -> bool:
    """Whether a characteristic is set, as a boolean or as text."""
    values = [one["value"] for one in document.get("characteristic", []) if one["name"] == name]
    return any(value in {True, "true"} for value in values if isinstance(value, bool | str))
