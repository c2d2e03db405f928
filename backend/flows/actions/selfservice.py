"""Actions of a prepaid line that a customer starts alone: the SIM in his hand, who he is."""

from __future__ import annotations

from backend.customer import rules as customer
from backend.flows.work import Actions, Inside, Work
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.ordering.items import characteristic
from backend.resource_inventory import rules as resources
from backend.rest.errors import Refused
from backend.rest.resource import Document

_POOL = "prepaid"
TYPED = "simNumber"
"""The characteristic of a prepaid line with the number that is printed on the SIM."""


def _take_typed(work: Work) -> Document:
    """The SIM whose number was typed is the line's; Refused when it is not one of stock."""
    typed = "".join(str(characteristic(work.items()[0], TYPED) or "").split())
    if not typed:
        raise Refused("The SIM's number is missing.", "Type it from the SIM.", code="simMissing")
    sim = resources.keep_sim(work.context, typed, "plastic", work.order_id)
    product = work.product_id()
    resources.assign_sim(work.context, sim.iccid, product, customer_id=work.customer_id)
    inventory.realize(work.context, product, {"id": sim.iccid, "name": "SIM", "value": sim.iccid})
    return {"iccid": sim.iccid, "imsi": sim.imsi}


def _give_back(work: Work) -> Document:
    """It was opened and is of no use to anybody else."""
    resources.retire_sim(work.context, work.own["iccid"])
    return {}


def _give_number(work: Work) -> Document:
    """The next free number of those kept for prepaid lines; again it is the same."""
    product = work.product_id()
    known = numbers.of_product(work.context, product)
    if known:
        return {"number": known[0].value}
    free = numbers.next_free(work.context, "mobile", _POOL)
    given = numbers.assign(work.context, free.value, product, customer_id=work.customer_id)
    shown = {"id": given.value, "name": "TelephoneNumber", "value": given.display}
    inventory.realize(work.context, product, {**shown, "@referredType": "LogicalResource"})
    return {"number": given.value}


def _identify(work: Work) -> Document:
    """Name and a way to reach the customer: prepaid needs no more."""
    found = customer.find(work.context, work.customer_id)
    media = [one["characteristic"] for one in found.get("contactMedium", ())]
    if not any(one.get("emailAddress") or one.get("phoneNumber") for one in media):
        raise Refused(
            "There is no way to reach the customer.",
            "Ask for an e-mail address or a telephone number.",
            code="identityMissing",
        )
    return {"name": found["name"]}


ACTIONS: Actions = {
    "sim.take-typed": Inside(_take_typed),
    "sim.give-back": Inside(_give_back),
    "number.give-prepaid": Inside(_give_number),
    "customer.identify-lightly": Inside(_identify),
}
