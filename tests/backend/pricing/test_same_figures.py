"""The same basket costs the same in the wizard, the order, the letter and the account."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

import pytest

from backend.access.caller import Caller
from backend.account import rules as account
from backend.address import rules as address
from backend.catalog.rules import Versions
from backend.customer import rules as customer
from backend.database import Database
from backend.inventory import rules as inventory
from backend.notices.facts import rows_of
from backend.notices.reader import reader
from backend.numbers.grades import grade_of
from backend.party import rules as party
from backend.qualification.bureau import SimulatedBureau
from backend.qualification.facts import Subject
from backend.qualification.rules import Qualification
from backend.qualification.schemas import ChoicesQuestion
from backend.rest.resource import Document
from letters import Price
from tests.backend.ordering.conftest import MAREN, NOW, PARTNER, Shop, add, make_shop, order_of
from tests.backend.product_rules.personas import EVERYBODY
from tests.backend.qualification.test_leaving import random_order

SILVER = "07700900477"
ITEMS = "productOrderItem"
GOLD = next(
    number
    for number in (f"07700900{ending:03d}" for ending in range(1000))
    if grade_of(number).grade.value == "gold"
)
Totals = tuple[Decimal, Decimal]

FIBRE = {"F02": 1, "F07": 1, "F13": 1}
TV = {"T02": 1, "S02": 1}
BASKETS: tuple[dict[str, int], ...] = (
    {"M01": 1, "M10": 1},
    {"M03": 3, "M11": 3, "M13": 2, "M20": 1, "M21": 1},
    FIBRE | TV | {"M03": 1, "M11": 1, "X02": 1},
    FIBRE | {"V01": 1, "V07": 1, "X09": 1},
    {"M03": 1, "M11": 1, "X07": 1},
)


@pytest.fixture
def shop(operator_database: Database) -> Shop:
    return make_shop(operator_database)


@pytest.mark.parametrize("picks", BASKETS)
def test_the_wizard_the_order_the_letter_and_the_account_agree(
    shop: Shop, picks: dict[str, int]
) -> None:
    owner = shop.customer(addressId=_fibre_house(shop))
    _agree(shop, owner, picks, [SILVER] if "M03" in picks else [])


def test_they_agree_where_the_battery_is_free(shop: Shop) -> None:
    owner = shop.customer(addressId=_fibre_house(shop), vulnerable=True)
    picks = FIBRE | {"V01": 1, "V07": 1}
    answer = _agree(shop, owner, picks, [])
    assert answer["totals"]["once"] == "60.00"  # the engineer's visit alone
    battery = next(each for each in answer["offers"] if each["id"] == "V07")
    assert battery["once"] == "0.00"


def test_they_agree_with_a_resellers_prices(shop: Shop) -> None:
    owner = shop.customer(reseller="R1")
    answer = _agree(shop, owner, {"M03": 2, "M11": 2}, [], PARTNER)
    assert answer["priceList"] == "PL-R1-26"
    assert answer["totals"]["monthly"] == "40.00"


def test_they_agree_for_a_business_without_vat(shop: Shop) -> None:
    owner = _firm(shop)
    picks = {"F02": 1, "F08": 1, "F13": 1, "F10": 3, "V02": 2, "M08": 3, "M10": 3}
    answer = _agree(shop, owner, picks, [])
    assert answer["totals"]["vat"] == "added"
    assert answer["totals"]["monthlyAmounts"]["net"] == answer["totals"]["monthly"]


def test_a_golden_number_with_its_fee_is_charged_once(shop: Shop) -> None:
    answer = _agree(shop, shop.customer(), {"M03": 1, "M11": 1, "X07": 1}, [GOLD])
    assert answer["totals"]["once"] == "150.00"


def test_they_agree_for_each_persona(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the very facts of the demo's personas, over baskets picked at random."""
    dice = random.Random(8)  # noqa: S311  # picks offers, keeps no secret
    for facts in EVERYBODY:
        subject = Subject(facts, "R0", NOW.date() - timedelta(days=800))
        monkeypatch.setattr("backend.qualification.facts.of_customer", lambda *_, it=subject: it)
        owner = _firm(shop) if facts["segment"] == "BUS" else shop.customer()
        picks = random_order(dice, facts)
        picks.pop("X06", None)  # a number that comes along is no mere pick: it names its line
        _agree(shop, owner, picks, [])


