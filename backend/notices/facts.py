"""What an order and its items say in a letter: fields by dotted name, rows of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from backend.notices.reader import Reader
from backend.rest.resource import Document
from letters import FieldValue, Price, Row

_COOLING_OFF = timedelta(days=14)  # Consumer Contracts Regulations 2013, regulation 30
_ARRIVING = frozenset({"add", "modify"})
_CHARACTERISTICS = {"telephoneNumber": "line.number", "iccid": "sim.iccid"}

Fields = dict[str, FieldValue]
Rows = dict[str, tuple[Row, ...]]


def fields_of(reader: Reader, order: Document | None, today: date) -> Fields:
    """All fields that follow from the customer and the order."""
    fields: Fields = {"customer.name": reader.name}
    if order is not None:
        fields |= _order_fields(order, reader, today)
    return fields


def rows_of(reader: Reader, order: Document | None) -> Rows:
    """All rows that follow from the order; tables it says nothing about are empty."""
    items = list(_items(order or {}))
    arriving = [item for item in items if item.get("action") in _ARRIVING]
    leaving = [item for item in items if item.get("action") == "delete" or _before(item)]
    return {
        "items": _rows(arriving, reader),
        "services": tuple(Row(row.text, None, row.quantity) for row in _rows(arriving, reader)),
        "before": _rows(map(_as_it_was, leaving), reader),
        "after": _rows(arriving, reader),
        "steps": (),
    }


def _order_fields(order: Document, reader: Reader, today: date) -> Fields:
    placed = _day(order.get("orderDate")) or today
    fields: Fields = {
        "order.number": order.get("orderNumber") or order["id"],
        "order.placed": placed,
        "service.started": today,
        "change.from": today,
    }
    if not reader.business:
        fields["order.cool_off_until"] = placed + _COOLING_OFF
    promised = _day(order.get("expectedCompletionDate"))
    if promised is not None:
        fields["order.promised"] = promised
    items = [item for item in _items(order) if item.get("action") in _ARRIVING]
    fields |= _more_or_less(order, reader)
    if items:
        fields |= _item_fields(items)
    return fields


def _more_or_less(order: Document, reader: Reader) -> Fields:
    """By how much a change raises or lowers what is paid each month; empty for a mere addition."""
    items = list(_items(order))
    before = [_as_it_was(item) for item in items if _before(item)]
    if not before:
        return {}
    arriving = [item for item in items if item.get("action") in _ARRIVING]
    paid = sum((_monthly(item, reader) for item in arriving), Decimal(0))
    change = paid - sum((_monthly(item, reader) for item in before), Decimal(0))
    if not change:
        return {}
    return {"price.more" if change > 0 else "price.less": abs(change)}


def _monthly(item: Document, reader: Reader) -> Decimal:
    price = _price(item, reader)
    return (price and price.monthly) or Decimal(0)


def _item_fields(items: list[Document]) -> Fields:
    """The first item that relies on no other gives the order its name: a line, not its SIM."""
    main = next((item for item in items if not _relies_on_another(item)), items[0])
    name = _name(main)
    fields: Fields = {"offer.name": name, "service.name": name, "line.plan": name}
    terms = [term for item in items for term in _months(item)]
    if terms:
        fields["contract.months"] = max(terms)
    for item in (main, *items):
        for one in (item.get("product") or {}).get("productCharacteristic") or []:
            if one["name"] in _CHARACTERISTICS:
                fields.setdefault(_CHARACTERISTICS[one["name"]], str(one["value"]))
    return fields


def _before(item: Document) -> list[Document]:
    """The prices of what an item ends or changes, as they were."""
    prices: list[Document] = (item.get("product") or {}).get("productPrice") or []
    return prices if item.get("action") in {"modify", "delete"} else []


def _as_it_was(item: Document) -> Document:
    """An item as a row of what there was: under its old name and price."""
    name = (item.get("product") or {}).get("name") or _name(item)
    return {"productOffering": {"name": name}, "itemPrice": _before(item)}


def _rows(items: Iterable[Document], reader: Reader) -> tuple[Row, ...]:
    """A row for each kind of item: an order has one item for every unit."""
    counted: dict[tuple[str, Price | None], int] = {}
    for item in items:
        kind = (_name(item), _price(item, reader))
        counted[kind] = counted.get(kind, 0) + int(item.get("quantity") or 1)
    return tuple(Row(name, price, count) for (name, price), count in counted.items())


def _relies_on_another(item: Document) -> bool:
    return bool(item.get("productOrderItemRelationship"))


def _items(order: Document) -> Iterator[Document]:
    yield from order.get("productOrderItem") or []


def _name(item: Document) -> str:
    offering, product = item.get("productOffering") or {}, item.get("product") or {}
    found = offering.get("name") or product.get("name") or offering.get("id")
    return str(found or "Your service")


def _price(item: Document, reader: Reader) -> Price | None:
    """The price of one: recurring and once, with VAT for people, without for businesses."""
    total: Price | None = None
    for one in item.get("itemPrice") or []:
        amount = _amount(one.get("price") or {}, reader)
        if amount is not None:
            monthly = str(one.get("priceType", "")).lower().startswith("recur")
            price = Price(monthly=amount) if monthly else Price(once=amount)
            total = price if total is None else total + price
    return total


def _amount(price: Mapping[str, Document], reader: Reader) -> Decimal | None:
    names = ["taxIncludedAmount", "dutyFreeAmount"]
    for name in reversed(names) if reader.business else names:
        value = (price.get(name) or {}).get("value")
        if value is not None:
            return Decimal(str(value))
    return None


def _months(item: Document) -> Iterator[int]:
    for term in item.get("itemTerm") or []:
        duration = term.get("duration") or {}
        if str(duration.get("units", "")).lower().startswith("month"):
            yield int(duration["amount"])


def _day(moment: str | None) -> date | None:
    return datetime.fromisoformat(moment).date() if moment else None
