"""What a new order must be before it is accepted, and what it is completed with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend import identifiers
from backend.account import rules as account
from backend.address import rules as address
from backend.catalog.definitions import Definitions, PriceList
from backend.customer import rules as customer
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.ordering import items as arranging
from backend.ordering import purposes
from backend.ordering.items import offering_of, product_of
from backend.ordering.lines import Lines
from backend.ordering.prices import Tariff
from backend.pricing.lists import lawful
from backend.pricing.rules import Rates
from backend.product_rules import Violation
from backend.qualification import facts as qualified
from backend.qualification import rules as qualification
from backend.qualification.facts import Subject
from backend.qualification.verdicts import verdict
from backend.rest import events
from backend.rest.errors import Field, NotFound, Refused
from backend.rest.resource import Context, Document

Products = Mapping[str, Document]
"""The products an order is about, by id."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Completes new orders by the catalogue in force."""

    catalogue: qualification.Qualification

    def completed(
        self, context: Context, document: Document, reservations: Sequence[str] = ()
    ) -> Document:
        """The order as it is accepted: checked, numbered, priced, with its numbers assigned.

        Refused when it names what is not there or breaks a rule of the catalogue; Conflict when
        a number was taken meanwhile. `reservations` keep numbers for it.
        """
        definitions = self.catalogue.shelf(context).definitions
        owner = _customer(context, document)
        items = arranging.arranged(document["productOrderItem"])
        products = _products(context, owner, items)
        items = [_with_purpose(document, item, products) for item in items]
        _require_lines(context, owner, items)
        _require_offers(definitions, items)
        subject = qualified.of_customer(context, owner["id"], _place(context, items))
        _require_valid(context, definitions, subject, owner, items, products)
        price_list = _price_list(context, definitions, subject, document)
        waived = Rates.of(definitions, price_list, subject.facts).waived
        tariff = Tariff(definitions, price_list, waived)
        arranging.link_sims(definitions, items)
        grades = _grades(context, definitions, items)
        lines = Lines(context, tariff, owner["id"], subject.facts, reservations, grades)
        items = [lines.completed(index, item, products) for index, item in enumerate(items)]
        prices = [price for item in items for price in item.get("itemPrice", ())]
        return {
            **document,
            "productOrderItem": items,
            "orderTotalPrice": tariff.total(prices),
            "orderNumber": identifiers.next_number(context.connection, identifiers.Kind.ORDER),
            "orderDate": events.timestamp(context.now),
            "relatedParty": _parties(context, document, owner),
            "priceList": {"id": price_list.id, "name": price_list.name},
            "catalogueVersion": str(definitions.number),
            **_account(context, document, owner),
        }


def _with_purpose(order: Document, item: Document, products: Products) -> Document:
    """The item with what it is for; what a client wrote there does not count."""
    purpose = purposes.derived(order, item, products.get(product_of(item) or ""))
    rest = {name: value for name, value in item.items() if name != "purpose"}
    return {**rest, "purpose": purpose} if purpose else rest


def customer_of(order: Document) -> str:
    """The id of the customer whose order it is."""
    parties = order.get("relatedParty", ())
    return next(str(party["id"]) for party in parties if party.get("role") == "customer")


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
        raise _dangling("relatedParty", "There is no such customer.") from None
    if owner["status"] == "closed":
        raise Refused("This customer is closed.", "Create a new customer.", code="customerClosed")
    return owner


def _account(context: Context, document: Document, owner: Document) -> Document:
    """The billing account named, or the customer's only one."""
    named = (document.get("billingAccount") or {}).get("id")
    if named is None:
        known = [one for one in owner.get("account", ()) if one.get("id")]
        return {"billingAccount": known[0]} if len(known) == 1 else {}
    try:
        found = account.find(context, named)
    except NotFound:
        found = None
    if found is None or account.customer_of(found) != owner["id"]:
        raise _dangling("billingAccount", "The customer has no such billing account.")
    return {"billingAccount": account.reference(found)}


def _parties(context: Context, document: Document, owner: Document) -> list[Document]:
    taker = {
        "id": context.caller.user_id,
        "name": context.caller.name,
        "role": "orderTaker",
        "@type": "RelatedParty",
        "@referredType": "Individual",
    }
    others = [
        party
        for party in document["relatedParty"]
        if party.get("role") not in {"customer", "orderTaker"}
    ]
    return [customer.reference(owner), *others, taker]