def _agree(
    shop: Shop, owner: str, picks: dict[str, int], numbers: list[str], caller: Caller = MAREN
) -> Document:
    """Ask, order and read again; fail where a total differs. Gives the answer of the choices."""
    with shop.at(caller) as context:
        qualification = Qualification(Versions(), SimulatedBureau())
        question = ChoicesQuestion.model_validate(
            {"customerId": owner, "picks": picks, "numbers": numbers}
        )
        answer = qualification.choices(context, question)
        order = shop.ordering.place(context, order_of(owner, *_items(picks, numbers)))
    totals = answer["totals"]
    asked = (Decimal(totals["monthly"]), Decimal(totals["once"]))
    assert _ordered(order, totals) == asked
    with shop.at(caller) as context:
        rows = rows_of(reader(context, owner), order)["items"]
        products = [inventory.find(context, item["product"]["id"]) for item in order[ITEMS]]
    prices = [row.value.times(row.quantity) for row in rows if isinstance(row.value, Price)]
    assert _sum((each.monthly, each.once) for each in prices) == asked
    side = "taxIncludedAmount" if totals["vat"] == "included" else "dutyFreeAmount"
    assert _sum(_parts(each["productPrice"], side) for each in products) == asked
    return answer


def _items(picks: dict[str, int], numbers: list[str]) -> list[Document]:
    """An item for each unit; the first line gets the number."""
    items = [add(f"{code}-{unit}", code) for code, count in picks.items() for unit in range(count)]
    for number in numbers:
        line = next(item for item in items if item["id"] == "M03-0")
        line["product"]["productCharacteristic"] = [{"name": "telephoneNumber", "value": number}]
    return items


def _fibre_house(shop: Shop) -> str:
    with shop.at() as context:
        found: str = address.complete(context.connection, "QX4 7TR 14 Pebblewick")[0]["id"]
    return found


def _firm(shop: Shop) -> str:
    """A business customer in a house with fibre."""
    house = _fibre_house(shop)
    with shop.at() as context:
        firm = party.create_organization(context, {"tradingName": "Tarnside Joinery"})
        engaged = {"id": firm["id"], "@referredType": "Organization"}
        home = {"name": "addressId", "value": house}
        made = customer.create(
            context,
            {"name": "Tarnside Joinery", "engagedParty": engaged, "characteristic": [home]},
        )
        account.create(
            context, {"name": "Office", "relatedParty": [{"id": made["id"], "role": "customer"}]}
        )
        return str(made["id"])


def _ordered(order: Document, totals: Document) -> Totals:
    """The order's totals under its list; with and without VAT they are the wizard's too."""
    found = {each["priceType"]: each["price"] for each in order["orderTotalPrice"]}
    for kind, name in (("recurring", "monthlyAmounts"), ("oneTime", "onceAmounts")):
        for side, amount in (("dutyFreeAmount", "net"), ("taxIncludedAmount", "gross")):
            value = found[kind][side]["value"] if kind in found else 0
            assert Decimal(str(value)) == Decimal(totals[name][amount])
    side = "taxIncludedAmount" if totals["vat"] == "included" else "dutyFreeAmount"
    return _parts(order["orderTotalPrice"], side)


def _parts(prices: Iterable[Document], side: str) -> Totals:
    monthly = once = Decimal(0)
    for each in prices:
        value = Decimal(str(each["price"][side]["value"]))
        monthly += value if each["priceType"] == "recurring" else 0
        once += value if each["priceType"] == "oneTime" else 0
    return monthly, once


def _sum(parts: Iterable[tuple[Decimal | None, Decimal | None]]) -> Totals:
    found = list(parts)
    return (
        sum((monthly or Decimal(0) for monthly, _ in found), Decimal(0)),
        sum((once or Decimal(0) for _, once in found), Decimal(0)),
    )
