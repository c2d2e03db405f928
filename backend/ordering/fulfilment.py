"""What becomes of products as the items of an order move."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.ordering import consequences, purposes
from backend.ordering.items import customer_of, relied_on
from backend.resource_inventory import rules as resources
from backend.rest import events
from backend.rest.resource import Context, Document

_GIVEN_UP = {"cancelled": "cancelled", "rejected": "cancelled", "failed": "aborted"}


def begin(context: Context, order: Document, item_ids: Collection[str] | None = None) -> None:
    """Make the products that an accepted order adds, and point changed ones at it.

    `item_ids`: only those that came later; None: all.
    """
    items = order["productOrderItem"]
    made = {item["id"]: item["product"] for item in items if item["action"] == "add"}
    for item in items:
        if item_ids is not None and item["id"] not in item_ids:
            continue
        if item["action"] == "add":
            _make(context, order, item, made)
        elif item["action"] != "noChange":
            _point(context, order, item)


def follow(context: Context, order: Document, items: Iterable[Document], state: str) -> None:
    """Bring the products of these items to where their items now are."""
    for item in items:
        if item["action"] == "add":
            _follow_addition(context, order, item, state)
        elif state == "completed":
            _carry_out(context, order, item)
        if state in _GIVEN_UP:
            consequences.give_up(context, order, item)


def _carry_out(context: Context, order: Document, item: Document) -> None:
    """What an item about an existing product was ordered for; a flow may have done it before."""
    match purposes.purpose_of(order, item):
        case purposes.DISCONTINUE:
            _end(context, item["product"]["id"])
        case purposes.SUSPEND:
            consequences.suspend(context, item)
        case purposes.RESUME:
            consequences.resume(context, item)
        case purposes.SIM_SWAP:
            consequences.bind_new_sim(context, order, item)
            consequences.retire_old_sims(context, item)
        case purposes.NUMBER_CHANGE:
            consequences.change_number(context, order, item)
            _change(context, item, anew=False)
        case purposes.OWNERSHIP:
            consequences.move_owner(context, order, item)
        case purposes.CHANGE | purposes.MOVE | purposes.RELOCATE:
            _change(context, item, anew="itemTerm" in item)


def _make(context: Context, order: Document, item: Document, made: dict[str, Document]) -> None:
    parties = [party for party in order["relatedParty"] if party["role"] == "customer"]
    document = {
        **{name: value for name, value in item["product"].items() if name not in {"id", "href"}},
        "status": "created",
        "orderDate": order["orderDate"],
        "productOffering": item["productOffering"],
        "productPrice": item["itemPrice"],
        "productTerm": item["itemTerm"],
        "relatedParty": parties,
        "productOrderItem": [_order_item(order, item)],
    }
    relations = [
        {
            "relationshipType": "reliesOn",
            "product": {"id": made[line]["id"], "href": made[line]["href"]},
        }
        for line in relied_on(item)
        if line in made
    ]
    if relations:
        document["productRelationship"] = relations
    billing = item.get("billingAccount") or order.get("billingAccount")
    if billing:
        document["billingAccount"] = billing
    inventory.create(context, document, identity=item["product"]["id"])


def _point(context: Context, order: Document, item: Document) -> None:
    """A product names every order that touched it."""
    identity = item["product"]["id"]
    touched = inventory.find(context, identity).get("productOrderItem", [])
    changes = {"productOrderItem": [*touched, _order_item(order, item)]}
    inventory.amend(context, identity, changes)


def _order_item(order: Document, item: Document) -> Document:
    return {
        "productOrderId": order["id"],
        "productOrderHref": order["href"],
        "orderItemId": item["id"],
        "orderItemAction": item["action"],
        "@type": "RelatedProductOrderItem",
        "@referredType": "ProductOrderItem",
    }


def _follow_addition(context: Context, order: Document, item: Document, state: str) -> None:
    identity = item["product"]["id"]
    if state == "inProgress":
        if inventory.find(context, identity)["status"] == "created":
            inventory.move(context, identity, "pendingActive")
    elif state == "completed":
        inventory.activate(context, identity)
        resources.assign_devices(context, identity, customer_of(order))
    elif state in _GIVEN_UP:
        inventory.move(context, identity, _GIVEN_UP[state])
        for number in numbers.of_product(context, identity):
            numbers.unassign(context, number.value)


def _change(context: Context, item: Document, *, anew: bool) -> None:
    """What was set; with `anew` also what the product is sold as from now on."""
    product = item["product"]
    changes: Document = {
        name: product[name] for name in ("productCharacteristic", "place") if name in product
    }
    if anew:
        changes |= {
            "name": item["productOffering"]["name"],
            "productOffering": item["productOffering"],
            "productPrice": item["itemPrice"],
            "productTerm": _terms(context, product["id"], item["itemTerm"]),
        }
    if changes:
        inventory.amend(context, product["id"], changes)


def _terms(context: Context, identity: str, terms: Iterable[Document]) -> list[Document]:
    """The minimum terms of what a product has become: they begin now.

    A change is no way out: where the term that ran lasts longer, it goes on to its end.
    """
    now = events.timestamp(context.now)
    running = [
        term
        for term in inventory.find(context, identity).get("productTerm", ())
        if (term.get("validFor") or {}).get("endDateTime", "") > now
    ]
    begun = [inventory.begun_term(term, context.now) for term in terms]
    return [max([*running, *begun], key=_end_of)] if running or begun else []


def _end_of(term: Document) -> str:
    return str((term.get("validFor") or {}).get("endDateTime", ""))


def _end(context: Context, identity: str) -> None:
    """What only this product used rests or ends with it."""
    inventory.terminate(context, identity)
    for number in numbers.of_product(context, identity):
        numbers.quarantine(context, number.value)
    for sim in resources.sims_of(context, identity):
        resources.retire_sim(context, sim.iccid)
