"""Reads a TMF760 question: for whom, and what is to be added, changed and ended."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from backend.catalog.forms import Form
from backend.inventory import rules as inventory
from backend.pricing.rules import Rates
from backend.qualification.facts import Facts
from backend.qualification.legacy import still_sold
from backend.qualification.rules import Qualification, question_of
from backend.qualification.settings import changed, form_of
from backend.qualification.shelf import Shelf, known_picks
from backend.rest.errors import Field, Invalid, NotFound, Refused
from backend.rest.resource import Context, Document

Installed = Callable[[Context, str], Mapping[str, int]]
"""Gives what a customer has: offers and their quantities."""
_PERSON = frozenset({"partyType", "birthDate", "givenName", "familyName", "identityChecked"})
_PRICE_LIST = "priceList"


@dataclass(frozen=True, slots=True)
class Item:
    """One item: so many of an offer, or a product of the customer's; code None asks for all."""

    id: str
    code: str | None
    action: str
    quantity: int
    settings: Mapping[str, object]
    document: Document
    before: Mapping[str, object]
    """What was set for the product before; empty for what is new."""


@dataclass(frozen=True, slots=True)
class Case:
    """A whole question: `had` is installed, `picks` are added to it, `ended` goes."""

    shelf: Shelf
    facts: Facts
    rates: Rates
    items: tuple[Item, ...]
    had: Mapping[str, int]
    picks: Mapping[str, int]
    ended: Mapping[str, int]
    today: dt.date

    def form(self, item: Item) -> Form:
        """The form of one unit of an item, with what was set."""
        return changed(self._forms_of(str(item.code)), item.before, item.settings)

    def blank(self, code: str) -> Form:
        """The form of one unit of an offer, with nothing set."""
        return self._forms_of(code)({})

    def _forms_of(self, code: str) -> Callable[[Mapping[str, object]], Form]:
        return partial(form_of, self.shelf.definitions, code, self.facts, today=self.today)

    @property
    def kept(self) -> dict[str, int]:
        """What is installed and stays, of what is still in the catalogue."""
        offers = self.shelf.definitions.catalogue.offers
        left = {code: count - self.ended.get(code, 0) for code, count in self.had.items()}
        return {code: count for code, count in left.items() if code in offers and count > 0}

    @property
    def sold(self) -> dict[str, int]:
        """Of what stays, what today's rules still allow: the rest closes nothing else."""
        return still_sold(self.shelf.engine, self.facts, self.kept)


def customer_of(document: Document) -> str | None:
    """The id of the customer a question is about."""
    return _party(document, "customer")


def read_case(
    context: Context,
    document: Document,
    asked: Sequence[Document],
    qualification: Qualification,
    installed: Installed,
) -> Case:
    """Find everything the engine must know; Invalid or Refused where a reference leads nowhere."""
    customer_id = customer_of(document)
    question = question_of(_asked(document, customer_id))
    subject = qualification.subject(context, question)
    shelf = qualification.shelf(context)
    items = tuple(_item(context, each, customer_id) for each in asked)
    added = Counter[str]()
    ended = Counter[str]()
    for item in items:
        if item.code is not None and item.action == "add":
            added[item.code] += item.quantity
        elif item.code is not None and item.action == "delete":
            ended[item.code] += item.quantity
    return Case(
        shelf=shelf,
        facts=subject.facts,
        rates=qualification.rates(context, subject, question.price_list),
        items=items,
        had=installed(context, customer_id) if customer_id else {},
        picks=known_picks(shelf.definitions, added),
        ended=ended,
        today=context.now.date(),
    )


def _asked(document: Document, customer_id: str | None) -> Document:
    told = {each["name"]: each["value"] for each in document.get("contextCharacteristic") or ()}
    unknown = sorted(set(told) - _PERSON - {_PRICE_LIST})
    if unknown:
        raise _invalid("contextCharacteristic", f"{unknown[0]} is not known here.")
    return {
        "customerId": customer_id,
        "addressId": (document.get("contextEntity") or {}).get("id"),
        "reseller": _party(document, "reseller") or "R0",
        _PRICE_LIST: told.pop(_PRICE_LIST, None),
        "prospect": told or None,
    }


def _party(document: Document, role: str) -> str | None:
    for each in document.get("relatedParty") or ():
        if each["role"] == role and each.get("partyOrPartyRole"):
            return str(each["partyOrPartyRole"]["id"])
    return None


def _item(context: Context, item: Document, customer_id: str | None) -> Item:
    asked = item.get("productConfiguration") or {}
    product_id = (asked.get("product") or {}).get("id")
    code = (asked.get("productOffering") or {}).get("id")
    action = _action(asked, product_id)
    before: Mapping[str, object] = {}
    if product_id is not None:
        product = _product(context, product_id, customer_id)
        code = str(product["productOffering"]["id"])
        before = {each["name"]: each["value"] for each in product.get("productCharacteristic", ())}
    elif action != "add":
        raise _invalid(f"{item['id']}.product", "Say which product is meant.")
    selected = asked.get("isSelected", True) and code is not None
    return Item(
        id=item["id"],
        code=code,
        action=action if selected else "noChange",
        quantity=asked.get("quantity", 1),
        settings=_settings(asked),
        document=item,
        before=before,
    )


def _action(asked: Document, product_id: str | None) -> str:
    """What is to happen: the action that is selected, else the first that is named."""
    actions = asked.get("configurationAction") or ()
    named = [each for each in actions if each.get("isSelected", True)]
    return str(named[0]["action"]) if named else "noChange" if product_id else "add"


def _product(context: Context, product_id: str, customer_id: str | None) -> Document:
    try:
        product = inventory.find(context, product_id)
    except NotFound:
        product = None
    if product is None or inventory.customer_of(product) != customer_id:
        raise Refused("The customer has no such product.", code="danglingReference")
    return product


def _settings(asked: Document) -> dict[str, object]:
    """What was set, by name: the selected values of each characteristic, a list of several."""
    found = {}
    for characteristic in asked.get("configurationCharacteristic") or ():
        chosen = [
            each["characteristicValue"]["value"]
            for each in characteristic.get("configurationCharacteristicValue") or ()
            if each.get("isSelected", True) and each.get("characteristicValue")
        ]
        if chosen:
            found[characteristic["name"]] = chosen if len(chosen) > 1 else chosen[0]
    return found


def _invalid(path: str, sentence: str) -> Invalid:
    return Invalid(sentence, code="invalidBody", fields=(Field(path, sentence),))
