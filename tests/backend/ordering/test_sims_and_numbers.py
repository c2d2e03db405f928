"""A line gets another SIM, another number, or brings its old one along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.ordering import consequences
from backend.resource_inventory import rules as resources
from backend.resource_inventory.seeding import seed_sims
from backend.rest.errors import Conflict, Forbidden, Refused
from backend.rest.resource import Document
from tests.backend.ordering.conftest import Shop, add, modify, settings_of
from tests.support.tmf import assert_conforms

LINE = (add("1", "M03"), add("2", "M11", line="1"))
CHECKED = ["birthDate", "postcode"]


@pytest.fixture
def edda(shop: Shop) -> str:
    return shop.customer()


@pytest.fixture
def line(shop: Shop, edda: str) -> Document:
    """A line with its SIM, as a flow leaves it."""
    order = shop.fulfilled(edda, *LINE)
    with shop.at() as context:
        seed_sims(context.connection, 12)
        card = resources.reserve_sim(context, "esim", order["id"])
        product = order["productOrderItem"][0]["product"]["id"]
        resources.assign_sim(context, card.iccid, product, customer_id=edda)
    return shop.product(order)


def swap(line: Document, **sim: Any) -> Document:
    return modify(line, sim={"kind": "plastic", "checked": CHECKED, **sim})


def renumber(line: Document, value: str) -> Document:
    return modify(
        line, own={"productCharacteristic": [{"name": "telephoneNumber", "value": value}]}
    )


def sims(shop: Shop, line: Document) -> list[str]:
    with shop.at() as context:
        return [sim.iccid for sim in resources.sims_of(context, line["id"])]


def sim_state(shop: Shop, iccid: str) -> str:
    with shop.at() as context:
        return resources.find_sim(context, iccid).state


def number(shop: Shop, value: str) -> numbers.TelephoneNumber:
    with shop.at() as context:
        return numbers.find(context, [value])[0]


def sold_as(order: Document) -> list[str]:
    """What an order's items are sold as, in their order."""
    return [item["productOffering"]["id"] for item in order["productOrderItem"]]


def value_of(line: Document) -> str:
    return str(settings_of(line)["telephoneNumber"])


def test_a_swap_binds_the_next_sim_and_ends_the_old_one(
    shop: Shop, edda: str, line: Document
) -> None:
    (old,) = sims(shop, line)
    order = shop.place(edda, swap(line))
    assert_conforms(622, "ProductOrder", order)
    assert sold_as(order) == ["M03", "M10"]  # it was sold with an eSIM profile
    chosen = order["productOrderItem"][0]["sim"]
    assert chosen["handedOver"] is False
    assert sim_state(shop, chosen["iccid"]) == "reserved"
    assert sims(shop, line) == [old]
    shop.move(order, "inProgress")
    shop.move(order, "completed")
    assert sims(shop, line) == [chosen["iccid"]]
    assert sim_state(shop, old) == "retired"
    shown = {one["name"]: one["id"] for one in shop.product(order)["realizingResource"]}
    assert shown["SIM"] == chosen["iccid"]
    with shop.at() as context:
        assert inventory.installed(context, edda) == {"M03": 1, "M10": 1}


def test_a_sim_of_the_same_kind_is_sold_as_before(shop: Shop, edda: str, line: Document) -> None:
    assert sold_as(shop.place(edda, swap(line, kind="esim"))) == ["M03"]


def test_a_sim_that_was_handed_over_is_the_one(shop: Shop, edda: str, line: Document) -> None:
    with shop.at() as context:
        card = resources.reserve_sim(context, "plastic", "shop")
        resources.release_sim(context, card.iccid)
    order = shop.place(edda, swap(line, iccid=card.iccid))
    assert order["productOrderItem"][0]["sim"]["handedOver"] is True
    torvald = shop.customer()
    other = shop.product(shop.fulfilled(torvald, *LINE))
    with pytest.raises(Conflict, match="in use or was retired"):
        shop.place(torvald, swap(other, iccid=card.iccid))
    with pytest.raises(Refused, match="another kind"):
        shop.place(torvald, swap(other, iccid=card.iccid, kind="esim"))


def test_a_swap_that_is_cancelled_gives_its_sim_back(shop: Shop, edda: str, line: Document) -> None:
    before = sims(shop, line)
    order = shop.place(edda, swap(line))
    shop.move(order, "pending")
    shop.move(order, "cancelled")
    assert sim_state(shop, order["productOrderItem"][0]["sim"]["iccid"]) == "inStock"
    assert sims(shop, line) == before


def test_a_swap_is_undone_by_its_flow(shop: Shop, edda: str, line: Document) -> None:
    (old,) = sims(shop, line)
    order = shop.place(edda, swap(line))
    item = order["productOrderItem"][0]
    with shop.at() as context:
        new = consequences.bind_new_sim(context, order, item)
        assert consequences.bind_new_sim(context, order, item) == new
    assert set(sims(shop, line)) == {old, new}
    with shop.at() as context:
        consequences.unbind_new_sim(context, order, item)
    assert sims(shop, line) == [old]
    shown = {one["name"]: one["id"] for one in shop.product(order)["realizingResource"]}
    assert shown["SIM"] == old


@pytest.mark.parametrize("checked", [[], ["pin"], ["pin", "pin"]])
def test_nobody_gets_a_sim_who_did_not_prove_who_he_is(
    shop: Shop, edda: str, line: Document, checked: list[str]
) -> None:
    with pytest.raises(Refused) as refusal:
        shop.place(edda, swap(line, checked=checked))
    assert refusal.value.code == "identityMissing"
    assert refusal.value.fields[0].path == "productOrderItem.0.sim.checked"


