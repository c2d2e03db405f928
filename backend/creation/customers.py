"""The customer of a creation: one that is there, or a new one with party, PIN and account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.account import rules as account
from backend.address import rules as address
from backend.creation import records
from backend.creation.paths import within
from backend.creation.schemas import Creation
from backend.customer import rules as customer
from backend.party import rules as party
from backend.qualification.bureau import CreditBureau
from backend.rest.errors import Field, Invalid, NotFound, Refused
from backend.rest.resource import Context, Document
from backend.rest.router import require_right

_PIN_DIGITS = range(4, 7)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose the order is, and who pays."""

    customer: Document
    account_id: str


def pin_of(command: Creation) -> str | None:
    """The new customer's PIN: four to six digits, or none. Invalid otherwise."""
    pin = command.customer.get("pin") or None
    if pin is None:
        return None
    if not (isinstance(pin, str) and pin.isascii() and pin.isdigit() and len(pin) in _PIN_DIGITS):
        field = Field("customer.pin", "A PIN has four to six digits.")
        raise Invalid(field.message, code="invalidPin", fields=(field,))
    return pin


def owner(
    context: Context,
    command: Creation,
    pin_hash: str | None,
    resellers: Mapping[str, str],
    bureau: CreditBureau,
) -> Owner:
    """Find or make the customer and the billing account."""
    if "id" in command.customer:
        found = _existing(context, command)
    else:
        require_right(context.caller, customer.CUSTOMER.rights.create)
        found = _new(context, command, resellers, bureau)
        if pin_hash is not None:
            records.keep_pin(
                context.connection, customer_id=found["id"], hash=pin_hash, changed=context.now
            )
    return Owner(found, _account(context, command, found))


def _existing(context: Context, command: Creation) -> Document:
    _only(command.customer, {"id"})
    try:
        return customer.find(context, str(command.customer["id"]))
    except NotFound as problem:
        field = Field("customer.id", problem.reason)
        raise Refused(problem.reason, code="danglingReference", fields=(field,)) from None


def _new(
    context: Context, command: Creation, resellers: Mapping[str, str], bureau: CreditBureau
) -> Document:
    _only(command.customer, {"party", "customer", "pin"})
    person, wanted = _part(command, "party"), _part(command, "customer")
    seller = _seller(wanted, resellers)
    if seller is not None:
        wanted["relatedParty"] = person["relatedParty"] = [seller]
    with within("customer.party"):
        made = _party(context, person)
    known = {"addressId": command.address_id, "creditClass": _credit(person, bureau)}
    others = [one for one in wanted.get("characteristic", ()) if one.get("name") not in known]
    wanted["characteristic"] = [
        *others,
        *({"name": name, "value": value} for name, value in known.items() if value is not None),
    ]
    if command.address_id is not None:
        wanted["contactMedium"] = [
            *wanted.get("contactMedium", ()),
            _postal(context, command.address_id),
        ]
    with within("customer.customer"):
        wanted["engagedParty"] = {"id": made["id"]}
        return customer.create(context, wanted)


def _only(given: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(given.keys() - known):
        field = Field(f"customer.{unknown[0]}", "This attribute is not known here.")
        raise Invalid("This is not a valid creation.", code="invalidBody", fields=(field,))


def _part(command: Creation, name: str) -> Document:
    part = command.customer.get(name)
    if not isinstance(part, dict):
        field = Field(f"customer.{name}", "This is needed.")
        raise Invalid(f"Name the {name}.", code="invalidBody", fields=(field,))
    return dict(part)


def _seller(wanted: Document, resellers: Mapping[str, str]) -> Document | None:
    """The reseller named for the customer, with the name we know it by."""
    parties = wanted.get("relatedParty") or []
    named = [one.get("id") for one in parties if one.get("role") == "reseller"]
    if not named:
        return None
    if named[0] not in resellers:
        field = Field("customer.customer.relatedParty", "Choose another reseller.")
        raise Refused("There is no such reseller.", code="danglingReference", fields=(field,))
    return {
        "id": named[0],
        "name": resellers[named[0]],
        "role": "reseller",
        "@type": "RelatedParty",
        "@referredType": "Organization",
    }


def _party(context: Context, person: Document) -> Document:
    kind = person.get("@type", "Individual")
    if kind == "Organization":
        return party.create_organization(context, person)
    if kind != "Individual":
        field = Field("@type", "Choose Individual or Organization.")
        raise Invalid(field.message, code="invalidBody", fields=(field,))
    return party.create_individual(context, person)


def _credit(person: Document, bureau: CreditBureau) -> str | None:
    """The credit class that the choices were made with; companies have none."""
    born = str(person.get("birthDate") or "")[:10]
    name = f"{person.get('givenName', '')} {person.get('familyName', '')}".strip()
    return bureau.credit_class(name, born) if born and name else None


def _postal(context: Context, address_id: str) -> Document:
    place = address.place(context.connection, address_id)
    if place is None:
        field = Field("addressId", "Choose an address from the list.")
        raise Refused("There is no such address.", code="danglingReference", fields=(field,))
    return {
        "mediumType": "postalAddress",
        "preferred": False,
        "characteristic": {
            "contactType": "home",
            "street1": f"{place['house']} {place['street']}",
            "city": place["city"],
            "postCode": place["postcode"],
            "country": "GB",
        },
    }


def _account(context: Context, command: Creation, found: Document) -> str:
    wanted = command.billing_account
    if wanted is not None and "id" in wanted:
        with within("billingAccount"):
            if wanted["id"] not in {one["id"] for one in found.get("account", ())}:
                raise Refused("The customer has no such account.", code="danglingReference")
        return str(wanted["id"])
    if wanted is None and found.get("account"):
        return str(found["account"][0]["id"])
    parties = [{"id": found["id"], "role": "customer"}]
    with within("billingAccount"):
        made = account.create(
            context, {"name": found["name"], **(wanted or {}), "relatedParty": parties}
        )
    return str(made["id"])
