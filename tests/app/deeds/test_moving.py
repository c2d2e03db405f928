"""At another address a product goes along, becomes what can be had there, or ends."""

from __future__ import annotations

from decimal import Decimal

from app.deeds.deed import ENDS, STAYS
from app.deeds.moving import at_address
from app.wizard.choices import (
    Choices,
    HiddenOffer,
    InstalledProduct,
    OfferChoice,
    Question,
    Reason,
)
from tests.support import edda
from tests.support.account_views import edda_with


def offer(code: str, name: str, monthly: str) -> OfferChoice:
    price = Decimal(monthly)
    return OfferChoice(
        id=code, name=name, family="Internet", kind="broadband", monthly=price, once=Decimal(0)
    )


THERE = Choices(
    offers=(offer("C02", "Copperleaf 60", "28.00"), offer("C01", "Copperleaf 17", "20.00")),
    hidden=(
        HiddenOffer(
            id="F02",
            name="Glimt 500",
            family="Internet",
            reasons=(Reason(rule="R25", text="There is no fibre in this street yet."),),
        ),
    ),
    installed=(
        InstalledProduct(
            product_id="P-F02", offer="F02", name="Glimt 500", family="Internet", kind="broadband",
            monthly=Decimal(35),
        ),
    ),
)  # fmt: skip


def test_each_product_of_the_address_has_its_fates_with_the_nearest_first() -> None:
    view = edda_with(orders=[], flows=[])
    asked: list[Question] = []

    def asks(question: Question) -> Choices:
        asked.append(question)
        return THERE

    movers = at_address(view.account, edda.PLACE, view.known, asks=asks, address_id="A-9")
    found = {each.product_id: each for each in movers}
    fibre, router = found["P-F02"], found["P-F08"]
    assert [each.id for each in fibre.fates] == ["C02", "C01", ENDS]
    assert fibre.why == "There is no fibre in this street yet."
    assert fibre.first == "C02"
    assert [each.id for each in router.fates] == [STAYS, ENDS]
    assert router.first == STAYS
    (question,) = asked
    assert question.address_id == "A-9"
    assert set(question.ends) == set(found)
    assert "P-M03" not in found


def test_what_nothing_takes_the_place_of_must_be_decided() -> None:
    view = edda_with(orders=[], flows=[])
    none = Choices(hidden=THERE.hidden)
    movers = at_address(
        view.account, edda.PLACE, view.known, asks=lambda _asked: none, address_id="A-9"
    )
    fibre = next(each for each in movers if each.product_id == "P-F02")
    assert [each.id for each in fibre.fates] == [ENDS]
    assert fibre.first == ""
