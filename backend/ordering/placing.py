"""What a new order must be before it is accepted, and what it is completed with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend import identifiers
from backend.account import rules as account
from backend.catalog.definitions import Definitions, PriceList
from backend.customer import rules as customer
from backend.numbers import rules as numbers
from backend.ordering import admission, existing, purposes
from backend.ordering import items as arranging
from backend.ordering.consequences import NEW_OWNER
from backend.ordering.existing import Products
from backend.ordering.followers import followers
from backend.ordering.items import offering_of, product_of
from backend.ordering.lines import Lines, NewOrder
from backend.ordering.prices import Tariff
from backend.ordering.rulings import require_lawful, require_lawful_for_new_owner
from backend.pricing.lists import lawful
from backend.pricing.rules import Rates
from backend.qualification import facts as qualified
from backend.qualification import rules as qualification
from backend.qualification.facts import Subject
from backend.rest import events
from backend.rest.errors import Field, NotFound, Refused
from backend.rest.resource import Context, Document


@dataclass(frozen=True, slots=True)
class Placing:
    """Completes new orders by the catalogue in force."""

    catalogue: qualification.Qualification

    def completed(
        self, context: Context, document: Document, reservations: Sequence[str] = ()
    ) -> Document:
        """The order as it is accepted: checked, numbered, priced, with its numbers assigned.

        Refused when it names what is not there or breaks a rule of the catalogue; Forbidden for
        what the caller may not order; Conflict when a number was taken meanwhile.
        `reservations` keep numbers for it.
        """
        definitions = self.catalogue.shelf(context).definitions
        owner = _customer(context, document)
        receiver = _receiver(context, document, owner)
        items, products, notes = _arranged(context, definitions, document, owner)
        admission.require_admissible(context, definitions, document, items, products)
        place = existing.first_place(items, products)
        subject = qualified.of_customer(context, owner["id"], place)
        require_lawful(context, definitions, subject, owner["id"], items, products)
        if receiver is not None:
            taker = qualified.of_customer(context, receiver["id"], place)
            require_lawful_for_new_owner(
                context, definitions, taker, receiver["id"], items, products
            )
        price_list = price_list_of(context, definitions, subject, document)
        waived = Rates.of(definitions, price_list, subject.facts).waived
        tariff = Tariff(definitions, price_list, waived)
        grades = _grades(context, definitions, items)
        new = NewOrder(document["id"], owner["id"], subject.facts, reservations)
        lines = Lines(context, tariff, new, grades)
        items = [lines.completed(index, item, products) for index, item in enumerate(items)]
        prices = [price for item in items for price in item.get("itemPrice", ())]
        if notes:
            document = {**document, "note": [*document.get("note", ()), *notes]}
        return {
            **document,
            "productOrderItem": items,
            "orderTotalPrice": tariff.total(prices),
            "orderNumber": identifiers.next_number(context.connection, identifiers.Kind.ORDER),
            "orderDate": events.timestamp(context.now),
            "relatedParty": _parties(context, document, owner, receiver),
            "priceList": {"id": price_list.id, "name": price_list.name},
            "catalogueVersion": str(definitions.number),
            **_account(context, document, receiver or owner, needed=receiver is not None),
        }


def _arranged(
    context: Context, definitions: Definitions, document: Document, owner: Document
) -> tuple[list[Document], Products, tuple[Document, ...]]:
    """The order's items with all that go with them, what they are about, and what to note.

    Every item knows its purpose then, and everything that it names is there.
    """
    items = arranging.arranged(document["productOrderItem"])
    products = existing.products_of(context, owner["id"], items)
    existing.require_references(context, definitions, owner["id"], items)
    items = [_with_purpose(document, item, products) for item in items]
    found = followers(context, definitions, owner["id"], items)
    if found.items:
        products = {
            **products,
            **existing.products_of(context, owner["id"], found.items),
        }
        items += found.items
    existing.require_no_open_order(context, document["id"], items, products)
    existing.require_in_use(items, products)
    arranging.link_sims(definitions, items)
    arranging.link_port_ins(definitions, items)
    return items, products, found.notes


def _with_purpose(order: Document, item: Document, products: Products) -> Document:
    """The item with what it is for."""
    purpose = purposes.derived(order, item, products.get(product_of(item) or ""))
    return {**item, "purpose": purpose} if purpose else item


def _customer(context: Context, document: Document) -> Document:
    parties = [
        party for party in document.get("relatedParty", ()) if party.get("role") == "customer"
    ]
    if len(parties) != 1:
        raise Refused(
            "An order belongs to one customer.",
            "Name the customer in relatedParty with the role customer.",
            code="customerMissing",
            fields=(Field("relatedParty", "One party with the role customer is needed."),),
        )
    try:
        owner = customer.find(context, parties[0]["id"])
    except NotFound:
        raise existing.dangling("relatedParty", "There is no such customer.") from None
    if owner["status"] == "closed":
        raise Refused("This customer is closed.", "Create a new customer.", code="customerClosed")
    return owner


def _receiver(context: Context, document: Document, owner: Document) -> Document | None:
    """Who gets the products of an order that changes their owner; None for all others."""
    if document.get("category") != purposes.CHANGE_OF_OWNERSHIP:
        return None
    parties = list(enumerate(document["relatedParty"]))
    named = [(index, one) for index, one in parties if one.get("role") == NEW_OWNER]
    if len(named) != 1:
        raise Refused(
            "The order gives products to one customer.",
            "Name the customer in relatedParty with the role newOwner.",
            code="newOwnerMissing",
            fields=(Field("relatedParty", "One party with the role newOwner is needed."),),
        )
    if any(item["action"] not in {"modify", "noChange"} for item in document["productOrderItem"]):
        raise Refused(
            "A change of owner only gives products away.",
            "Order the rest by itself.",
            code="onePurpose",
            fields=(Field("productOrderItem", "Leave out what is added or ended."),),
        )
    path = f"relatedParty.{named[0][0]}"
    try:
        receiver = customer.find(context, named[0][1]["id"])
    except NotFound:
        raise existing.dangling(path, "There is no such customer.") from None
    if receiver["id"] == owner["id"]:
        raise existing.dangling(path, "These products are the customer's already.")
    if receiver["status"] == "closed":
        raise Refused(
            "The new owner is closed.",
            "Create a new customer.",
            code="customerClosed",
            fields=(Field(path, "Choose another customer."),),
        )
    return receiver


def _account(
    context: Context, document: Document, payer: Document, *, needed: bool
) -> dict[str, Document]:
    """The billing account named, or the only one of who pays."""
    named = (document.get("billingAccount") or {}).get("id")
    if named is not None:
        found = existing.own_account(context, payer["id"], named, "billingAccount")
        return {"billingAccount": account.reference(found)}
    known = [one for one in payer.get("account", ()) if one.get("id")]
    if len(known) == 1:
        return {"billingAccount": known[0]}
    if needed:
        raise Refused(
            "It is not said on which account the new owner pays.",
            "Name one of his billing accounts, or create one.",
            code="accountMissing",
            fields=(Field("billingAccount", "Choose an account of the new owner."),),
        )
    return {}


def _parties(
    context: Context, document: Document, owner: Document, receiver: Document | None
) -> list[Document]:
    taker = {
        "id": context.caller.user_id,
        "name": context.caller.name,
        "role": "orderTaker",
        "@type": "RelatedParty",
        "@referredType": "Individual",
    }
    ours = {"customer", "orderTaker"} | ({NEW_OWNER} if receiver is not None else set())
    others = [party for party in document["relatedParty"] if party.get("role") not in ours]
    given = [] if receiver is None else [customer.reference(receiver, NEW_OWNER)]
    return [customer.reference(owner), *given, *others, taker]


def price_list_of(
    context: Context, definitions: Definitions, subject: Subject, document: Document
) -> PriceList:
    """The list the order names, if it is lawful for this customer; else the default one."""
    lists = lawful(
        definitions,
        subject.facts,
        reseller=subject.reseller,
        today=context.now.date(),
        customer_since=subject.since,
    )
    wanted = (document.get("priceList") or {}).get("id")
    if not lists:
        raise Refused("This reseller sells nothing to such customers.", code="noPriceList")
    chosen = lists[0] if wanted is None else next((x for x in lists if x.id == wanted), None)
    if chosen is None:
        raise Refused(
            f"The price list {wanted} is not for this customer.",
            f"Choose one of: {', '.join(each.id for each in lists)}.",
            code="priceListNotAllowed",
            fields=(Field("priceList", "Choose another price list."),),
        )
    return chosen


def _grades(context: Context, definitions: Definitions, items: Iterable[Document]) -> list[str]:
    """The grades of the numbers that were chosen for new lines."""
    chosen = [
        arranging.characteristic(item, arranging.NUMBER)
        for item in items
        if item["action"] == "add" and definitions.by_offer[str(offering_of(item))].number_type
    ]
    values = [str(each) for each in chosen if each is not None]
    return [each.grade.value for each in numbers.find(context, values)] if values else []
