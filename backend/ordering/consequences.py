"""What an order does to a product, its number and its SIM; done again it changes nothing."""

from __future__ import annotations

from backend.account import rules as account
from backend.customer import rules as customer
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.ordering.items import NUMBER, PORTED, characteristic, customer_of
from backend.resource_inventory import rules as resources
from backend.rest.errors import Refused
from backend.rest.resource import Context, Document

REASON, UNTIL = "suspendReason", "suspendedUntil"
"""Characteristics of a product that rests; only the server sets them."""
REQUEST = "request"
"""Why a product rests where nobody said why."""
NEW_OWNER = "newOwner"
"""The role of whom an order gives products to."""
_SIM, _RESERVED = "SIM", "reserved"


def suspend(context: Context, item: Document) -> None:
    """The product rests until `resume`, and says why and how long; not one that has ended."""
    wanted, identity = item.get("suspension") or {"reason": REQUEST}, item["product"]["id"]
    if not _is_in_use(context, identity):
        return
    noted = [_characteristic(REASON, wanted["reason"])]
    noted.append(_characteristic(UNTIL, wanted.get("until") or ""))
    inventory.amend(context, identity, {"productCharacteristic": noted})
    inventory.move(context, identity, "suspended")


def resume(context: Context, item: Document) -> None:
    """The product works again, unless it has ended."""
    identity = item["product"]["id"]
    if not _is_in_use(context, identity):
        return
    gone = [_characteristic(name, "") for name in (REASON, UNTIL)]
    inventory.amend(context, identity, {"productCharacteristic": gone})
    inventory.move(context, identity, "active")


def bind_new_sim(context: Context, order: Document, item: Document) -> str:
    """The SIM that was kept for a swap is the line's, beside the old one; its ICCID."""
    iccid, line = str(item["sim"]["iccid"]), item["product"]["id"]
    resources.assign_sim(context, iccid, line, customer_id=customer_of(order))
    _show_sim(context, line, iccid)
    return iccid


def unbind_new_sim(context: Context, order: Document, item: Document) -> None:
    """Take a swap back: the old SIM is the line's again, the new one is not used any more."""
    del order
    new, line = item["sim"]["iccid"], item["product"]["id"]
    if new in {sim.iccid for sim in resources.sims_of(context, line)}:
        resources.retire_sim(context, new)
    for sim in resources.sims_of(context, line):
        _show_sim(context, line, sim.iccid)


def retire_old_sims(context: Context, item: Document) -> list[str]:
    """End for good all SIMs of the line but the new one; which these were."""
    line = item["product"]["id"]
    old = [sim.iccid for sim in resources.sims_of(context, line)]
    old = [iccid for iccid in old if iccid != item["sim"]["iccid"]]
    for iccid in old:
        resources.retire_sim(context, iccid)
    return old


def change_number(context: Context, order: Document, item: Document) -> str:
    """The number that was kept for a change is the line's; the old one rests. Its digits."""
    known = numbers.own_reservations(context, kept_for(order, item))
    kept = [one.id for one in known if one.state == _RESERVED]
    value = str(characteristic(item, NUMBER))
    return switch_number(context, item["product"]["id"], value, next(iter(kept), None))


def switch_number(
    context: Context, product_id: str, value: str, reservation_id: str | None = None
) -> str:
    """Another number is the line's, a new or a ported one; the old one goes to quarantine.

    `reservation_id` keeps it, unless it was ported in. Raises NumberTaken. Its digits.
    """
    product = inventory.find(context, product_id)
    number = numbers.assign(
        context, value, product_id, reservation_id, customer_id=inventory.customer_of(product)
    )
    for old in numbers.of_product(context, product_id):
        if old.value != number.value:
            numbers.quarantine(context, old.value)
    shown = {"id": number.value, "name": "TelephoneNumber", "value": number.display}
    inventory.realize(context, product_id, {**shown, "@referredType": "LogicalResource"})
    changed = [_characteristic(NUMBER, number.value)]
    inventory.amend(context, product_id, {"productCharacteristic": changed})
    return number.value


def move_owner(context: Context, order: Document, item: Document) -> None:
    """The product, with its number and SIM, is the new owner's, who pays from now on."""
    identity = item["product"]["id"]
    owner = customer.find(context, new_owner_of(order))
    others = [
        party
        for party in inventory.find(context, identity)["relatedParty"]
        if party.get("role") != "customer"
    ]
    payer = account.find(context, order["billingAccount"]["id"])
    changes = {
        "relatedParty": [customer.reference(owner), *others],
        "billingAccount": account.reference(payer),
    }
    inventory.amend(context, identity, changes)
    numbers.hand_over(context, identity, owner["id"])
    resources.hand_over_sims(context, identity, owner["id"])
    resources.hand_over_devices(context, identity, owner["id"])


def change_place(context: Context, item: Document) -> None:
    """The product is used at another address."""
    inventory.amend(context, item["product"]["id"], {"place": item["product"]["place"]})


def give_up(context: Context, order: Document, item: Document) -> None:
    """What was kept for an item that will not be carried out is free for others again."""
    if (sim := item.get("sim")) is not None:
        unbind_new_sim(context, order, item)
        if resources.find_sim(context, sim["iccid"]).state == _RESERVED:
            resources.release_sim(context, sim["iccid"])
    if item["action"] == "add":
        resources.release_devices(context, [item["product"]["id"]])
    numbers.release_draft(context, kept_for(order, item))
    ported = characteristic(item, PORTED)
    for number in numbers.find(context, [str(ported)] if ported else []):
        if number.state is numbers.State.PORTING_IN:
            numbers.refuse_port_in(context, number.value)


def kept_for(order: Document, item: Document) -> str:
    """The name under which numbers are kept for an item of an order."""
    return f"{order['id']}:{item['id']}"


def new_owner_of(order: Document) -> str:
    """The id of the customer whom the order gives its products to; Refused when there is none."""
    for party in order.get("relatedParty", ()):
        if party.get("role") == NEW_OWNER:
            return str(party["id"])
    raise Refused("The order names no new owner.", code="newOwnerMissing")


def _is_in_use(context: Context, identity: str) -> bool:
    """Another order, one for which nobody waits, may have ended it meanwhile."""
    return inventory.find(context, identity)["status"] in inventory.IN_USE


def _show_sim(context: Context, line: str, iccid: str) -> None:
    inventory.realize(context, line, {"id": iccid, "name": _SIM, "value": iccid})


def _characteristic(name: str, value: str) -> Document:
    return {"name": name, "value": value, "valueType": "string"}
