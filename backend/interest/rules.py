"""What is decided about interests: noted once, and confirmed by letter LT36."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from backend.access import audit
from backend.address import rules as address
from backend.catalog.rules import Versions
from backend.communication.carriers import Kind
from backend.communication.rules import Message
from backend.customer import rules as customer
from backend.interest import records
from backend.interest.schemas import Interest
from backend.notices.rules import Notices
from backend.party import rules as party
from backend.rest.errors import Field, Refused
from backend.rest.resource import Context, Document
from letters import email_of

RIGHT = "lead.create"
_LETTER = "LT36"


@dataclass(frozen=True, slots=True)
class Interests:
    """Notes interests; `versions` know the offers."""

    versions: Versions
    notices: Notices

    def note(self, context: Context, wanted: Interest) -> Document:
        """The interest as it is noted; asked again, the first one is given.

        Refused for an address or an offer nobody knows; NotFound for a customer the caller may
        not see. Without an e-mail address no letter leaves.
        """
        owner = customer.find(context, wanted.customer_id) if wanted.customer_id else None
        place = address.place(context.connection, wanted.address_id)
        if place is None:
            raise _refused("addressId", "There is no such address.")
        offer = self.versions.current(context.connection).catalogue.offers.get(wanted.offer)
        if offer is None:
            raise _refused("offer", f"There is no offer {wanted.offer}.")
        who = str(wanted.customer_id or wanted.email or wanted.telephone or wanted.name).casefold()
        identity = uuid4().hex
        is_new = records.note(
            context.connection,
            id=identity,
            customer_id=wanted.customer_id,
            address_id=wanted.address_id,
            offer=offer.code,
            who=who,
            name=wanted.name,
            email=wanted.email,
            telephone=wanted.telephone,
            created=context.now,
            created_by=context.caller.user_id,
        )
        if is_new:
            fields = {"offer.name": offer.name, "place.label": str(place["label"])}
            self._confirm(context, identity, wanted, owner, fields)
            entry = audit.Entry(
                action="interest.note",
                actor=context.caller.user_id,
                customer_id=wanted.customer_id,
                subject=identity,
                details={"offer": offer.code, "address": wanted.address_id},
            )
            audit.record(context.connection, entry)
        noted = records.find(context.connection, wanted.address_id, offer.code, who)
        return {
            "id": noted.id,
            "offer": offer.code,
            "name": noted.name,
            "messageId": noted.message_id,
        }

    def _confirm(
        self,
        context: Context,
        identity: str,
        wanted: Interest,
        owner: Document | None,
        fields: dict[str, str],
    ) -> None:
        """By e-mail, to the address given or the customer's own."""
        email = wanted.email or _email_of(owner)
        if email is None:
            return
        stationery = self.notices.stationery
        seller = party.reseller_of(owner) if owner else context.caller.reseller or party.DIRECT
        known = {"customer.name": wanted.name, **fields, **stationery.brand(seller).fields()}
        mail = email_of(stationery.template(_LETTER), known)
        message = Message(
            kind=Kind.EMAIL,
            to=wanted.name,
            address=email,
            subject=mail.subject,
            content=mail.body,
            customer_id=wanted.customer_id,
            facts={"letter": _LETTER, "interestId": identity},
            to_customer=owner is not None,
        )
        sent = self.notices.messages.queue(context, message)
        records.keep_message(context.connection, identity, sent["id"])


def _email_of(owner: Document | None) -> str | None:
    for medium in (owner or {}).get("contactMedium", ()):
        email = (medium.get("characteristic") or {}).get("emailAddress")
        if email:
            return str(email)
    return None


def _refused(path: str, sentence: str) -> Refused:
    return Refused(sentence, code="danglingReference", fields=(Field(path, sentence),))
