"""The items of a new order, put in order: one of each, with ids that fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from backend.catalog.definitions import Definitions, Specification
from backend.numbers.rules import national
from backend.ordering.schemas import MOST_ITEMS
from backend.rest.errors import Field, Refused
from backend.rest.resource import Document

RELIES_ON = "reliesOn"
NUMBER = "telephoneNumber"
"""The characteristic that says which telephone number a line shall have."""
PORTED = "portedNumber"
"""The characteristic that says which number comes from another operator."""
_SIM, _MOBILE, _FIXED = "sim", "mobile", "fixed"
_OURS = frozenset({"itemPrice", "itemTerm", "itemTotalPrice", "purpose", "takenOut"})
_OURS_OF_IT = frozenset(
    {"productPrice", "productTerm", "realizingResource", "startDate", "terminationDate"}
)


def arranged(items: Iterable[Document]) -> list[Document]:
    """Every item once per unit, acknowledged; Refused when they do not fit together.

    Three SIMs in one item become three items, `4`, `4.2` and `4.3`: each unit is a product
    of its own, with its own number, place and end.
    """
    found = [unit for item in items for unit in _units(item)]
    if len(found) > MOST_ITEMS:
        raise Refused(f"An order has {MOST_ITEMS} units at most.", code="tooManyItems")
    wrong = tuple(_wrong(found))
    if wrong:
        raise Refused(
            "The items of the order do not fit together.",
            wrong[0].message,
            code="danglingReference",
            fields=wrong,
        )
    return found


def link_sims(definitions: Definitions, items: list[Document]) -> None:
    """A new SIM that names no line gets the next new mobile line that has none."""
    added = [item for item in items if item["action"] == "add"]
    lines = [item for item in added if _spec(definitions, item).number_type == _MOBILE]
    served = {line for item in added if _is_sim(definitions, item) for line in relied_on(item)}
    waiting = [line["id"] for line in lines if line["id"] not in served]
    for item in added:
        if waiting and _is_sim(definitions, item) and not relied_on(item):
            relations = item.setdefault("productOrderItemRelationship", [])
            relations.append({"id": waiting.pop(0), "relationshipType": RELIES_ON})


def link_port_ins(definitions: Definitions, items: list[Document]) -> None:
    """A port-in that names no line gets the next new line of its kind that has none."""
    added = [item for item in items if item["action"] == "add"]
    comers = [item for item in added if is_port_in(definitions, item)]
    served = {line for item in comers for line in relied_on(item)}
    for item in comers:
        if relied_on(item) or (item.get("product") or {}).get("productRelationship"):
            continue
        kind = kind_of_number(national(str(characteristic(item, PORTED) or "")))
        for line in added:
            if line["id"] not in served and _spec(definitions, line).number_type == kind:
                served.add(line["id"])
                relations = item.setdefault("productOrderItemRelationship", [])
                relations.append({"id": line["id"], "relationshipType": RELIES_ON})
                break


def is_port_in(definitions: Definitions, item: Document) -> bool:
    """Whether an item brings a number from another operator: its form asks which."""
    specification = definitions.by_offer.get(str(offering_of(item)))
    return specification is not None and PORTED in specification.form.group_of


def kind_of_number(value: str) -> str:
    """Whether national digits are those of a mobile or of a fixed line (Ofcom's plan)."""
    return _MOBILE if value.startswith("07") else _FIXED


def relied_on(item: Document) -> list[str]:
    """The ids of the items that this one relies on: a SIM on its line."""
    relations = item.get("productOrderItemRelationship", ())
    return [each["id"] for each in relations if each["relationshipType"] == RELIES_ON]


def customer_of(order: Document) -> str:
    """The id of the customer whose order it is."""
    parties = order.get("relatedParty", ())
    return next(str(party["id"]) for party in parties if party.get("role") == "customer")


def offering_of(item: Document) -> str | None:
    """The code of the offering an item names."""
    code: str | None = (item.get("productOffering") or {}).get("id")
    return code


def product_of(item: Document) -> str | None:
    """The id of the product an item is about."""
    identity: str | None = (item.get("product") or {}).get("id")
    return identity


def characteristic(item: Document, name: str) -> object:
    """What was set for an item; None when it was not."""
    return given_characteristics(item).get(name)


def given_characteristics(item: Document) -> dict[str, object]:
    """What is set for the product of an item, by name."""
    given = (item.get("product") or {}).get("productCharacteristic", ())
    return {each["name"]: each["value"] for each in given}


def field(index: int, path: str, message: str) -> Field:
    """What is wrong with one item."""
    return Field(f"productOrderItem.{index}.{path}", message)


def _asked(item: Document) -> Document:
    """An item as a client may write it: what things cost, and what makes them work, is ours."""
    asked = {name: value for name, value in item.items() if name not in _OURS}
    if item.get("product") is not None:
        own = {name: value for name, value in item["product"].items() if name not in _OURS_OF_IT}
        asked["product"] = own
    return asked


def _units(item: Document) -> Iterator[Document]:
    item = _asked(item)
    count = item.get("quantity", 1) if item["action"] == "add" else 1
    for unit in range(1, count + 1):
        identity = item["id"] if unit == 1 else f"{item['id']}.{unit}"
        yield {**item, "id": identity, "quantity": 1, "state": "acknowledged"}


def _wrong(items: list[Document]) -> Iterator[Field]:
    known = Counter(item["id"] for item in items)
    numbers = Counter(
        number for item in items if (number := characteristic(item, NUMBER)) is not None
    )
    for index, item in enumerate(items):
        if known[item["id"]] > 1:
            yield field(index, "id", f"The id {item['id']} is there twice.")
        for relation in item.get("productOrderItemRelationship", ()):
            if relation["id"] not in known or relation["id"] == item["id"]:
                yield field(
                    index,
                    "productOrderItemRelationship",
                    f"There is no other item {relation['id']} in this order.",
                )
        if item["action"] == "add" and offering_of(item) is None:
            yield field(index, "productOffering", "Say what is ordered.")
        if item["action"] != "add" and product_of(item) is None:
            yield field(index, "product", "Say which product is meant.")
        if numbers[characteristic(item, NUMBER)] > 1:
            yield field(index, "product", "Two items ask for the same number.")


def _spec(definitions: Definitions, item: Document) -> Specification:
    return definitions.by_offer[str(offering_of(item))]


def _is_sim(definitions: Definitions, item: Document) -> bool:
    return definitions.role(str(offering_of(item))) == _SIM
