"""What the proofs found, with the place to mend it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.products import rules
from app.products.documents import Kind
from app.products.proofs import Place, place_of, proofs_of
from backend_client.catalogue import BrokenOrder, Check, Fault, Golden, Price, PriceChange
from tests.app.products.demo import DEMO

NAMES = rules.named(DEMO)


@pytest.mark.parametrize(
    ("where", "place"),
    [("offer F03", Place(Kind.OFFER, "F03")), ("rule R12", Place(Kind.RULE, "R12")),
     ("group BB", Place(Kind.GROUP, "BB")), ("catalogue", None)],
)  # fmt: skip
def test_a_fault_names_its_place(where: str, place: Place | None) -> None:
    assert place_of(Fault(where=where, text="x")) == place


def test_all_that_is_wrong_stands_before_what_is_worth_a_look() -> None:
    check = Check(
        valid=False,
        dead=("C08",),
        unpriced=("F03",),
        untexted=("M01", "R12"),
        empty_order="invalid",
        empty_order_breaks=("R30",),
        golden=Golden(
            checked=3,
            broken=(BrokenOrder(line=2, breaks=("R31",)), BrokenOrder(line=3, expected="invalid")),
        ),
        redundant=("R33",),
    )
    found = proofs_of(check, NAMES)
    assert (found.verdict, found.tone, found.faults) == ("7 faults", "bad", 7)
    assert not found.may_propose
    assert [each.tone for each in found.findings][-1] == "warn"
    by_id = {each.id: each for each in found.findings}
    assert by_id["dead:C08"].title == "C08 All-in content bundle"
    assert by_id["untexted:R12"].place == Place(Kind.RULE, "R12")
    assert by_id["golden:2"].place == Place(Kind.RULE, "R31")
    assert by_id["golden:3"].place is None


def test_a_sound_copy_says_so() -> None:
    found = proofs_of(Check(valid=True), NAMES)
    assert (found.verdict, found.tone, found.findings) == ("All proofs hold", "good", ())
    assert found.may_propose
    assert proofs_of(Check(valid=False), NAMES).verdict == "This cannot be published yet"


def test_prices_of_baskets_say_what_they_were() -> None:
    was, now = Price(monthly=Decimal(43), once=Decimal(60)), Price(monthly=Decimal(45))
    changed = (
        PriceChange(basket={"F03": 1, "M10": 2}, before=was, after=now),
        PriceChange(basket={"F03": 1}, before=None, after=now),
        PriceChange(basket={"F03": 1}, before=was, after=None),
        PriceChange(basket={"F03": 1}, before=was, after=was),
        *(PriceChange(basket={"F01": 1}, before=was, after=now) for _ in range(20)),
    )
    rows = proofs_of(Check(valid=True, prices=changed), NAMES).prices
    assert rows[0].text == "Glimt 1000, 2 × Plastic SIM"
    assert rows[0].title == "£45.00 a month, before £43.00, £0.00 once, before £60.00"
    assert rows[1].title.startswith("New: £45.00 a month")
    assert rows[2].title == "Can no longer be bought together"
    assert rows[3].title == "As before"
    assert rows[-1].title == "and 12 more baskets"


def test_what_the_server_lists_is_told_once_with_the_offers_names() -> None:
    faults = (
        Fault(where="rule R40", text="there is no offer 'F99'"),
        Fault(where="offer C08", text="nobody can buy this"),
        Fault(where="golden order 2", text="no longer valid: it breaks R31"),
        Fault(where="specifications and prices", text="no such thing"),
    )
    golden = Golden(checked=3, broken=(BrokenOrder(line=2, breaks=("R31",)),))
    found = proofs_of(Check(faults=faults, dead=("C08",), golden=golden), NAMES)
    assert [(each.title, each.place) for each in found.findings] == [
        ("Rule R40", Place(Kind.RULE, "R40")),
        ("C08 All-in content bundle", Place(Kind.OFFER, "C08")),
        ("Golden order 2", Place(Kind.RULE, "R31")),
        ("Specifications and prices", None),
    ]
    assert found.findings[0].spoken() == "Rule R40. There is no offer 'F99'."
