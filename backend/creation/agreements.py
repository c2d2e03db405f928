"""What customers agreed to with an order: whose agreement it needs, and how each is kept."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from backend.creation import records
from backend.creation.schemas import Agreement, Creation
from backend.creation.terms import Terms
from backend.customer import rules as customer
from backend.ordering import purposes
from backend.rest.errors import Field, NotFound, Refused
from backend.rest.resource import Context, Document

_CLOCKS_DIFFER = timedelta(minutes=10)
_BINDS_NOBODY = frozenset(
    {purposes.SUSPEND, purposes.RESUME, purposes.SIM_SWAP, purposes.NUMBER_CHANGE}
)
"""What is done under the contract there is."""


def of_order(
    context: Context, creation: Creation, wanted: Document, customer_id: str, terms: Terms
) -> list[Document]:
    """Keep what was agreed to; the references that the order carries.

    Refused without the customer's agreement where the order binds anew, and without that of a
    new owner where it gives him products.
    """
    found = []
    if creation.agreement is not None or _binds(wanted):
        found.append(_kept(context, creation.agreement, customer_id, terms, "agreement"))
    taker = _taker(context, wanted)
    if taker is not None:
        given = creation.new_owner_agreement
        found.append(_kept(context, given, taker, terms, "newOwnerAgreement"))
    return found


def _binds(wanted: Document) -> bool:
    """Whether an order makes a new contract or changes one; what cannot be read does."""
    items = wanted.get("productOrderItem")
    if not isinstance(items, list) or not items:
        return True
    readable = all(isinstance(item, dict) and item.get("action") == "modify" for item in items)
    return not readable or any(
        purposes.derived(wanted, item) not in _BINDS_NOBODY for item in items
    )


def _taker(context: Context, wanted: Document) -> str | None:
    """Who gets the products; None where nobody does, or ordering will refuse who is named."""
    if wanted.get("category") != purposes.CHANGE_OF_OWNERSHIP:
        return None
    parties = (one for one in wanted.get("relatedParty") or () if isinstance(one, dict))
    named = [str(one.get("id")) for one in parties if one.get("role") == "newOwner"]
    try:
        return str(customer.find(context, named[0])["id"]) if named else None
    except NotFound:
        return None


def _kept(
    context: Context, agreement: Agreement | None, customer_id: str, terms: Terms, path: str
) -> Document:
    """Keep one agreement and when it was given; the reference to it."""
    if agreement is None or agreement.at > context.now + _CLOCKS_DIFFER:
        reason = (
            "The agreement lies in the future: check the clock."
            if agreement is not None
            else "An order needs the customer's agreement."
            if path == "agreement"
            else "A change of owner needs the new owner's agreement."
        )
        raise Refused(reason, code="agreement", fields=(Field(path, reason),))
    identity = uuid4().hex
    said = (agreement.terms_version, agreement.terms_hash)
    records.keep_agreement(
        context.connection,
        id=identity,
        customer_id=customer_id,
        way=agreement.way,
        at=agreement.at,
        terms_version=agreement.terms_version,
        terms_hash=agreement.terms_hash,
        of_terms_in_force=said == (terms.version, terms.sha256),
        recorded_by=context.caller.user_id,
        recorded=context.now,
    )
    name = f"Terms {agreement.terms_version}, {agreement.way}"
    return {"id": identity, "name": name, "@referredType": "Agreement"}
