"""An order that is under way is changed: what stands there now, and the change as TMF622 has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.accounts.reading import text_of
from app.language import tr, trn
from app.orders.items import bare, item_name
from app.orders.visits import Slot
from app.texts import day
from backend_client.catalog import ProductSpecification, SpecificationCharacteristic
from backend_client.ordering import FINAL_STATES, ProductOrder, ProductOrderItem

Body = dict[str, Any]
SettingKey = tuple[str, str]
"""The item's id, and the name of the characteristic."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of one item; without `values` it is free text."""

    key: SettingKey
    item: str
    label: str
    value: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What an order says now, as far as it can be changed. `slots` are free visits."""

    day: dt.date | None = None
    contact: str = ""
    settings: tuple[Setting, ...] = ()
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall become other; what is None or empty stays."""

    day: dt.date | None = None
    contact: str | None = None
    without: frozenset[str] = frozenset()
    settings: Mapping[SettingKey, str] = field(default_factory=dict)
    slot: Slot | None = None

    @property
    def is_nothing(self) -> bool:
        return self == Wanted()

    @property
    def is_of_order(self) -> bool:
        """Whether it is the order itself that changes, and not only the visit."""
        return self != Wanted(slot=self.slot)


def standing_of(
    order: ProductOrder,
    specifications: Mapping[str, ProductSpecification],
    slots: tuple[Slot, ...] = (),
) -> Standing:
    """What stands in the order; `specifications` are those of its offerings, by their codes."""
    moment = order.requested_completion_date or order.requested_start_date
    return Standing(
        day=moment.date() if moment else None,
        contact=order.notification_contact or "",
        settings=tuple(
            setting for item in order.product_order_item
            for setting in _settings(item, specifications)
        ),
        slots=slots,
    )  # fmt: skip


def offerings_of(order: ProductOrder) -> tuple[str, ...]:
    """The codes of what the order adds, each once: only what is new can be set otherwise."""
    codes = (
        item.product_offering.id
        for item in order.product_order_item
        if item.product_offering and item.action == "add"
    )
    return tuple(dict.fromkeys(codes))


def _settings(
    item: ProductOrderItem, specifications: Mapping[str, ProductSpecification]
) -> Iterator[Setting]:
    code = item.product_offering.id if item.product_offering else ""
    specification = specifications.get(code)
    if specification is None or item.product is None or item.action != "add":
        return
    if item.state in FINAL_STATES:
        return
    for each in specification.product_spec_characteristic:
        if each.configurable and each.name not in _NOT_HERE:
            value = text_of(item.product.product_characteristic, each.name)
            yield Setting(
                key=(item.id, each.name),
                item=bare(item_name(item)),
                label=each.description or each.name,
                value=value,
                values=_values(each),
            )


_NOT_HERE = frozenset({"telephoneNumber", "portedNumber", "pac"})  # numbers have ways of their own


def _values(each: SpecificationCharacteristic) -> tuple[str, ...]:
    if each.value_type == "boolean":
        return ("true", "false")
    if (each.max_cardinality or 1) > 1:
        return ()
    found = [value for value in each.product_spec_characteristic_value if value.value is not None]
    only_a_default = len(found) == 1 and found[0].is_default
    return () if only_a_default else tuple(str(value.value) for value in found)


def patch_of(order: Body, wanted: Wanted) -> Body:
    """The merge patch (RFC 7396) that makes `order`, its whole JSON, as it is wanted."""
    patch: Body = {}
    if wanted.day is not None:
        name = "requestedCompletionDate"
        if "requestedStartDate" in order and name not in order:
            name = "requestedStartDate"
        patch[name] = f"{wanted.day.isoformat()}T00:00:00Z"
    if wanted.contact is not None:
        patch["notificationContact"] = wanted.contact.strip()
    if wanted.without or wanted.settings:
        kept = [each for each in order["productOrderItem"] if each["id"] not in wanted.without]
        patch["productOrderItem"] = [_item(each, wanted.settings) for each in kept]
    return patch


def changed_words(wanted: Wanted, items: Mapping[str, str], now: dt.datetime) -> str:
    """What has been changed, in a sentence; `items` are the names of those taken out."""
    parts = []
    if wanted.slot is not None:
        parts.append(tr("the engineer comes {when}", when=wanted.slot.words(now)))
    if wanted.without:
        names = ", ".join(items.get(each, each) for each in sorted(wanted.without))
        parts.append(tr("without {names}", names=names))
    if wanted.settings:
        count = len(wanted.settings)
        parts.append(trn("{count} setting", "{count} settings", count))
    if wanted.day is not None:
        parts.append(tr("wanted for {day}", day=day(wanted.day, today=now.date())))
    if wanted.contact is not None:
        parts.append(tr("news go to {contact}", contact=wanted.contact.strip() or "–"))
    return ", ".join(parts)


def _item(item: Body, settings: Mapping[SettingKey, str]) -> Body:
    mine = {name: value for (of, name), value in settings.items() if of == item["id"]}
    if not mine:
        return item
    product = item.get("product") or {}
    others = [each for each in product.get("productCharacteristic", ()) if each["name"] not in mine]
    new = [{"name": name, "value": value, "valueType": "string"} for name, value in mine.items()]
    return {**item, "product": {**product, "productCharacteristic": [*others, *new]}}


_PARTS = 3  # of the name of a setting that is kept
_DAY, _CONTACT, _WITHOUT, _SETTING = "day", "contact", "without", "setting"


def kept_of(wanted: Wanted) -> dict[str, str]:
    """What is wanted, as it is kept until it is sent; a free time may be gone by then."""
    kept = {f"{_SETTING}/{item}/{name}": text for (item, name), text in wanted.settings.items()}
    if wanted.day is not None:
        kept[_DAY] = wanted.day.isoformat()
    if wanted.contact is not None:
        kept[_CONTACT] = wanted.contact
    if wanted.without:
        kept[_WITHOUT] = ",".join(sorted(wanted.without))
    return kept


def wanted_of(kept: Mapping[str, str]) -> Wanted:
    """The other way round."""
    settings = {
        (parts[1], parts[2]): text
        for key, text in kept.items()
        if len(parts := key.split("/", 2)) == _PARTS
    }
    return Wanted(
        day=dt.date.fromisoformat(kept[_DAY]) if _DAY in kept else None,
        contact=kept.get(_CONTACT),
        without=frozenset(kept[_WITHOUT].split(",")) if _WITHOUT in kept else frozenset(),
        settings=settings,
    )