def test_a_number_is_changed_for_the_next_free_one(shop: Shop, edda: str, line: Document) -> None:
    old = value_of(line)
    order = shop.place(edda, renumber(line, ""))
    (item,) = order["productOrderItem"]
    assert item["purpose"] == "numberChange"
    assert_conforms(622, "ProductOrder", order)
    new = settings_of(item["product"])["telephoneNumber"]
    assert number(shop, new).state is numbers.State.RESERVED
    assert number(shop, old).state is numbers.State.ASSIGNED
    shop.move(order, "inProgress")
    shop.move(order, "completed")
    changed = shop.product(order)
    assert value_of(changed) == new
    assert changed["productPrice"] == line["productPrice"]
    assert number(shop, new).product_id == line["id"]
    resting = number(shop, old)
    assert resting.state is numbers.State.QUARANTINE
    assert resting.until is not None
    with shop.at() as context:
        assert resting.until - context.now > timedelta(days=89)


def test_a_memorable_number_is_paid_once_and_taken_from_the_own_hold(
    shop: Shop, edda: str, line: Document
) -> None:
    with shop.at() as context:
        held = numbers.hold(context, "draft", ["07700900477"])
    order = shop.fulfilled(edda, renumber(line, "07700 900477"))
    once = next(each for each in order["orderTotalPrice"] if each["priceType"] == "oneTime")
    assert once["price"]["taxIncludedAmount"]["value"] == 40.0
    assert value_of(shop.product(order)) == "07700900477"
    with shop.at() as context:
        assert numbers.find_reservation(context, held.id).state == "completed"


def test_a_cancelled_change_leaves_the_old_number(shop: Shop, edda: str, line: Document) -> None:
    order = shop.place(edda, renumber(line, ""))
    new = settings_of(order["productOrderItem"][0]["product"])["telephoneNumber"]
    shop.move(order, "pending")
    shop.move(order, "cancelled")
    assert number(shop, new).state is numbers.State.FREE
    assert value_of(shop.product(order)) == value_of(line)


def test_not_every_number_can_be_had(shop: Shop, edda: str, line: Document) -> None:
    with pytest.raises(Refused, match="no mobile number"):
        shop.place(edda, renumber(line, "02079460017"))
    with pytest.raises(Forbidden):
        shop.place(edda, renumber(line, "07700900777"))  # platinum
    with pytest.raises(Refused, match="has this number already"):
        shop.place(edda, renumber(line, value_of(line)))
    other = shop.product(shop.fulfilled(shop.customer(), *LINE))
    with pytest.raises(numbers.NumberTaken):
        shop.place(edda, renumber(line, value_of(other)))


def ported(value: str, *, line: str | None = "1", kind: str = "mobile", **more: Any) -> Document:
    return add("3", "X06", line=line, portedNumber=value, numberKind=kind, **more)


def test_a_number_that_comes_along_is_on_its_way_until_it_arrives(shop: Shop, edda: str) -> None:
    order = shop.place(edda, *LINE, ported("+44 7911 123456", pac="ABC123456"))
    product, comes = order["productOrderItem"][0]["product"], "07911123456"
    assert settings_of(order["productOrderItem"][2]["product"])["portedNumber"] == comes
    assert number(shop, comes).state is numbers.State.PORTING_IN
    with shop.at() as context:
        consequences.switch_number(context, product["id"], comes)
    assert number(shop, comes).product_id == product["id"]
    assert value_of(shop.product(order)) == comes
    assert number(shop, value_of(product)).state is numbers.State.QUARANTINE


def test_a_port_in_finds_its_line_and_brings_a_number_once(shop: Shop, edda: str) -> None:
    order = shop.place(edda, *LINE, ported("07911 123456", line=None))
    (relation,) = order["productOrderItem"][2]["productOrderItemRelationship"]
    assert relation["id"] == "1"
    with pytest.raises(Refused, match="in another order") as refusal:
        shop.place(shop.customer(), *LINE, ported("07911123456"))
    assert refusal.value.fields[0].path.endswith("productCharacteristic.portedNumber")
    shop.move(order, "pending")
    shop.move(order, "cancelled")
    assert number(shop, "07911123456").state is numbers.State.FREE
    again = shop.place(shop.customer(), *LINE, ported("07911123456"))
    assert again["state"] == "acknowledged"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "numberMissing"),
        ("07700900123", "numberNotPortable"),
        ("+44 20 7946 0017", "numberType"),
        ("020794", "invalidNumber"),
        ("0123456789012", "invalidNumber"),
    ],
)
def test_not_every_number_can_come_along(shop: Shop, edda: str, value: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        shop.place(edda, *LINE, ported(value))
    assert refusal.value.code == code, refusal.value.reason


def test_a_fixed_number_of_the_port_in_range_comes_to_a_fixed_line(shop: Shop) -> None:
    from backend.address import rules as address

    with shop.at() as context:
        home = address.complete(context.connection, "QX4 7TR 14 Pebblewick")[0]["id"]
    owner = shop.customer(addressId=home)
    line = add("1", "L01")
    line["product"]["place"] = [{"id": home}]
    order = shop.place(owner, line, ported("01632 960017", kind="fixed", oldOperator="Other"))
    assert number(shop, "01632960017").state is numbers.State.PORTING_IN
    assert order["productOrderItem"][2 - 1]["product"]["name"] == "Number port-in"
