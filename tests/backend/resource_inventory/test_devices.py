"""Boxes and routers by serial number: from stock to a customer, and back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from backend.database import Database
from backend.resource_inventory import rules
from backend.rest.errors import Conflict, Invalid, Refused
from backend.rest.resource import Context
from tests.backend.numbers.conftest import MAREN, NOW
from tests.backend.resource_inventory.conftest import KEEPER, By
from tests.support.rest import Api
from tests.support.tmf import assert_conforms

BASE = "/tmf-api/resourceInventoryManagement/v4"
BOX = "LB4K26000001"


def test_a_box_goes_from_stock_to_a_customer_and_back(by: By) -> None:
    with by() as context:
        kept = rules.reserve_devices(context, "order", {"tv-box": "S02", "channels": "T02"})
        assert list(kept) == ["tv-box"]
        box = kept["tv-box"]
        assert (box.model, box.state, box.order_id) == ("Lantern Box 4K", "reserved", "order")
        assert rules.reserve_devices(context, "order", {"tv-box": "S02"}) == kept
        (sent,) = rules.ship_devices(context, ["tv-box"], "edda")
        assert (sent.serial, sent.state, sent.used_by) == (box.serial, "shipped", "edda")
        assert rules.ship_devices(context, ["tv-box"], "edda") == [sent]
        rules.assign_devices(context, "tv-box", "edda")
        rules.hand_over_devices(context, "tv-box", "torvald")
        used = rules.find_device(context, box.serial)
        assert (used.state, used.used_by) == ("assigned", "torvald")
        back = rules.return_device(context, box.serial)
        assert (back.state, back.product_id, back.used_by) == ("returned", None, None)
        assert rules.restock_device(context, box.serial).state == "inStock"


def test_what_was_only_reserved_goes_back(by: By) -> None:
    with by() as context:
        kept = rules.reserve_devices(context, "order", {"a": "F07", "b": "F09"})
        assert rules.release_devices(context, ["a", "b"]) == sorted(
            each.serial for each in kept.values()
        )
        assert rules.release_devices(context, ["a", "b"]) == []
        again = rules.reserve_devices(context, "other", {"c": "F07"})
        assert again["c"].serial == kept["a"].serial


def test_an_order_gets_all_its_devices_or_none(by: By) -> None:
    with by() as context:
        context.connection.execute(sa.text("DELETE FROM device WHERE serial > 'LB4K26000001'"))
        rules.reserve_devices(context, "first", {"box": "S02"})
        free = sa.text("SELECT count(*) FROM device WHERE state = 'inStock'")
        before = context.connection.scalar(free)
        with pytest.raises(Conflict, match="out of stock"):
            rules.reserve_devices(context, "second", {"a-router": "F07", "the-box": "S02"})
        assert context.connection.scalar(free) == before


def test_a_defective_box_is_nobodys_any_more(by: By) -> None:
    with by() as context:
        kept = rules.reserve_devices(context, "order", {"box": "S01"})["box"]
        rules.ship_devices(context, ["box"], "edda")
        assert rules.return_device(context, kept.serial, defective=True).state == "defective"
        with pytest.raises(Refused, match="can not become inStock"):
            rules.restock_device(context, kept.serial)
        with pytest.raises(Refused, match="no such device"):
            rules.return_device(context, "NOTHERE")


def test_ten_orders_at_once_get_ten_boxes(stocked: Database) -> None:
    def order(number: int) -> str:
        with stocked.begin() as connection:
            context = Context(connection, MAREN, NOW, "test")
            return rules.reserve_devices(context, "o", {f"p{number}": "S03"})[f"p{number}"].serial

    with ThreadPoolExecutor(10) as crowd:
        serials = list(crowd.map(order, range(10)))
    assert len(set(serials)) == 10


def test_a_device_is_a_resource_of_the_standard(api: Api) -> None:
    box = api.get(f"{BASE}/physicalResource/{BOX}").json()
    assert_conforms(639, "PhysicalResource", box)
    assert (box["category"], box["name"]) == ("Device", "Lantern Box 4K")
    assert (box["serialNumber"], box["resourceStatus"]) == (BOX, "available")
    noted = {one["name"]: one["value"] for one in box["resourceCharacteristic"]}
    assert noted == {
        "deviceType": "set-top box",
        "offering": "S02",
        "MAC": "02:4b:02:00:00:01",
        "state": "inStock",
    }
    found = api.get(f"{BASE}/resource?category=Device&serialNumber={BOX}").json()
    assert [one["id"] for one in found] == [BOX]


def test_a_factory_delivers_devices_and_a_keeper_sorts_out_defective_ones(api: Api) -> None:
    new = {
        "@type": "PhysicalResource",
        "@baseType": "Resource",
        "category": "Device",
        "name": "Lantern Box HD",
        "serialNumber": "LBHD26900001",
        "resourceCharacteristic": [
            {"name": "offering", "value": "S01"},
            {"name": "deviceType", "value": "set-top box"},
            {"name": "MAC", "value": "02:4b:01:09:00:01"},
        ],
    }
    keeper = api.as_caller(KEEPER)
    made = keeper.post(f"{BASE}/resource", new)
    assert made.status_code == 201, made.text
    assert keeper.post(f"{BASE}/resource", new).status_code == 409
    gone = keeper.patch(made.json()["href"], {"resourceStatus": "suspended"})
    assert gone.json()["resourceStatus"] == "suspended"
    back = keeper.patch(made.json()["href"], {"resourceStatus": "available"})
    assert back.status_code == 422


def test_a_device_without_a_serial_number_does_not_get_into_stock(by: By) -> None:
    with by(KEEPER) as context, pytest.raises(Invalid) as refusal:
        rules.add_device(context, "x", "", "", "", "02-4B")
    wrong = [each.path for each in refusal.value.fields]
    assert wrong == ["serialNumber", "MAC", "offering", "model", "deviceType"]
