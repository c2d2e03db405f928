"""Completes the items of a new order: names, prices, terms, settings, telephone numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from backend.catalog.forms import Form
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.numbers.rules import TelephoneNumber
from backend.ordering import purposes
from backend.ordering.consequences import REQUEST
from backend.ordering.existing import known_place, places_of
from backend.ordering.items import NUMBER, characteristic, field, is_port_in, offering_of
from backend.ordering.keeping import Keeping
from backend.ordering.prices import Tariff, terms
from backend.qualification import holdings
from backend.qualification.facts import Facts
from backend.qualification.settings import amended, form_of, settled
from backend.rest.errors import Refused
from backend.rest.resource import Context, Document

_SETTINGS = "productCharacteristic"
_SWITCHED = frozenset({"active", "suspended"})


@dataclass(frozen=True, slots=True)
class NewOrder:
    """The order whose items are completed; `reservations` keep numbers for it."""

    id: str
    customer_id: str
    facts: Facts
    reservations: Sequence[str] = ()


class Lines:
    """The items of one new order; each new one gets a product id and what belongs to it."""

    def __init__(
        self, context: Context, tariff: Tariff, order: NewOrder, grades: Iterable[str] = ()
    ) -> None:
        self._context = context
        self._tariff = tariff
        self._order = order
        self._keeping = Keeping(context, order.customer_id, order.reservations)
        self._covered = tariff.rates.fees_covered(grades)

    def completed(self, index: int, item: Document, products: Mapping[str, Document]) -> Document:
        """The item as it is stored. `products` are those that items change or end."""
        if item["action"] == "add":
            return self._added(index, item)
        product = products[item["product"]["id"]]
        own = {**inventory.reference(product), **item["product"], "name": product["name"]}
        if item["action"] == "modify" and (changes := self._changes(index, item, product)):
            own["productCharacteristic"] = changes
        completed = {**item, "product": own}
        offering = {"productOffering": product["productOffering"]}
        match item.get("purpose"):
            case purposes.DISCONTINUE:
                own["productPrice"] = product.get("productPrice", [])
                return {**completed, **self._left(product)}
            case purposes.SUSPEND:
                own["status"] = "suspended"
                return {**completed, **offering, "suspension": _rest(item)}
            case purposes.SIM_SWAP:
                sim = self._keeping.sim(self._order.id, item["sim"])
                return {**completed, **offering, "sim": sim}
            case purposes.NUMBER_CHANGE:
                return {**completed, **offering, **self._renumbered(index, completed, product)}
            case purposes.RELOCATE:
                own["place"] = [known_place(self._context, each) for each in places_of(own)]
            case purposes.CHANGE if own.get("status", "active") not in _SWITCHED:
                raise Refused(
                    "A product can only be made active or suspended.",
                    "Use the action delete to end it.",
                    code="illegalState",
                    fields=(field(index, "product.status", "Choose active or suspended."),),
                )
        if item["action"] == "noChange" or offering_of(item) is None:
            return {**completed, **offering}
        own["productPrice"] = product.get("productPrice", [])  # what it was, for the letter
        return {**completed, **self._sold(item, [])}

    def set_anew(self, index: int, item: Document, wanted: Document) -> Document:
        """An item that is not carried out yet, with other settings; its number stays."""
        asked = {**item, "product": {**item["product"], **_settings_of(wanted)}}
        number = [each for each in _settings_of(item).get(_SETTINGS, ()) if each["name"] == NUMBER]
        settings = self._settings(index, asked, str(offering_of(item)))
        own = inventory.merged_by_name(settings, number)
        return {**item, "product": {**item["product"], _SETTINGS: own}}

    def _added(self, index: int, item: Document) -> Document:
        code = str(offering_of(item))
        specification = self._tariff.definitions.by_offer[code]
        identity = uuid4().hex
        product = {
            **item.get("product", {}),
            "id": identity,
            "href": inventory.PRODUCT.href(identity),
            "name": self._tariff.definitions.offer(code).name,
        }
        product.setdefault("@type", "Product")
        product["productCharacteristic"] = self._settings(index, item, code)
        extra: list[Document] = []
        if specification.number_type is not None:
            chosen = characteristic(item, NUMBER)
            number = self._keeping.number(specification.number_type, identity, chosen)
            product["productCharacteristic"] = inventory.merged_by_name(
                product["productCharacteristic"], [_characteristic(NUMBER, number.value)]
            )
            product["realizingResource"] = [_number_reference(number)]
            extra = self._tariff.of_number(number.display, number.grade.value)
        if is_port_in(self._tariff.definitions, item):
            self._keeping.ported(product)
        return {**item, "product": product, **self._sold(item, extra)}

    def _sold(self, item: Document, extra: list[Document]) -> Document:
        """Offering, price and term of an item under the order's price list."""
        offer = self._tariff.definitions.offer(str(offering_of(item)))
        covered = self._covered[offer.code] > 0
        self._covered[offer.code] -= covered
        prices = [*self._tariff.of_offer(offer, covered=covered), *extra]
        return {
            "productOffering": {
                "id": offer.code,
                "name": offer.name,
                "@referredType": "ProductOffering",
            },
            "itemPrice": prices,
            "itemTotalPrice": self._tariff.total(prices),
            "itemTerm": terms(offer),
        }

    def _settings(self, index: int, item: Document, code: str) -> list[Document]:
        """What was set, checked, and what applies where nothing was."""
        told = item.get("product", {}).get("productCharacteristic", [])
        given = {each["name"]: each for each in told if each["value"] != ""}
        decided = settled(self._form(code, {name: each["value"] for name, each in given.items()}))
        if decided.faults:
            raise _refused(index, decided.faults)
        for name, text in decided.values.items():
            given.setdefault(name, _characteristic(name, text))
        return list(given.values())

    def _changes(self, index: int, item: Document, product: Document) -> list[Document]:
        """What a change sets: what was asked, what follows from it, and "" for what falls away."""
        asked = {each["name"]: each for each in item["product"].get("productCharacteristic", [])}
        before = str(product["productOffering"]["id"])
        after = offering_of(item) or before
        definitions = self._tariff.definitions
        if after not in definitions.by_offer or not (asked or after != before):
            return list(asked.values())
        had = {each["name"]: each["value"] for each in product.get("productCharacteristic", [])}
        decided = amended(
            lambda given: self._form(after, given),
            had,
            {name: each["value"] for name, each in asked.items()},
        )
        if decided.faults:
            raise _refused(index, decided.faults)
        own = {each.name for each in definitions.by_offer[after].characteristics}
        if before in definitions.by_offer:
            own |= {each.name for each in definitions.by_offer[before].characteristics}
        for name, text in decided.values.items():
            if (asked[name]["value"] == "") if name in asked else had.get(name) != text:
                asked[name] = _characteristic(name, text)
        for name in sorted(own & set(had) - set(decided.values)):
            asked[name] = _characteristic(name, "")
        return list(asked.values())

    def _form(self, code: str, given: Mapping[str, object]) -> Form:
        today = self._context.now.date()
        return form_of(self._tariff.definitions, code, self._order.facts, given, today)

    def _left(self, product: Document) -> Document:
        """An end: what is left, and what leaving before its time costs."""
        left = {"productOffering": product["productOffering"]}
        rates = self._tariff.rates
        fee = holdings.read(product).exit_fee(rates, self._context.now.date())
        if not fee:
            return left
        prices = [self._tariff.once(f"{product['name']}, left before its time", fee)]
        return {**left, "itemPrice": prices, "itemTotalPrice": self._tariff.total(prices)}

    def _renumbered(self, index: int, item: Document, product: Document) -> Document:
        """A line gets another number: kept for the order, and paid by its grade."""
        wanted = characteristic(item, NUMBER)
        kind = self._tariff.definitions.by_offer[str(offering_of(product))].number_type
        if str(wanted) and numbers.national(str(wanted)) == characteristic(
            {"product": product}, NUMBER
        ):
            sentence = "The line has this number already."
            path = f"product.productCharacteristic.{NUMBER}"
            raise Refused(sentence, code="sameNumber", fields=(field(index, path, sentence),))
        draft = f"{self._order.id}:{item['id']}"
        number = self._keeping.another(str(kind), draft, wanted)
        changed = [
            each for each in item["product"]["productCharacteristic"] if each["name"] != NUMBER
        ]
        own = {
            **item["product"],
            "productCharacteristic": [*changed, _characteristic(NUMBER, number.value)],
            "realizingResource": [_number_reference(number)],
        }
        prices = self._tariff.of_number(number.display, number.grade.value)
        priced = {"itemPrice": prices, "itemTotalPrice": self._tariff.total(prices)}
        return {"product": own, **(priced if prices else {})}


def _settings_of(item: Document) -> Document:
    given = (item.get("product") or {}).get(_SETTINGS)
    return {} if given is None else {_SETTINGS: given}


def _rest(item: Document) -> Document:
    """Why a product rests, and until when, with what applies where nobody said it."""
    wanted = item.get("suspension") or {}
    return {"reason": wanted.get("reason") or REQUEST, "until": wanted.get("until")}


def _refused(index: int, faults: Mapping[str, str]) -> Refused:
    """A refusal that names each characteristic that does not fit."""
    fields = tuple(
        field(index, f"product.productCharacteristic.{name}", sentence)
        for name, sentence in faults.items()
    )
    return Refused(fields[0].message, code="characteristic", fields=fields)


def _characteristic(name: str, value: str) -> Document:
    return {"name": name, "value": value, "valueType": "string"}


def _number_reference(number: TelephoneNumber) -> Document:
    return {
        "id": number.value,
        "name": "TelephoneNumber",
        "value": number.display,
        "@type": "ResourceRef",
        "@referredType": "LogicalResource",
    }
