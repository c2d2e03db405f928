"""Actions of a number that comes from another operator, and of the one that waits for it."""

from __future__ import annotations

from datetime import date, timedelta

from backend.flows.work import Actions, Inside, Outside, Work
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.ordering import consequences
from backend.ordering.items import PORTED, characteristic, relied_on
from backend.rest.errors import Refused
from backend.rest.resource import Document

_ASKED = ("asked", "asked-again", "asked-last")
_DESKS = ("desk", "desk-again")
"""The steps that ask the donor, and the tasks of the porting desk between them."""

_KEPT, _GIVE_UP = "number-kept", "Give up"


def _keep(work: Work) -> Document:
    """The number is on its way to us: nobody else can bring it."""
    value = numbers.national(str(characteristic(_port(work), PORTED)))
    known = numbers.find(work.context, [value])
    if not known or known[0].state is not numbers.State.PORTING_IN:
        numbers.port_in(work.context, value)
    return {"number": value}


def _give_back(work: Work) -> Document:
    """It stays where it is; a number that has arrived stays here."""
    (known,) = numbers.find(work.context, [work.result(_KEPT)["number"]])
    if known.state is numbers.State.PORTING_IN:
        numbers.refuse_port_in(work.context, known.value)
    return {}


def _request(work: Work) -> Document:
    """What the donor is asked: what the porting desk found out counts more than the order."""
    port, found = _port(work), _found_out(work)
    return {
        "number": work.result(_KEPT)["number"],
        "kind": characteristic(port, "numberKind") or "mobile",
        "pac": found.get("pac") or characteristic(port, "pac"),
        "oldOperator": characteristic(port, "oldOperator"),
        "oldAccount": found.get("account") or characteristic(port, "oldAccount"),
        "day": _day(work, found.get("day") or characteristic(port, "portDay")),
        "customerId": work.customer_id,
    }


def _found_out(work: Work) -> Document:
    """What people filled in, the last of it first to count."""
    found: Document = {}
    for step in ("code-given", *_DESKS):
        told = work.result(step)
        found |= {name: told[name] for name in ("pac", "account", "day") if told.get(name)}
    return found


def _day(work: Work, wished: object) -> str:
    """The wished day, but not before tomorrow: the donor has a working day for its answer."""
    earliest = (work.context.now + timedelta(days=1)).date()
    try:
        day = max(earliest, date.fromisoformat(str(wished)[:10]))
    except ValueError:
        day = earliest
    return day.isoformat()


def _agree(work: Work) -> Document:
    """Whether the number moves, and on which day; Refused where the donor never agreed.

    It stays where it is when the porting desk gave up: the line then keeps its temporary number.
    """
    if any(work.result(desk).get("decision") == _GIVE_UP for desk in _DESKS):
        _give_back(work)
        return {"moves": False}
    answers = [answer for step in _ASKED if (answer := work.result(step))]
    for answer in answers:
        if answer.get("answer") == "yes":
            return {"moves": True, "port.day": answer["port.day"]}
    reason = answers[-1].get("port.reason", "no answer") if answers else "no answer"
    raise Refused(
        f"The donor refused again: {reason}.",
        "Pass over this step to leave the line its temporary number, or cancel the order.",
        code="portRefused",
    )


def _switch_request(work: Work) -> Document:
    return {"number": work.result(_KEPT)["number"], "customerId": work.customer_id}


def _at_home(work: Work) -> Document:
    """The number as the network of the line has to know it."""
    old = numbers.of_product(work.context, _line(work))
    return {
        "msisdn": old[0].value if old else None,
        "number": work.result(_KEPT)["number"],
        "productId": _line(work),
    }


def _take_over(work: Work) -> Document:
    """The number that came is the line's; the temporary one goes to quarantine."""
    number = work.result(_KEPT)["number"]
    old = [one.value for one in numbers.of_product(work.context, _line(work))]
    consequences.switch_number(work.context, _line(work), number)
    return {"number": number, "retired": [value for value in old if value != number]}


def _port(work: Work) -> Document:
    """The item that brings the number."""
    for item in work.items():
        if characteristic(item, PORTED):
            return item
    raise Refused("The order names no number that comes along.", code="noNumber")


def _line(work: Work) -> str:
    """The product that gets the number: of the same order, or one that the customer has."""
    port, items = _port(work), {item["id"]: item for item in work.order()["productOrderItem"]}
    for relied in relied_on(port):
        return str(items[relied]["product"]["id"])
    for product in inventory.relied_on(port["product"]):
        return product
    raise Refused("Nobody said which line gets the number.", code="noLine")


def _kept(_work: Work, answer: Document) -> Document:
    return answer


def _nothing(_work: Work, _answer: Document) -> Document:
    return {}


ACTIONS: Actions = {
    "port.keep-number": Inside(_keep),
    "port.give-back": Inside(_give_back),
    "port.agree": Inside(_agree),
    "port.take-over": Inside(_take_over),
    "porting.ask-donor": Outside("porting", "ask-donor", _request, _nothing),
    "porting.switch-route": Outside("porting", "switch-route", _switch_request, _kept),
    "porting.withdraw": Outside("porting", "withdraw", _switch_request, _nothing),
    "hlr.change-number": Outside("hlr", "change-number", _at_home, _nothing),
    "sip.change-number": Outside("sip", "change-number", _at_home, _nothing),
}
