"""Orders on their way: items move, products follow, and nothing unlawful happens."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from backend.database import Database
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.ordering import rules
from backend.ordering.states import FINAL, ITEM_MOVES, ITEM_STATES, MOVES, derive
from backend.resource_inventory import rules as resources
from backend.resource_inventory.seeding import seed_sims
from backend.rest.errors import Invalid, Refused
from backend.rest.resource import Document
from tests.backend.ordering.conftest import Shop, add, make_shop
from tests.support.database import DatabaseServer

LINE = (add("1", "M03"), add("2", "M11", line="1"))


def product(shop: Shop, order: Document, index: int = 0) -> Document:
    with shop.at() as context:
        return inventory.find(context, order["productOrderItem"][index]["product"]["id"])


def number_of(shop: Shop, order: Document) -> numbers.TelephoneNumber:
    value = product(shop, order)["realizingResource"][0]["id"]
    with shop.at() as context:
        return numbers.find(context, [value])[0]


def events_of(shop: Shop, identity: str) -> list[tuple[str, str | None]]:
    """What was told of one resource: the kind of event and the state in it."""
    query = sa.text(
        "SELECT event_type, coalesce(document #>> '{event,productOrder,state}',"
        " document #>> '{event,product,status}')"
        " FROM event WHERE resource_id = :id ORDER BY sequence"
    )
    with shop.database.read() as connection:
        return [(row[0], row[1]) for row in connection.execute(query, {"id": identity})]


def test_a_completed_order_makes_its_products_active(shop: Shop) -> None:
    order = shop.place(shop.customer(), *LINE)
    shop.move(order, "inProgress")
    assert product(shop, order)["status"] == "pendingActive"
    done = shop.move(order, "completed")
    assert done["state"] == "completed"
    assert done["completionDate"] > done["orderDate"]
    line = product(shop, order)
    assert line["status"] == "active"
    term = line["productTerm"][0]["validFor"]
    assert int(term["endDateTime"][:4]) - int(term["startDateTime"][:4]) == 2
    assert term["endDateTime"][4:10] == term["startDateTime"][4:10]


def test_who_hears_that_an_order_is_completed_finds_its_products_active(shop: Shop) -> None:
    order = shop.place(shop.customer(), *LINE)
    shop.move(order, "inProgress")
    shop.move(order, "completed")
    query = sa.text(
        "SELECT event_type, coalesce(document #>> '{event,productOrder,state}',"
        " document #>> '{event,product,status}') FROM event ORDER BY sequence"
    )
    with shop.database.read() as connection:
        told = [(kind, state) for kind, state in connection.execute(query) if state is not None]
    last = told.index(("ProductOrderStateChangeEvent", "completed"))
    assert ("ProductStateChangeEvent", "active") in told[:last]
    assert not [one for one in told[last + 1 :] if one[0] == "ProductStateChangeEvent"]


def test_every_step_of_the_order_is_told_once(shop: Shop) -> None:
    order = shop.place(shop.customer(), *LINE)
    shop.move(order, "inProgress", "1")
    shop.move(order, "inProgress", "2")
    shop.move(order, "completed")
    states = [
        state for kind, state in events_of(shop, order["id"]) if kind.endswith("StateChangeEvent")
    ]
    assert states == ["inProgress", "completed"]


def test_moving_again_changes_nothing(shop: Shop) -> None:
    order = shop.place(shop.customer(), *LINE)
    first = shop.move(order, "inProgress", "1")
    told = events_of(shop, order["id"])
    assert shop.move(order, "inProgress", "1") == first
    assert events_of(shop, order["id"]) == told


def test_an_unlawful_move_is_refused_and_leaves_all_as_it_was(shop: Shop) -> None:
    order = shop.place(shop.customer(), *LINE)
    for state, item in (("completed", "1"), ("held", "2"), ("inProgress", "3")):
        with pytest.raises(Refused):
            shop.move(order, state, item)
    with pytest.raises(Invalid):
        shop.move(order, "delighted")
    with shop.at() as context:
        assert rules.find(context, order["id"])["state"] == "acknowledged"


def test_a_failed_line_gives_its_number_back(shop: Shop) -> None:
    order = shop.place(shop.customer(), *LINE)
    number = number_of(shop, order)
    shop.move(order, "inProgress")
    shop.move(order, "completed", "2")
    assert shop.move(order, "failed", "1")["state"] == "partial"
    assert product(shop, order)["status"] == "aborted"
    with shop.at() as context:
        assert numbers.find(context, [number.value])[0].state is numbers.State.FREE


def test_what_ends_rests_with_all_it_used(shop: Shop) -> None:
    edda = shop.customer()
    order = shop.fulfilled(edda, *LINE)
    number = number_of(shop, order)
    line, sim = (item["product"]["id"] for item in order["productOrderItem"])
    with shop.at() as context:
        seed_sims(context.connection, 10)
        card = resources.reserve_sim(context, "esim", order["id"])
        resources.assign_sim(context, card.iccid, sim, customer_id=edda)
    ended = shop.fulfilled(
        edda,
        {"id": "1", "action": "delete", "product": {"id": line}},
        {"id": "2", "action": "delete", "product": {"id": sim}},
    )
    assert ended["state"] == "completed"
    gone = product(shop, order)
    assert gone["status"] == "terminated"
    assert gone["terminationDate"]
    assert [one["orderItemAction"] for one in gone["productOrderItem"]] == ["add", "delete"]
    with shop.at() as context:
        assert numbers.find(context, [number.value])[0].state is numbers.State.QUARANTINE
        assert inventory.installed(context, edda) == {}
        assert resources.sims_of(context, sim) == []


def test_a_setting_is_changed_when_the_order_is_done(shop: Shop) -> None:
    edda = shop.customer()
    done = shop.fulfilled(edda, *LINE)
    line = done["productOrderItem"][0]["product"]["id"]
    setting = {"productCharacteristic": [{"name": "spendCap", "value": "50"}]}
    change = {"id": "1", "action": "modify", "product": {"id": line, **setting}}
    order = shop.place(edda, change)

    def cap() -> Any:
        found = product(shop, done)["productCharacteristic"]
        return next(each["value"] for each in found if each["name"] == "spendCap")

    assert cap() == "25"
    shop.move(order, "inProgress")
    shop.move(order, "completed")
    assert cap() == "50"


def test_a_plan_is_changed_for_another(shop: Shop) -> None:
    edda = shop.customer()
    done = shop.fulfilled(edda, *LINE)
    line = done["productOrderItem"][0]["product"]["id"]
    change = {
        "id": "1",
        "action": "modify",
        "productOffering": {"id": "M04"},
        "product": {"id": line},
    }
    shop.fulfilled(edda, change)
    changed = product(shop, done)
    assert changed["productOffering"]["id"] == "M04"
    assert changed["productPrice"][0]["price"]["taxIncludedAmount"]["value"] == 27.0
    with shop.at() as context:
        assert inventory.installed(context, edda) == {"M04": 1, "M11": 1}


def test_a_line_is_suspended_and_restored_by_orders(shop: Shop) -> None:
    edda = shop.customer()
    done = shop.fulfilled(edda, *LINE)
    line = done["productOrderItem"][0]["product"]["id"]
    for status in ("suspended", "active"):
        shop.fulfilled(
            edda, {"id": "1", "action": "modify", "product": {"id": line, "status": status}}
        )
        assert product(shop, done)["status"] == status
    with pytest.raises(Refused, match="only be made active or suspended"):
        shop.place(
            edda, {"id": "1", "action": "modify", "product": {"id": line, "status": "terminated"}}
        )


def test_a_day_can_be_promised(shop: Shop) -> None:
    order = shop.place(shop.customer(), *LINE)
    with shop.at() as context:
        promised = rules.promise(context, order["id"], context.now)
    assert promised["expectedCompletionDate"] == order["orderDate"]


class Moving(RuleBasedStateMachine):
    """Any moves of an order's items against a model of four lines."""

    shop: Shop

    @initialize()
    def order(self) -> None:
        self.placed = self.shop.place(self.shop.customer(), *LINE, add("3", "M13", line="1"))
        self.items = {item["id"]: "acknowledged" for item in self.placed["productOrderItem"]}

    @rule(ids=st.sets(st.sampled_from("123")), state=st.sampled_from(sorted(ITEM_STATES)))
    def move(self, ids: set[str], state: str) -> None:
        moving = [one for one in ids if self.items[one] != state]
        lawful = all(state in ITEM_MOVES.get(self.items[one], ()) for one in moving)
        try:
            with self.shop.at() as context:
                order = rules.set_item_state(context, self.placed["id"], ids, state)
        except Refused:
            assert not lawful
            return
        assert lawful
        self.items |= dict.fromkeys(moving, state)
        assert order["state"] == derive(self.items.values())

    @invariant()
    def the_stored_order_is_the_models(self) -> None:
        with self.shop.at() as context:
            order = rules.find(context, self.placed["id"])
            for item in order["productOrderItem"]:
                assert item["state"] == self.items[item["id"]]
                status = inventory.find(context, item["product"]["id"])["status"]
                assert (status == "active") == (item["state"] == "completed")
                assert (status in inventory.HELD) == (
                    item["state"] not in {"cancelled", "failed", "rejected"}
                )
        assert order["state"] == derive(self.items.values())
        assert ("completionDate" in order or "cancellationDate" in order) == (
            order["state"] in FINAL
        )

    @invariant()
    def every_event_is_a_step_of_the_drawing(self) -> None:
        states = [
            state
            for kind, state in events_of(self.shop, self.placed["id"])
            if kind == "ProductOrderStateChangeEvent"
        ]
        for before, after in zip(("acknowledged", *states), states, strict=False):
            assert after in MOVES[str(before)]


def test_any_moves_keep_the_drawing(
    database_server: DatabaseServer, operator_template: str
) -> None:
    database = Database(database_server.clone(operator_template))
    Moving.shop = make_shop(database)
    machine = Moving.TestCase
    machine.settings = settings(
        max_examples=40,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        machine().runTest()
    finally:
        database.close()
