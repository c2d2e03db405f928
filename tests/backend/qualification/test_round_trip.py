"""What a change is said to come to is what the order, and then the account, come to."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from backend.address import rules as address
from backend.catalog.rules import Versions
from backend.database import Database
from backend.ordering import rules as ordering
from backend.qualification import holdings
from backend.qualification.bureau import SimulatedBureau
from backend.qualification.rules import Qualification
from backend.qualification.schemas import ChoicesQuestion, TargetsQuestion
from backend.rest.resource import Document
from tests.backend.ordering.conftest import NOW, Shop, add, make_shop, order_of

LATER = NOW + timedelta(days=100)


@dataclass
class Story:
    """A customer who buys something, and changes it a hundred days later."""

    shop: Shop
    qualification: Qualification
    dice: random.Random
    owner: str
    change: dict[str, Any] = field(default_factory=dict)

    def ask(self, **more: Any) -> Document:
        question = ChoicesQuestion.model_validate({"customerId": self.owner, **self.change, **more})
        with self.shop.at(moment=LATER) as context:
            return self.qualification.choices(context, question)

    def targets(self, product: str) -> list[Document]:
        asked = {"customerId": self.owner, "productId": product, **self.change}
        question = TargetsQuestion.model_validate(asked)
        with self.shop.at(moment=LATER) as context:
            found: list[Document] = self.qualification.targets(context, question)["targets"]
        return found

    def buys_something(self) -> None:
        self.picks_at_random(self.dice.randint(2, 4))
        items = [
            add(f"{code}-{unit}", code)
            for code, count in self.change.pop("picks").items()
            for unit in range(count)
        ]
        self.shop.fulfilled(self.owner, *items)

    def picks_at_random(self, steps: int) -> None:
        """Pick what is offered, then what is missing, until it is a whole order."""
        picks: dict[str, int] = self.change.setdefault("picks", {})
        last = ""
        for left in range(steps, -1, -1):
            answer = self.ask()
            if answer["repair"]:  # it would have taken another's place
                picks[last] -= 1
                answer = self.ask()
            if left:
                offers = [each["id"] for each in answer["offers"] if _to_add(each)]
                last = self.dice.choice(offers)
                picks[last] = picks.get(last, 0) + 1
        while missing := answer["missing"]:
            code = self.dice.choice(missing[0]["serves"])
            picks[code] = picks.get(code, 0) + 1
            answer = self.ask()

    def ends_one(self) -> None:
        """End a product, with what hangs on it."""
        able = [each for each in self.ask()["installed"] if each["mayEnd"] and not each["ends"]]
        gone = self.dice.choice(able)
        self.change.setdefault("ends", []).extend([gone["productId"], *gone["endWith"]])

    def moves_one(self) -> None:
        """Let a product become another offer, with what that loses and brings."""
        ends = self.change.setdefault("ends", [])
        able = [each for each in self.ask()["installed"] if each["mayMove"]]
        if able:
            moved = self.dice.choice(able)["productId"]
            target = self.dice.choice(self.targets(moved))
            self.change["moves"] = {moved: target["id"]}
            ends.extend(target["ends"])
            brought = {each["id"]: each["quantity"] for each in target["brings"]}
            self.change["picks"] = brought

    def order(self) -> Document:
        """The change as one order, carried out."""
        picks = self.change.get("picks", {})
        items = [
            *(add(f"{code}-{n}", code) for code, count in picks.items() for n in range(count)),
            *(_about(product, "delete") for product in self.change.get("ends", ())),
            *(
                {**_about(product, "modify"), "productOffering": {"id": code}}
                for product, code in self.change.get("moves", {}).items()
            ),
        ]
        with self.shop.at(moment=LATER) as context:
            order = self.shop.ordering.place(context, order_of(self.owner, *items))
            ordering.set_item_state(context, order["id"], None, "inProgress")
            return ordering.set_item_state(context, order["id"], None, "completed")

    def account(self) -> Decimal:
        """What the account's products cost a month."""
        with self.shop.at(moment=LATER) as context:
            products = holdings.of_customer(context, self.owner)
        return sum((each.monthly.gross for each in products), Decimal(0))


def _about(product: str, action: str) -> Document:
    return {"id": f"{action}-{product}", "action": action, "product": {"id": product}}


def _to_add(offer: Document) -> bool:
    """A number that comes along is no mere pick: it names its line."""
    chosen = offer["offerable"] and offer["most"] > offer["picked"]
    return bool(chosen) and offer["id"] != "X06"


@pytest.fixture
def shop(operator_database: Database) -> Shop:
    return make_shop(operator_database)


def a_story(shop: Shop, qualification: Qualification, seed: int) -> Story:
    with shop.at() as context:
        home = address.complete(context.connection, "QX4 7TR 14 Pebblewick")[0]["id"]
    owner = shop.customer(addressId=home, vulnerable=seed % 3 == 0)
    dice = random.Random(seed)  # noqa: S311  # picks offers, keeps no secret
    made = Story(shop, qualification, dice, owner)
    made.buys_something()
    return made


def test_the_difference_is_what_the_order_and_the_account_say(shop: Shop) -> None:
    qualification = Qualification(Versions(), SimulatedBureau())
    for seed in range(10):
        _changes(a_story(shop, qualification, seed))


def _changes(story: Story) -> None:
    was = story.account()
    story.ends_one()
    story.moves_one()
    story.picks_at_random(1)
    answer = story.ask()
    assert answer["repair"] is None
    assert answer["missing"] == []
    said = answer["difference"]
    order = story.order()
    assert Decimal(said["monthlyBefore"]) == was
    assert Decimal(said["monthlyAfter"]) == story.account()
    assert Decimal(said["once"]) + Decimal(said["exitFees"]) == _once(order)
    after = story.ask(picks={}, ends=[], moves={})
    assert after["difference"]["monthlyBefore"] == said["monthlyAfter"]
    assert not any(each["ends"] or each["movesTo"] for each in after["installed"])


def _once(order: Document) -> Decimal:
    totals = order["orderTotalPrice"]
    once = [each["price"]["taxIncludedAmount"] for each in totals if each["priceType"] == "oneTime"]
    return sum((Decimal(str(each["value"])) for each in once), Decimal(0))