def _products(context: Context, owner: Document, items: Iterable[Document]) -> Products:
    """The products that items change or end; each must be the customer's and not over."""
    found: dict[str, Document] = {}
    for index, item in enumerate(items):
        identity = None if item["action"] == "add" else product_of(item)
        if identity is None:
            continue
        try:
            product = inventory.find(context, identity)
        except NotFound:
            product = None
        path = f"productOrderItem.{index}.product"
        if product is None or inventory.customer_of(product) != owner["id"]:
            raise _dangling(path, "The customer has no such product.")
        if product["status"] not in inventory.HELD:
            raise _dangling(path, f"{product['name']} has ended already.")
        if identity in found:
            raise _dangling(path, f"{product['name']} is in the order twice.")
        _require_in_use(path, item, product)
        found[identity] = product
    return found


def _require_in_use(path: str, item: Document, product: Document) -> None:
    """Only what works, or is suspended, ends or becomes another offer."""
    settles = item["action"] == "modify" and offering_of(item) is None
    if item["action"] == "noChange" or settles or product["status"] in inventory.IN_USE:
        return
    raise Refused(
        f"{product['name']} is not in use yet, or ends already.",
        "Wait until its order is done, or cancel that order.",
        code="notInUse",
        fields=(Field(path, "Leave this out."),),
    )


def _require_lines(context: Context, owner: Document, items: Iterable[Document]) -> None:
    """What a new product belongs to, where that is no item of the order, is the customer's."""
    for index, item in enumerate(items):
        for relation in (item.get("product") or {}).get("productRelationship", ()):
            line = (relation.get("product") or {}).get("id")
            try:
                known = inventory.find(context, line) if line else None
            except NotFound:
                known = None
            if known is None or inventory.customer_of(known) != owner["id"]:
                path = f"productOrderItem.{index}.product.productRelationship"
                raise _dangling(path, "The customer has no such product.")


def _require_offers(definitions: Definitions, items: Iterable[Document]) -> None:
    unknown = tuple(
        arranging.field(index, "productOffering", f"There is no offer {code}.")
        for index, item in enumerate(items)
        if (code := offering_of(item)) is not None and code not in definitions.catalogue.offers
    )
    if unknown:
        raise Refused(unknown[0].message, code="danglingReference", fields=unknown)


def _place(context: Context, items: Iterable[Document]) -> str | None:
    """The address the order is for; every place named by id must be there."""
    first = None
    for index, item in enumerate(items):
        for place in (item.get("product") or {}).get("place", ()):
            identity = place.get("id")
            if identity is None or identity == first:
                continue
            if address.place(context.connection, identity) is None:
                path = f"productOrderItem.{index}.product.place"
                raise _dangling(path, "There is no such address.")
            first = first or identity
    return first


def _require_valid(
    context: Context,
    definitions: Definitions,
    subject: Subject,
    owner: Document,
    items: Sequence[Document],
    products: Products,
) -> None:
    """Refused with every rule the order breaks.

    What the customer has may be against today's rules already; that alone does not stop an
    order, but nothing may be added to it.
    """
    offers = definitions.catalogue.offers
    installed = inventory.installed(context, owner["id"])
    had = Counter({code: count for code, count in installed.items() if code in offers})
    will_have, added = Counter(had), set()
    for item in items:
        code, old = offering_of(item), products.get(product_of(item) or "")
        if item["action"] == "noChange" or (item["action"] == "modify" and code is None):
            continue
        if old is not None and old["productOffering"]["id"] in offers:
            will_have[old["productOffering"]["id"]] -= 1
        if code is not None and item["action"] != "delete":
            will_have[code] += 1
            added.add(code)
    broken = verdict(definitions, subject.facts, had, +will_have, added).errors
    if broken:
        raise _broken(broken, items)


def _broken(broken: Sequence[Violation], items: Sequence[Document]) -> Refused:
    fields = tuple(
        arranging.field(index, "productOffering", each.text)
        for each in broken
        for index, item in enumerate(items)
        if offering_of(item) in each.offers
    )
    rules = ", ".join(each.rule for each in broken if each.rule)
    return Refused(
        broken[0].text,
        f"The order breaks: {rules}." if rules else broken[0].text,
        code="ruleBroken",
        fields=fields,
    )


def _price_list(
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


def _dangling(path: str, reason: str) -> Refused:
    return Refused(reason, code="danglingReference", fields=(Field(path, reason),))
