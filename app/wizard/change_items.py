"""The items of an order that end or change what the customer has (TMF622 delete, modify)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.wizard.draft import INSTALLED, Draft

Body = dict[str, Any]


def change_items(draft: Draft) -> Iterator[Body]:
    """One item for each product that becomes something else, is set anew, or ends."""
    if draft.customer_id is None:
        return
    for product, offer in draft.moves.items():
        item = _item("modify", product, _characteristics(draft, product))
        item["productOffering"] = {"id": offer, "@referredType": "ProductOffering"}
        yield item
    for key in draft.settings:
        product = key.removeprefix(INSTALLED)
        is_changed = product in draft.moves or product in draft.ends
        if key.startswith(INSTALLED) and not is_changed:
            yield _item("modify", product, _characteristics(draft, product))
    for product in draft.ends:
        yield _item("delete", product, [])


def relies_on_installed(key: str | None) -> list[Body]:
    """The relation of a new product to a line the customer has; none to one of this order."""
    if key is None or not key.startswith(INSTALLED):
        return []
    product = {"id": key.removeprefix(INSTALLED)}
    return [{"relationshipType": "reliesOn", "product": product}]


def _item(action: str, product: str, characteristics: list[Body]) -> Body:
    about: Body = {"id": product, "@type": "Product"}
    if characteristics:
        about["productCharacteristic"] = characteristics
    return {"key": f"{INSTALLED}{product}", "action": action, "quantity": 1, "product": about}


def _characteristics(draft: Draft, product: str) -> list[Body]:
    values: Mapping[str, str] = draft.settings.get(f"{INSTALLED}{product}", {})
    return [{"name": name, "value": value, "valueType": "string"} for name, value in values.items()]
