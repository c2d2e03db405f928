"""What a creation command does: all of it in one transaction, once, or nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import orjson

from backend.access import audit
from backend.access.passwords import Passwords
from backend.address import rules as address
from backend.creation import agreements, records, schemas
from backend.creation.correspondence import Correspondence
from backend.creation.customers import Owner, owner, pin_of
from backend.creation.paths import within
from backend.creation.schemas import Creation
from backend.creation.terms import Terms
from backend.numbers import rules as numbers
from backend.ordering import purposes
from backend.ordering.rules import PRODUCT_ORDER, Ordering
from backend.qualification.bureau import CreditBureau
from backend.qualification.rules import Qualification
from backend.rest import events
from backend.rest.errors import Field, Invalid, Refused
from backend.rest.resource import Context, Document
from backend.rest.router import require_right


@dataclass(frozen=True, slots=True)
class Created:
    """The answer's JSON, and whether this call did the work or an earlier one had."""

    body: bytes
    first: bool


@dataclass(frozen=True, slots=True)
class Command:
    """A command that was read. Two with the same `fingerprint` say the same."""

    id: str
    creation: Creation
    fingerprint: bytes
    pin_hash: str | None


@dataclass(frozen=True, slots=True)
class Creating:
    """Carries out creation commands."""

    ordering: Ordering
    qualification: Qualification
    correspondence: Correspondence
    passwords: Passwords
    bureau: CreditBureau
    terms: Terms

    def prepare(self, command_id: str, body: Document) -> Command:
        """Read a command before its transaction begins: the PIN's hash takes its time.

        Invalid names every attribute that is wrong.
        """
        _require_uuid(command_id)
        creation = schemas.read(body)
        pin = pin_of(creation)
        return Command(
            id=command_id,
            creation=creation,
            fingerprint=_fingerprint(body),
            pin_hash=None if pin is None else self.passwords.hash(pin),
        )

    def carry_out(self, context: Context, command: Command) -> Created:
        """Do all of it, or give the answer of the first time.

        Refused, Invalid and Conflict name the attribute in the command; then nothing is left
        behind. Refused for another body under an id that was used.
        """
        claimed = records.claim(
            context.connection,
            id=command.id,
            user_id=context.caller.user_id,
            fingerprint=command.fingerprint,
            created=context.now,
        )
        if not claimed:
            return _replayed(context, command)
        made, order = self._made(context, command)
        answer = orjson.dumps(
            {
                "customerId": made.customer["id"],
                "accountId": made.account_id,
                "orderId": order["id"] if order else None,
                "orderNumber": order["orderNumber"] if order else None,
                "created": True,
            }
        )
        records.keep_answer(context.connection, command.id, answer)
        _note(context, command, made, order)
        return Created(answer, first=True)

    def _made(self, context: Context, command: Command) -> tuple[Owner, Document | None]:
        creation = command.creation
        definitions = self.qualification.shelf(context).definitions
        made = owner(context, creation, command.pin_hash, definitions.resellers, self.bureau)
        order = None
        if creation.order is not None:
            require_right(context.caller, PRODUCT_ORDER.rights.create)
            order = self._ordered(context, creation, creation.order, made)
        self.correspondence.accept(context, command.id, creation.messages, made.customer, order)
        return made, order

    def _ordered(
        self, context: Context, creation: Creation, wanted: Document, made: Owner
    ) -> Document:
        document = _order(context, creation, wanted, made)
        agreed = agreements.of_order(context, creation, wanted, made.customer["id"], self.terms)
        document["agreement"] = [*(wanted.get("agreement") or ()), *agreed]
        with within("order"):
            order = self.ordering.place(context, document, creation.reservations)
        for identity in creation.reservations:
            if numbers.find_reservation(context, identity).state == "reserved":
                numbers.release(context, identity)
        return order


def _order(context: Context, creation: Creation, wanted: Document, made: Owner) -> Document:
    """The order as TMF622 wants it: whose it is, who pays, where, under which prices."""
    owned = [{"id": made.customer["id"], "role": "customer", "@referredType": "Customer"}]
    others = [one for one in wanted.get("relatedParty") or () if one.get("role") != "customer"]
    document = {
        **wanted,
        "relatedParty": [*owned, *others],
    }
    if wanted.get("category") != purposes.CHANGE_OF_OWNERSHIP:  # that is paid by the new owner
        document["billingAccount"] = {"id": made.account_id}
    if creation.price_list:
        document["priceList"] = {"id": creation.price_list}
    if creation.waivers:
        notes = [_waived(context, each) for each in creation.waivers]
        document["note"] = [*(wanted.get("note") or ()), *notes]
    items = wanted.get("productOrderItem")
    if isinstance(items, list):
        _require_picked(creation.picks, items)
        if creation.address_id is not None:
            place = _place(context, creation.address_id)
            document["productOrderItem"] = [_placed(item, place) for item in items]
    return document


def _require_picked(picks: Mapping[str, int], items: list[Document]) -> None:
    """Refused when the items are not what was picked: one of the two was not meant."""
    ordered: Counter[str] = Counter()
    for item in items:
        if isinstance(item, dict) and item.get("action") == "add":
            code = (item.get("productOffering") or {}).get("id")
            ordered[str(code)] += int(item.get("quantity") or 1)
    if picks and +ordered != +Counter(picks):
        reason = "The items of the order are not what was picked."
        raise Refused(reason, code="picksDiffer", fields=(Field("picks", reason),))


def _place(context: Context, address_id: str) -> Document:
    known = address.place(context.connection, address_id)
    if known is None:
        field = Field("addressId", "Choose an address from the list.")
        raise Refused("There is no such address.", code="danglingReference", fields=(field,))
    return {
        "id": address_id,
        "href": address.GEOGRAPHIC_ADDRESS.href(address_id),
        "name": known["label"],
        "role": "serviceAddress",
        "@type": "RelatedPlaceRefOrValue",
        "@referredType": "GeographicAddress",
    }


def _placed(item: Document, place: Document) -> Document:
    """An item for the command's address, unless it names one itself."""
    if not isinstance(item, dict) or item.get("action") != "add":
        return item
    return {**item, "product": {"place": [place], **(item.get("product") or {})}}


def _waived(context: Context, waiver: schemas.Waiver) -> Document:
    return {
        "author": context.caller.name,
        "date": events.timestamp(context.now),
        "text": f"Went on in spite of {waiver.code}: {waiver.reason}",
    }


def _note(context: Context, command: Command, made: Owner, order: Document | None) -> None:
    entry = audit.Entry(
        action="creation",
        actor=context.caller.user_id,
        customer_id=made.customer["id"],
        subject=order["id"] if order else made.account_id,
        details={
            "command": command.id,
            "waived": [each.code for each in command.creation.waivers],
        },
    )
    audit.record(context.connection, entry)


def _replayed(context: Context, command: Command) -> Created:
    row = records.done(context.connection, command.id)
    if row.fingerprint != command.fingerprint:
        raise Refused(
            "This command was sent before with another content.",
            "Open a new wizard for a new order.",
            code="commandReused",
        )
    return Created(row.answer, first=False)


def _fingerprint(body: Document) -> bytes:
    """The same for the same content, in whatever order its attributes are written."""
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).digest()


def _require_uuid(text: str) -> None:
    try:
        right = str(UUID(text)) == text.lower()
    except ValueError:
        right = False
    if not right:
        raise Invalid("A command's id is a UUID.", code="invalidId")
