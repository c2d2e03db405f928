"""What each item may ask for: rights, states, days, proofs of identity, numbers that come along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import phonenumbers

from backend.catalog.definitions import Definitions
from backend.numbers import rules as numbers
from backend.ordering import items as arranging
from backend.ordering import purposes
from backend.ordering.consequences import REASON, UNTIL
from backend.ordering.existing import Products, places_of
from backend.ordering.items import (
    PORTED,
    characteristic,
    given_characteristics,
    is_port_in,
    kind_of_number,
    offering_of,
    product_of,
    relied_on,
)
from backend.rest.errors import Field, Forbidden, Refused
from backend.rest.resource import Context, Document

LONGEST_REST = dt.timedelta(days=180)
_PROOFS = 2
_RIGHTS = {
    purposes.SUSPEND: "product.suspend",
    purposes.RESUME: "product.resume",
    purposes.DISCONTINUE: "product.cease",
    purposes.OWNERSHIP: "owner.change",
}
_STATUS_BEFORE = {purposes.SUSPEND: "active", purposes.RESUME: "suspended"}
_OFFER, _SETTINGS, _PLACE, _STATUS = "productOffering", "settings", "place", "status"
_MAY_SAY = {
    purposes.SUSPEND: {_STATUS},
    purposes.RESUME: {_STATUS},
    purposes.SIM_SWAP: set[str](),
    purposes.NUMBER_CHANGE: {_SETTINGS},
    purposes.OWNERSHIP: set[str](),
    purposes.RELOCATE: {_PLACE, _OFFER, _SETTINGS},
}
"""What an item of a purpose may say besides."""
_SERVERS = frozenset({REASON, UNTIL})
_PORTS = "port-in"
"""The pool of numbers that other operators gave us before."""
_MOBILE = "mobile"


def require_admissible(
    context: Context,
    definitions: Definitions,
    order: Document,
    items: Sequence[Document],
    products: Products,
) -> None:
    """Refused, or Forbidden, when an item asks for what it may not; the attribute is named."""
    _require_rights(context, items)
    for index, item in enumerate(items):
        product = products.get(product_of(item) or "")
        _require_no_server_settings(index, item, product)
        if product is not None and item["action"] == "modify":
            _require_one_purpose(index, item, product)
            _require_status(index, item, product)
        match item.get("purpose"):
            case purposes.SUSPEND:
                _require_rest(context.now.date(), index, item)
            case purposes.SIM_SWAP if product is not None:
                _require_swap(definitions, index, item, product)
            case purposes.NUMBER_CHANGE if product is not None:
                _require_line(definitions, index, product)
            case purposes.RELOCATE:
                _require_place(index, item)
            case purposes.ADD if is_port_in(definitions, item):
                _require_portable(context, definitions, index, item, items)
    _require_day(context.now.date(), order, items)


def _require_rights(context: Context, items: Iterable[Document]) -> None:
    for item in items:
        right = _RIGHTS.get(item.get("purpose", ""))
        if right is not None and right not in context.caller.rights:
            raise Forbidden(
                "You may not order this.", "Ask someone who has the right to.", code="forbidden"
            )


def _require_no_server_settings(index: int, item: Document, product: Document | None) -> None:
    for name, value in given_characteristics(item).items():
        if name in _SERVERS and value != given_characteristics({"product": product}).get(name):
            path = f"product.productCharacteristic.{name}"
            raise _refused(index, path, "Only the server sets this.", "characteristic")


def _require_one_purpose(index: int, item: Document, product: Document) -> None:
    purpose = item["purpose"]
    if purpose not in _MAY_SAY:
        return
    besides = sorted(_said(item, product) - _MAY_SAY[purpose])
    if besides:
        raise _refused(
            index, "action", "One item orders one thing; use an item for each.", "onePurpose"
        )


def _said(item: Document, product: Document) -> set[str]:
    """Which attributes of a product an item would change."""
    own, now = item["product"], given_characteristics({"product": product})
    found = set()
    if offering_of(item) not in {None, product["productOffering"]["id"]}:
        found.add(_OFFER)
    if any(now.get(name) != value for name, value in given_characteristics(item).items()):
        found.add(_SETTINGS)
    if places_of(own) and places_of(own) != places_of(product):
        found.add(_PLACE)
    if own.get("status", product["status"]) != product["status"]:
        found.add(_STATUS)
    return found


def _require_status(index: int, item: Document, product: Document) -> None:
    needed = _STATUS_BEFORE.get(item["purpose"])
    if needed is not None and product["status"] != needed:
        sentence = f"{product['name']} is {product['status']}; only what is {needed} can be this."
        raise _refused(index, "product.status", sentence, "illegalState")


def _require_rest(today: dt.date, index: int, item: Document) -> None:
    """A product rests from today until a day within half a year."""
    until = (item.get("suspension") or {}).get("until")
    if until is None:
        return
    day = dt.date.fromisoformat(until)
    if not today < day <= today + LONGEST_REST:
        sentence = f"Choose a day from tomorrow to {(today + LONGEST_REST).isoformat()}."
        raise _refused(index, "suspension.until", sentence, "illegalDay")


def _require_swap(definitions: Definitions, index: int, item: Document, product: Document) -> None:
    """A SIM is changed only for a line, and only for a caller who proved in two ways who he is."""
    if _kind_of(definitions, product) != _MOBILE:
        raise _refused(index, "product", "Only a mobile line has a SIM.", "noSim")
    if len(set(item["sim"].get("checked") or ())) < _PROOFS:
        sentence = "Check the caller in two different ways first."
        raise _refused(index, "sim.checked", sentence, "identityMissing")


def _require_line(definitions: Definitions, index: int, product: Document) -> None:
    if _kind_of(definitions, product) is None:
        sentence = f"{product['name']} has no telephone number."
        raise _refused(index, "product", sentence, "noNumber")


def _require_place(index: int, item: Document) -> None:
    if not places_of(item["product"]):
        sentence = "Choose the address it moves to."
        raise _refused(index, "product.place", sentence, "placeMissing")


def _require_portable(
    context: Context,
    definitions: Definitions,
    index: int,
    item: Document,
    items: Sequence[Document],
) -> None:
    """A number that comes along is a British one of its line's kind that nobody has here yet."""
    path = f"product.productCharacteristic.{PORTED}"
    value = numbers.national(str(characteristic(item, PORTED) or ""))
    if not value:
        raise _refused(index, path, "Type the number that comes along.", "numberMissing")
    if not _is_british(value):
        raise _refused(index, path, f"{value} is not a British number.", "invalidNumber")
    lines = {each["id"]: each for each in items}
    kinds = {_kind_of(definitions, lines[each]) for each in relied_on(item)}
    if not kinds and not (item.get("product") or {}).get("productRelationship"):
        sentence = "Say which line the number comes to."
        raise _refused(index, "productOrderItemRelationship", sentence, "lineMissing")
    if kinds and kind_of_number(value) not in kinds:
        sentence = f"{numbers.display(value)} does not fit the line it comes to."
        raise _refused(index, path, sentence, "numberType")
    known = numbers.find(context, [value])
    if known and (known[0].pool != _PORTS or known[0].state is not numbers.State.FREE):
        sentence = (
            f"{numbers.display(value)} is in another order already."
            if known[0].state is numbers.State.PORTING_IN
            else f"{numbers.display(value)} is ours already."
        )
        raise _refused(index, path, sentence, "numberNotPortable")


def _require_day(today: dt.date, order: Document, items: Iterable[Document]) -> None:
    """Nobody moved house yesterday."""
    start = order.get("requestedStartDate")
    moves = any(item.get("purpose") == purposes.RELOCATE for item in items)
    if moves and start is not None and dt.datetime.fromisoformat(start).date() < today:
        sentence = "Choose today or a day after it."
        field = Field("requestedStartDate", sentence)
        raise Refused("The day of the move is over.", sentence, code="illegalDay", fields=(field,))


def _is_british(value: str) -> bool:
    """Whether such a number can be dialled from everywhere in the United Kingdom."""
    try:
        found = phonenumbers.is_possible_number_with_reason(phonenumbers.parse(value, "GB"))
    except phonenumbers.NumberParseException:
        return False
    return found == phonenumbers.ValidationResult.IS_POSSIBLE


def _kind_of(definitions: Definitions, thing: Document) -> str | None:
    """`mobile` or `fixed` for a line that is ordered or had; None for what has no number."""
    specification = definitions.by_offer.get(str(offering_of(thing)))
    return None if specification is None else specification.number_type


def _refused(index: int, path: str, sentence: str, code: str) -> Refused:
    return Refused(sentence, code=code, fields=(arranging.field(index, path, sentence),))
