"""The documents of one customer: party, customer, billing account, and the facts of the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from backend.account import rules as account
from backend.address.seeding import Door, address_id
from backend.customer import rules as customer
from backend.demo.bulk import Batch
from backend.demo.people import Person
from backend.party import rules as party
from backend.product_rules.catalogue import Fact
from backend.qualification.facts import age_band
from backend.rest import events
from backend.rest.resource import Document

_LANGUAGES = {"en": "English", "da": "Danish", "sv": "Swedish", "nb": "Norwegian", "fi": "Finnish"}
_OFFICE_HOURS = dt.time(9, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Home:
    """An address with what the network can do there."""

    door: Door
    facts: dict[str, bool]

    @property
    def id(self) -> str:
        return address_id(self.door.at)

    @property
    def street(self) -> str:
        house = f"{self.door.house} {self.door.street}"
        return house if self.door.flat is None else f"Flat {self.door.flat}, {house}"

    @property
    def label(self) -> str:
        return f"{self.door.at} {self.door.postcode}"


@dataclass(frozen=True, slots=True)
class Stored:
    """A customer that was written, and what orders refer to."""

    person: Person
    home: Home | None
    customer: Document
    account: Document


def facts_of(person: Person, home: Home | None, today: dt.date) -> dict[str, Fact]:
    """What the rules know of a person whom an agent serves on the telephone."""
    place = home.facts if home else {"cov4g": True, "cov5g": True}
    names = ("copper", "vdsl", "gpon", "xgspon", "allip", "cov4g", "cov5g", "flat", "landlordok")
    company = {"@type": "Organization"} if person.company else {"birthDate": person.born}
    a_year = today.year - person.since.year - (_in_year(today) < _in_year(person.since))
    return {
        **{name: int(place.get(name, False)) for name in names},
        "segment": "BUS" if person.company else "STAFF" if person.staff else "RES",
        "age": age_band(company, today),
        "credit": person.credit,
        "arrears": int(person.arrears),
        "idok": int(bool(person.identity)),
        "tenure12": int(a_year >= 1),
        "vulnerable": int(person.vulnerable),
        "benefits": int(person.benefits),
        "guardian": int(person.guardian),
        "role": "agent",
        "channel": "CALL",
    }


def add_customer(
    batch: Batch, person: Person, home: Home | None, ids: Ids, today: dt.date
) -> Stored:
    """Party, customer and billing account of one person."""
    joined = morning(person.since)
    seller = [] if person.reseller == party.DIRECT else [ids.seller]
    media = list(_media(person, home))
    engaged = _add_party(batch, person, ids.party, seller, media[:2])
    shared = {"id": ids.account, "name": person.name}
    account_reference = account.reference(
        {**shared, "href": account.BILLING_ACCOUNT.href(ids.account)}
    )
    stored = batch.add(
        customer.CUSTOMER,
        {
            "id": ids.customer,
            "name": person.name,
            "status": "active",
            "engagedParty": engaged,
            "validFor": {"startDateTime": events.timestamp(joined)},
            "contactMedium": media,
            "characteristic": list(_characteristics(person, home)),
            "relatedParty": [*seller, *ids.may_ask],
            "account": [account_reference],
        },
        joined,
    )
    added = batch.add(
        account.BILLING_ACCOUNT,
        {
            **shared,
            "accountType": "postpaid",
            "state": "active",
            "paymentStatus": _payment_status(person),
            "accountBalance": list(_balance(person, today)),
            "relatedParty": [customer.reference(stored)],
        },
        joined,
    )
    return Stored(person, home, stored, added)


@dataclass(frozen=True, slots=True)
class Ids:
    """What a customer and its parts are called, and the parties that its documents name."""

    customer: str
    account: str
    party: str
    seller: Document
    may_ask: tuple[Document, ...] = ()


def asking_party(person: Person, party_id: str, relation: str) -> Document:
    """The related party of a customer who may ask about it."""
    return {
        "id": party_id,
        "href": party.INDIVIDUAL.href(party_id),
        "name": person.name,
        "role": "mayAsk",
        "relation": relation,
        "@type": "AskingParty",
        "@baseType": "RelatedParty",
        "@referredType": "Individual",
    }


def morning(day: dt.date) -> dt.datetime:
    """A moment of that day when people work."""
    return dt.datetime.combine(day, _OFFICE_HOURS)


def _add_party(
    batch: Batch, person: Person, identity: str, seller: list[Document], media: list[Document]
) -> Document:
    shared: Document = {"id": identity, "contactMedium": media, "relatedParty": seller}
    if person.company:
        resource, kind = party.ORGANIZATION, "Organization"
        shared |= {
            "tradingName": person.company,
            "isLegalEntity": True,
            "status": "validated",
            "organizationIdentification": [
                {
                    "identificationType": "companyNumber",
                    "identificationId": person.company_number,
                }
            ],
            "partyCharacteristic": [
                _characteristic("contactPerson", f"{person.given} {person.family}")
            ],
        }
    else:
        resource, kind = party.INDIVIDUAL, "Individual"
        shared |= {
            "givenName": person.given,
            "familyName": person.family,
            "fullName": person.name,
            "status": "validated" if person.identity else "initialized",
            "languageAbility": [
                {
                    "languageCode": code,
                    "languageName": _LANGUAGES[code],
                    "isFavouriteLanguage": place == 0,
                }
                for place, code in enumerate(person.languages)
            ],
        }
        if person.born:
            shared["birthDate"] = f"{person.born.isoformat()}T00:00:00Z"
    added = batch.add(resource, shared, morning(person.since))
    return {"id": identity, "href": added["href"], "@referredType": kind}


def _media(person: Person, home: Home | None) -> Iterator[Document]:
    """E-mail, telephones and the postal address, the preferred one first."""
    yield _medium("email", {"contactType": "personal", "emailAddress": person.email}, True)
    for kind, number in (("mobile", person.mobile), ("home", person.landline)):
        if number:
            yield _medium("phone", {"contactType": kind, "phoneNumber": number}, False)
    if home is not None:
        place = {
            "contactType": "home",
            "street1": home.street,
            "city": home.door.city,
            "postCode": home.door.postcode,
            "country": "GB",
        }
        yield _medium("postalAddress", place, False)


def _medium(kind: str, characteristic: Document, preferred: bool) -> Document:  # noqa: FBT001 - private
    return {"mediumType": kind, "preferred": preferred, "characteristic": characteristic}


def _characteristics(person: Person, home: Home | None) -> Iterator[Document]:
    texts = {
        "creditClass": person.credit,
        "identitySeen": person.identity,
        "language": person.languages[0],
        "segment": "STAFF" if person.staff else "",
        "addressId": home.id if home else "",
    }
    for name, value in texts.items():
        if value:
            yield _characteristic(name, value)
    flags = {
        "vulnerable": person.vulnerable,
        "benefits": person.benefits,
        "guardian": person.guardian,
        "largePrint": person.large_print,
        "paperLetters": person.large_print,
    }
    for name, flag in flags.items():
        if flag:
            yield {"name": name, "value": True, "valueType": "boolean"}


def _characteristic(name: str, value: str) -> Document:
    return {"name": name, "value": value, "valueType": "string"}


def _payment_status(person: Person) -> str:
    if person.arrears:
        return account.IN_ARREARS
    return "due" if person.owes else "paid"


def _balance(person: Person, today: dt.date) -> Iterator[Document]:
    """What the customer owes since the bill of this month's first."""
    if person.owes:
        billed = events.timestamp(morning(today.replace(day=1)))
        yield {
            "balanceType": "receivableBalance",
            "amount": {"unit": "GBP", "value": float(person.owes)},
            "validFor": {"startDateTime": billed},
            "@type": "AccountBalance",
        }


def seller(identity: str, name: str) -> Document:
    """The related party that names the reseller of a customer."""
    return {
        "id": identity,
        "name": name,
        "role": "reseller",
        "@type": "RelatedParty",
        "@referredType": "Organization",
    }


def _in_year(day: dt.date) -> tuple[int, int]:
    return day.month, day.day
