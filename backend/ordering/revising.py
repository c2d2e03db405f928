"""The items of an open order as they shall be: what goes, what comes, what is set anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.inventory import rules as inventory
from backend.ordering import existing, fulfilment, purposes
from backend.ordering import items as arranging
from backend.ordering.items import (
    NUMBER,
    customer_of,
    field,
    given_characteristics,
    offering_of,
    relied_on,
)
from backend.ordering.lines import Lines, NewOrder
from backend.ordering.placing import price_list_of
from backend.ordering.prices import Tariff
from backend.ordering.rulings import require_lawful_change
from backend.ordering.states import FINAL
from backend.pricing.rules import Rates
from backend.qualification import facts as qualified
from backend.qualification.rules import Qualification
from backend.rest.errors import Refused
from backend.rest.resource import Context, Document

TAKEN_OUT = "takenOut"
"""On an item that goes as soon as what was done for it is taken back."""

_SAME = ("action", "quantity")


@dataclass(frozen=True, slots=True)
class Revision:
    """`kept` are all items that stay, in the order's order; `changed` those set anew."""

    kept: tuple[Document, ...]
    removed: tuple[Document, ...]
    changed: tuple[Document, ...]
    added: tuple[Document, ...]
    tariff: Tariff
    touched: frozenset[str]
    """The ids of items whose flows begin anew: of what goes and changes, and of what it joins."""


@dataclass(frozen=True, slots=True)
class Revising:
    """Compares lists of items and completes what is new, by the catalogue in force."""

    catalogue: Qualification

    def revised(self, context: Context, order: Document, wanted: Sequence[Document]) -> Revision:
        """What a whole list of items changes. Refused names the item that is wrong."""
        definitions = self.catalogue.shelf(context).definitions
        known = {item["id"]: item for item in order["productOrderItem"]}
        named = _by_id(wanted)
        removed = [
            item
            for identity, item in known.items()
            if identity not in named and item["state"] not in FINAL and not item.get(TAKEN_OUT)
        ]
        subject = qualified.of_customer(
            context, customer_of(order), existing.first_place(known.values(), {})
        )
        price_list = price_list_of(context, definitions, subject, order)
        waived = Rates.of(definitions, price_list, subject.facts).waived
        tariff = Tariff(definitions, price_list, waived)
        new = NewOrder(order["id"], customer_of(order), subject.facts)
        lines = Lines(context, tariff, new)
        changed = [
            lines.set_anew(index, known[item["id"]], item)
            for index, item in enumerate(wanted)
            if item["id"] in known and _is_set_anew(index, known[item["id"]], item)
        ]
        unknown = [(index, item) for index, item in enumerate(wanted) if item["id"] not in known]
        _require_leavable(known, removed)
        arranged = _new_items(known, removed, unknown)
        gone, come = ([offering_of(item) for item in items] for items in (removed, arranged))
        require_lawful_change(context, definitions, subject, customer_of(order), gone, come, wanted)
        added = [lines.completed(index, item, {}) for index, item in arranged_at(unknown, arranged)]
        anew = {item["id"]: item for item in changed}
        gone_ids = {item["id"] for item in removed}
        kept = [anew.get(i, item) for i, item in known.items() if i not in gone_ids]
        joined = {line for item in added for line in relied_on(item)}
        touched = gone_ids | anew.keys() | joined | {item["id"] for item in added}
        return Revision(
            tuple(kept), tuple(removed), tuple(changed), tuple(added), tariff, frozenset(touched)
        )

    def carried_out(
        self, context: Context, order: Document, revision: Revision, *, at_once: bool
    ) -> Document:
        """The order with its new items; what goes stays, marked, until it is taken back."""
        items = [*revision.kept, *revision.added]
        if at_once:
            give_up(context, order, revision.removed)
        else:
            going = {item["id"]: {**item, TAKEN_OUT: True} for item in revision.removed}
            items = [*items, *going.values()]
        for item in revision.changed:
            settings = item["product"]["productCharacteristic"]
            inventory.amend(context, item["product"]["id"], {"productCharacteristic": settings})
        after = {**order, "productOrderItem": items}
        fulfilment.begin(context, after, [item["id"] for item in revision.added])
        prices = [
            price
            for item in items
            if not item.get(TAKEN_OUT)
            for price in item.get("itemPrice", ())
        ]
        return {**after, "orderTotalPrice": revision.tariff.total(prices)}


def give_up(context: Context, order: Document, items: Sequence[Document]) -> None:
    """What was made for items that are taken out of an order ends with them."""
    fulfilment.follow(context, order, items, "cancelled")


def _by_id(wanted: Sequence[Document]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for index, item in enumerate(wanted):
        if item["id"] in found:
            sentence = f"The id {item['id']} is there twice."
            fields = (field(index, "id", sentence),)
            raise Refused(sentence, code="danglingReference", fields=fields)
        found[item["id"]] = item
    return found


def _is_set_anew(index: int, before: Document, wanted: Document) -> bool:
    """Whether settings differ; Refused where anything else does."""
    offer = offering_of(wanted)
    other = offer is not None and offer != offering_of(before)
    other = other or any(wanted.get(name, before.get(name)) != before.get(name) for name in _SAME)
    had, asked = given_characteristics(before), given_characteristics(wanted)
    sets_anew = bool(asked) and asked != had
    renumbered = NUMBER in asked and asked[NUMBER] != had.get(NUMBER)
    over = before["state"] in FINAL or before["action"] != "add" or before.get(TAKEN_OUT)
    if other or renumbered or (sets_anew and over):
        sentence = "Take this item out, and add another in its place."
        if before["action"] != "add":
            sentence = "This item can only be taken out."
        raise Refused(sentence, code="notAmendable", fields=(field(index, "product", sentence),))
    return sets_anew


def _new_items(
    known: Mapping[str, Document],
    removed: Sequence[Document],
    unknown: Sequence[tuple[int, Document]],
) -> list[Document]:
    """What is added, one of each; Refused where it does not fit to what stays."""
    for index, item in unknown:
        if item["action"] != "add":
            sentence = "Order this by another order."
            fields = (field(index, "action", sentence),)
            raise Refused(sentence, code="notAmendable", fields=fields)
    gone = {item["id"] for item in removed}
    stays = [item for i, item in known.items() if i not in gone]
    arranged = arranging.arranged([*stays, *(item for _, item in unknown)])
    new = [item for item in arranged if item["id"] not in known]
    return [{**item, "purpose": purposes.ADD} for item in new]


def arranged_at(
    unknown: Sequence[tuple[int, Document]], arranged: Sequence[Document]
) -> list[tuple[int, Document]]:
    """New items with the place where the client wrote them."""
    places = {item["id"]: index for index, item in unknown}
    return [(places.get(item["id"].partition(".")[0], 0), item) for item in arranged]


def _require_leavable(known: Mapping[str, Document], removed: Sequence[Document]) -> None:
    """Something must be left, and nothing may rely on what goes."""
    gone = {item["id"] for item in removed}
    left = [item for i, item in known.items() if i not in gone and item["state"] not in FINAL]
    if gone and not [item for item in left if not item.get(TAKEN_OUT)]:
        raise Refused(
            "Nothing would be left of the order.",
            "Cancel the order instead.",
            code="notAmendable",
        )
    for item in left:
        if lost := [line for line in relied_on(item) if line in gone]:
            name = (item.get("productOffering") or {}).get("name", item["id"])
            raise Refused(
                f"{name} relies on what is taken out ({lost[0]}).",
                "Take both out.",
                code="notAmendable",
            )
