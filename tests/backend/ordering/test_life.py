"""The life of orders against a model: whatever is ordered, moved and cancelled, all agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from backend.database import Database
from backend.inventory import rules as inventory
from backend.ordering import cancelling, rules
from backend.ordering.states import FINAL, ITEM_MOVES, ITEM_STATES, derive
from backend.resource_inventory.seeding import seed_sims
from backend.rest import documents
from backend.rest.errors import Conflict, Refused
from backend.rest.resource import Document
from tests.backend.ordering.conftest import Shop, add, make_shop, modify
from tests.support.database import DatabaseServer

LINE = (add("1", "M03"), add("2", "M11", line="1"))
GIVEN_UP = {"cancelled": "cancelled", "rejected": "cancelled", "failed": "aborted"}
CHECKED = ["birthDate", "pin"]
DEEDS: dict[str, dict[str, Any]] = {
    "suspend": {"own": {"status": "suspended"}},
    "stolen": {"own": {"status": "suspended"}, "suspension": {"reason": "stolen"}},
    "resume": {"own": {"status": "active"}},
    "simSwap": {"sim": {"kind": "esim", "checked": CHECKED}},
    "numberChange": {"own": {"productCharacteristic": [{"name": "telephoneNumber", "value": ""}]}},
    "change": {"own": {"productCharacteristic": [{"name": "spendCap", "value": "50"}]}},
    "end": {"action": "delete"},
}
NEEDS = {"suspend": "active", "stolen": "active", "resume": "suspended"}
PASSES = frozenset({"stolen", "resume"})
"""What is ordered also while another order about the product is open."""


@dataclass
class Item:
    """What the model knows of an item: its state, its product, and what is done to that."""

    state: str
    product: str
    deed: str


class Life(RuleBasedStateMachine):
    """Three lines at most, and everything that may be ordered about them."""

    shop: Shop

    @initialize()
    def begin(self) -> None:
        self.owner = self.shop.customer()
        self.orders: dict[str, dict[str, Item]] = {}
        self.products: dict[str, str] = {}
        self.lines: list[str] = []
        with self.shop.database.begin() as connection:
            self.numbers_before = assigned(connection)

    @precondition(lambda self: len(self.lines) < 3)
    @rule()
    def buy_a_line(self) -> None:
        self._order(lambda: self.shop.place(self.owner, *LINE), "add")

    @precondition(lambda self: self.lines)
    @rule(place=st.integers(0, 2), deed=st.sampled_from(sorted(DEEDS)))
    def order_about_a_line(self, place: int, deed: str) -> None:
        line = self.lines[place % len(self.lines)]
        item = modify({"id": line}, **DEEDS[deed])
        expected, refused = self._refusal(line, deed), None
        try:
            self._order(lambda: self.shop.place(self.owner, item), deed)
        except (Refused, Conflict) as refusal:
            refused = refusal.code
        assert refused in {expected, "ruleBroken"}, (deed, self.products[line], expected)

    @precondition(lambda self: self.orders)
    @rule(place=st.integers(0, 9), state=st.sampled_from(sorted(ITEM_STATES)), alone=st.booleans())
    def move(self, place: int, state: str, *, alone: bool) -> None:
        identity, items = list(self.orders.items())[place % len(self.orders)]
        ids = [next(iter(items))] if alone else [x for x in items if items[x].state not in FINAL]
        moving = [each for each in ids if items[each].state != state]
        lawful = all(state in ITEM_MOVES.get(items[each].state, ()) for each in moving)
        try:
            with self.shop.at() as context:
                order = rules.set_item_state(context, identity, ids, state)
        except Refused:
            assert not lawful
            return
        assert lawful
        for each in moving:
            self._moved(items[each], state)
        assert order["state"] == derive(item.state for item in items.values())

    @precondition(lambda self: self.orders)
    @rule(place=st.integers(0, 9))
    def cancel(self, place: int) -> None:
        identity, items = list(self.orders.items())[place % len(self.orders)]
        is_over = all(item.state in FINAL for item in items.values())
        wanted = {"productOrder": {"id": identity}}
        try:
            with self.shop.at() as context:
                documents.create(context, cancelling.CANCELLATION, wanted)
        except Refused:
            assert is_over
            return
        assert not is_over
        for item in items.values():
            if item.state not in FINAL:
                self._moved(item, "cancelled")

    @invariant()
    def every_order_is_where_its_items_are(self) -> None:
        for identity, items in getattr(self, "orders", {}).items():
            with self.shop.at() as context:
                order = rules.find(context, identity)
            assert {one["id"]: one["state"] for one in order["productOrderItem"]} == {
                name: item.state for name, item in items.items()
            }
            assert order["state"] == derive(item.state for item in items.values())

    @invariant()
    def every_product_is_what_was_done_to_it(self) -> None:
        for identity, status in getattr(self, "products", {}).items():
            with self.shop.at() as context:
                assert inventory.find(context, identity)["status"] == status

    @invariant()
    def every_number_is_in_exactly_one_place(self) -> None:
        if not hasattr(self, "orders"):
            return
        held = {line for line in self.lines if self.products[line] in inventory.HELD}
        waiting = Counter(
            item.deed
            for items in self.orders.values()
            for item in items.values()
            if item.state not in FINAL
        )
        with self.shop.database.read() as connection:
            assert assigned(connection) - self.numbers_before == Counter(held)
            reserved = sa.text(
                "SELECT count(*) FROM telephone_number WHERE state = 'reserved'"
                " AND reservation_id IN (SELECT id FROM number_reservation"
                " WHERE split_part(draft_id, ':', 1) = ANY (:orders))"
            )
            orders = {"orders": list(self.orders)}
            assert connection.scalar(reserved, orders) == waiting["numberChange"]
            sims = sa.text(
                "SELECT count(*) FROM sim WHERE state = 'reserved' AND order_id = ANY (:orders)"
            )
            assert connection.scalar(sims, orders) == waiting["simSwap"]

    def _refusal(self, line: str, deed: str) -> str | None:
        """Why an order about a line is refused; None where it is accepted."""
        is_open = any(
            item.product == line and item.state not in FINAL
            for items in self.orders.values()
            for item in items.values()
        )
        status = self.products[line]
        if status not in inventory.HELD:
            return "danglingReference"
        if is_open and deed not in PASSES:
            return "openOrder"
        if status not in inventory.IN_USE:
            return "notInUse"
        return "illegalState" if NEEDS.get(deed, status) != status else None

    def _order(self, place: Any, deed: str) -> None:
        try:
            order: Document = place()
        except Refused as refusal:
            # a line without its SIM, left behind by other moves, is against the rules
            if deed == "add" and refusal.code == "ruleBroken":
                return
            raise
        self.orders[order["id"]] = items = {}
        for item in order["productOrderItem"]:
            product = item["product"]["id"]
            items[item["id"]] = Item("acknowledged", product, deed)
            if deed == "add":
                self.products[product] = "created"
                if item["productOffering"]["id"] == "M03":
                    self.lines.append(product)

    def _moved(self, item: Item, state: str) -> None:
        item.state = state
        status = self.products[item.product]
        if item.deed == "add":
            if state == "inProgress" and status == "created":
                status = "pendingActive"
            elif state == "completed":
                status = "active"
            status = GIVEN_UP.get(state, status)
        elif state == "completed" and status in inventory.IN_USE:
            after = {"suspend": "suspended", "stolen": "suspended", "resume": "active"}
            status = {**after, "end": "terminated"}.get(item.deed, status)
        self.products[item.product] = status


def assigned(connection: sa.Connection) -> Counter[str]:
    """How many numbers each product has."""
    query = "SELECT product_id, count(*) FROM telephone_number WHERE state = 'assigned' GROUP BY 1"
    return Counter({row[0]: row[1] for row in connection.execute(sa.text(query))})


def live(server: DatabaseServer, template: str, examples: int, steps: int) -> None:
    database = Database(server.clone(template))
    with database.begin() as connection:
        seed_sims(connection, 600)
    Life.shop = make_shop(database)
    machine = Life.TestCase
    machine.settings = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        machine().runTest()
    finally:
        database.close()


def test_orders_products_and_numbers_agree_whatever_happens(
    database_server: DatabaseServer, operator_template: str
) -> None:
    live(database_server, operator_template, examples=8, steps=14)


@pytest.mark.long
def test_they_agree_for_long(database_server: DatabaseServer, operator_template: str) -> None:
    live(database_server, operator_template, examples=150, steps=30)
