"""The orders a customer placed and the products that came of them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from backend.account import rules as account
from backend.catalog.definitions import Definitions, PriceList
from backend.customer import rules as customer
from backend.demo.bulk import Batch
from backend.demo.customers import Stored, morning
from backend.demo.numbering import Numbering
from backend.demo.people import Held, PastOrder
from backend.inventory import rules as inventory
from backend.numbers.seeding import FreeNumber
from backend.ordering import rules as ordering
from backend.ordering.items import NUMBER, RELIES_ON
from backend.ordering.prices import Tariff, terms
from backend.qualification.settings import form_of, settled
from backend.rest import events
from backend.rest.resource import Document

_ESIM = "M11"
_SIM = "sim"
# families whose products are at no address
_AT_NO_ADDRESS = frozenset({"Mobile", "Mobile prepaid", "Discount", "One-off"})
_PRODUCT_STATES = {"completed": "active", "cancelled": "cancelled"}
_TAKERS = ("Maren Tindlewick", "Cosmo Pellwether", "Anselm Pellwether")
_WORKING_DAY = 480  # minutes
_AT_ONCE = dt.timedelta(minutes=4)

Use = tuple[str, str, str]
"""A number or SIM, the product that uses it, and whose that is."""


@dataclass(frozen=True, slots=True)
class Written:
    """An order of the past, as it was written down and as it was told of."""

    order: Document
    past: PastOrder


@dataclass(frozen=True, slots=True)
class _Case:
    """One order that is being written. `products` and `lines` are those of earlier ones too."""

    stored: Stored
    tariff: Tariff
    past: PastOrder
    reference: Document
    placed: dt.datetime
    done: dt.datetime | None
    products: list[Document]
    lines: dict[str, Document]
    line_items: dict[str, str] = field(default_factory=dict)


class Histories:
    """Writes orders into a batch, as if they had been placed and carried out long ago."""

    def __init__(
        self,
        definitions: Definitions,
        batch: Batch,
        lot: random.Random,
        numbers: Mapping[str, FreeNumber],
        sims: Mapping[str, Iterator[str]],
    ) -> None:
        self._definitions = definitions
        self._batch = batch
        self._lot = lot
        self._numbers = numbers
        self._sims = sims
        self._sold: dict[tuple[str, str], Document] = {}
        self._preset: dict[str, Mapping[str, str]] = {}
        self.numbers_used: list[Use] = []
        self.sims_used: list[Use] = []

    def add(self, stored: Stored, price_list: PriceList, numbering: Numbering) -> list[Written]:
        """All orders of one customer, the oldest first."""
        products: list[Document] = []
        lines: dict[str, Document] = {}
        tariff = Tariff(self._definitions, price_list)
        written = []
        for past in stored.person.orders:
            reference = self._reference(past.number or numbering.order(past.placed))
            placed, done = self._at(past.placed), self._at(past.done) if past.done else None
            if done is not None and done <= placed:
                done = placed + _AT_ONCE
            case = _Case(stored, tariff, past, reference, placed, done, products, lines)
            written.append(Written(self._order(case), past))
        for product in products:
            moment = product.get("terminationDate") or product.get("startDate")
            last = dt.datetime.fromisoformat(moment or product["orderDate"])
            self._batch.add(inventory.PRODUCT, product, last)
        return written

    def _reference(self, number: str) -> Document:
        identity = self._id()
        href = ordering.PRODUCT_ORDER.href(identity)
        return {"id": identity, "href": href, "orderNumber": number}

    def _order(self, case: _Case) -> Document:
        past, price_list = case.past, case.tariff.price_list
        items = [self._item(case, str(n), held) for n, held in enumerate(past.items, 1)]
        prices = [price for item in items for price in item["itemPrice"]]
        order: Document = {
            **case.reference,
            "state": past.state,
            "orderDate": events.timestamp(case.placed),
            "channel": [{"id": "CALL", "name": "Call centre", "role": "sales"}],
            "priceList": {"id": price_list.id, "name": price_list.name},
            "billingAccount": account.reference(case.stored.account),
            "relatedParty": [customer.reference(case.stored.customer), self._taker()],
            "productOrderItem": items,
            "orderTotalPrice": case.tariff.total(prices),
        }
        if case.done is not None:
            ended = "cancellationDate" if past.state == "cancelled" else "completionDate"
            order[ended] = events.timestamp(case.done)
        if past.due is not None:
            order["expectedCompletionDate"] = events.timestamp(morning(past.due))
        if past.why and past.state == "cancelled":
            note = {"text": past.why, "author": "Jackfield", "date": order["orderDate"]}
            order["note"] = [{"id": "1", **note}]
        return self._batch.add(ordering.PRODUCT_ORDER, order, case.done or case.placed)

    def _item(self, case: _Case, number: str, held: Held) -> Document:
        sold = self._sale(case.tariff, held.offer)
        if held.instead_of is not None:
            return self._changed(case, number, held.instead_of, sold)
        product = self._product(case, held, sold)
        item = {
            "id": number,
            "action": "add",
            "quantity": 1,
            "state": case.past.state,
            "product": {
                name: product[name]
                for name in ("id", "href", "name", "@type", "productCharacteristic")
            },
            **sold,
            "itemPrice": product["productPrice"],
            "itemTotalPrice": case.tariff.total(product["productPrice"]),
        }
        for name in ("place", "realizingResource"):
            if name in product:
                item["product"][name] = product[name]
        if held.key:
            case.line_items[held.key] = number
        line = case.line_items.get(held.on)
        if line:
            relation = {"id": line, "relationshipType": RELIES_ON}
            item["productOrderItemRelationship"] = [relation]
        product["productOrderItem"] = [_order_item(case, number, "add")]
        return item

    def _product(self, case: _Case, held: Held, sold: Document) -> Document:
        """A new product in the state that its order gave it."""
        identity, offer = self._id(), self._definitions.offer(held.offer)
        status = _PRODUCT_STATES.get(case.past.state, "pendingActive")
        product: Document = {
            "id": identity,
            "href": inventory.PRODUCT.href(identity),
            "@type": "Product",
            "name": offer.name,
            "status": status if held.ended is None else "terminated",
            "orderDate": events.timestamp(case.placed),
            "productOffering": sold["productOffering"],
            "productPrice": sold["itemPrice"],
            "productTerm": sold["itemTerm"],
            "productCharacteristic": self._settings(held),
            "relatedParty": [customer.reference(case.stored.customer)],
            "billingAccount": account.reference(case.stored.account),
        }
        if case.done is not None and status == "active":
            product["startDate"] = events.timestamp(case.done)
            product["productTerm"] = [
                inventory.begun_term(term, case.done) for term in sold["itemTerm"]
            ]
        if held.ended is not None:
            product["terminationDate"] = events.timestamp(morning(held.ended))
        if case.stored.home and offer.family not in _AT_NO_ADDRESS:
            product["place"] = [_place(case.stored)]
        if status != "cancelled":
            self._equip(case, held, product)
        self._relate(case, held, product)
        case.products.append(product)
        return product

    def _equip(self, case: _Case, held: Held, product: Document) -> None:
        """Give it the number, or the SIM, that makes it work."""
        if held.number:
            number = self._numbers[held.number]
            self.numbers_used.append((number.value, product["id"], case.stored.customer["id"]))
            product["productCharacteristic"].insert(0, _characteristic(NUMBER, number.value))
            extra = case.tariff.of_number(number.display, number.grade)
            product["productPrice"] = [*product["productPrice"], *extra]
            reference = {"id": number.value, "name": "TelephoneNumber", "value": number.display}
            _realize(product, reference, "LogicalResource")

    def _put_in(self, case: _Case, held: Held, line: Document) -> None:
        """A SIM makes the line work that it is put into, as when a flow carries it out."""
        esim = held.offer == _ESIM
        iccid = next(self._sims["esim" if esim else "plastic"], None)
        if iccid is None:
            return
        self.sims_used.append((iccid, line["id"], case.stored.customer["id"]))
        kind = "LogicalResource" if esim else "PhysicalResource"
        _realize(line, {"id": iccid, "name": "SIM", "value": iccid}, kind)

    def _relate(self, case: _Case, held: Held, product: Document) -> None:
        if held.key:
            case.lines[held.key] = product
        line = case.lines.get(held.on)
        if line is not None:
            reference = {"id": line["id"], "href": line["href"]}
            product["productRelationship"] = [{"relationshipType": RELIES_ON, "product": reference}]

    def _changed(self, case: _Case, number: str, offer: str, sold: Document) -> Document:
        """An item that puts another offer in a product's place; the order is still open."""
        product = next(
            one
            for one in case.products
            if one["productOffering"]["id"] == offer and one["status"] == "active"
        )
        product["productOrderItem"].append(_order_item(case, number, "modify"))
        return {
            "id": number,
            "action": "modify",
            "quantity": 1,
            "state": case.past.state,
            "product": inventory.reference(product),
            **sold,
            "itemTotalPrice": case.tariff.total(sold["itemPrice"]),
        }

    def _sale(self, tariff: Tariff, code: str) -> Document:
        """Offering, price and term of one unit; made once for each price list."""
        key = (tariff.price_list.id, code)
        if key not in self._sold:
            offer = self._definitions.offer(code)
            self._sold[key] = {
                "productOffering": {
                    "id": code,
                    "name": offer.name,
                    "@referredType": "ProductOffering",
                },
                "itemPrice": tariff.of_offer(offer),
                "itemTerm": terms(offer),
            }
        return self._sold[key]

    def _settings(self, held: Held) -> list[Document]:
        """What a form of today says where nobody set anything, and who uses it."""
        if held.offer not in self._preset:
            form = form_of(self._definitions, held.offer, {}, {})
            self._preset[held.offer] = settled(form).values
        named = {"userName": held.user} if held.user else {}
        settings = {**self._preset[held.offer], **named, **held.settings}
        return [_characteristic(name, value) for name, value in settings.items()]

    def _taker(self) -> Document:
        name = self._lot.choice(_TAKERS)
        return {
            "id": name.lower().replace(" ", "-"),
            "name": name,
            "role": "orderTaker",
            "@type": "RelatedParty",
            "@referredType": "Individual",
        }

    def _at(self, day: dt.date) -> dt.datetime:
        return morning(day) + dt.timedelta(minutes=self._lot.randrange(_WORKING_DAY))

    def _id(self) -> str:
        return f"{self._lot.getrandbits(128):032x}"


def _place(stored: Stored) -> Document:
    home = stored.home
    if home is None:
        return {}
    return {
        "id": home.id,
        "name": home.label,
        "role": "installationAddress",
        "@type": "RelatedPlaceRefOrValue",
        "@referredType": "GeographicAddress",
    }


def _order_item(case: _Case, item: str, action: str) -> Document:
    return {
        "productOrderId": case.reference["id"],
        "productOrderHref": case.reference["href"],
        "orderItemId": item,
        "orderItemAction": action,
        "@type": "RelatedProductOrderItem",
        "@referredType": "ProductOrderItem",
    }


def _realize(product: Document, reference: Document, kind: str) -> None:
    others = product.get("realizingResource", [])
    product["realizingResource"] = [
        *others,
        {**reference, "@type": "ResourceRef", "@referredType": kind},
    ]


def _characteristic(name: str, value: str) -> Document:
    return {"name": name, "value": value, "valueType": "string"}
