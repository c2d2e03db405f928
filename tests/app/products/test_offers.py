"""Offers: read, changed, copied from another, retired."""

from __future__ import annotations

from decimal import Decimal

import orjson
import pytest

from app.products import offers, rules
from app.products.documents import Kind, item
from app.products.offers import Refusal
from backend.product_rules import read_catalogue_text
from tests.app.products.demo import DEMO


def test_a_second_bandwidth_is_to_everybody_what_the_first_one_is() -> None:
    made = offers.copied(DEMO, "F03", "F09X", "Glimt 1500")
    codes = [each.code for each in offers.offers(made)]
    assert codes[codes.index("F03") + 1] == "F09X"
    new = offers.offer(made, "F09X")
    assert new is not None
    assert (new.name, new.monthly, new.family) == ("Glimt 1500", Decimal(43), "Internet")
    assert rules.naming(made, "F09X") == rules.naming(DEMO, "F03")
    assert all("F09X" in made.groups[name] for name in ("BB", "FIB", "FIBPAID"))
    read_catalogue_text(_text(made.catalogue))


@pytest.mark.parametrize(
    ("source", "code", "name"),
    [("F03", "F04", "Taken"), ("F03", "BB", "A group"), ("F03", " ", "Nothing"),
     ("F03", "F99", " "), ("nobody", "F99", "Of nobody")],
)  # fmt: skip
def test_a_copy_that_cannot_be_made_says_why(source: str, code: str, name: str) -> None:
    with pytest.raises(Refusal) as refusal:
        offers.copied(DEMO, source, code, name)
    assert refusal.value.sentence.endswith(".")


def test_a_free_code_goes_on_where_the_others_end() -> None:
    assert offers.free_code(DEMO, "F03") == "F15"
    assert offers.free_code(DEMO, "X01") == "X10"


@pytest.mark.parametrize("code", [each.code for each in offers.offers(DEMO)])
def test_a_catalogue_can_be_read_whichever_offer_is_retired(code: str) -> None:
    left = offers.retired(DEMO, code)
    assert offers.offer(left, code) is None
    assert rules.naming(left, code) == ()
    if code != "V07":  # a waiver of the price table names it: the server says so
        read_catalogue_text(_text(left.catalogue))


def test_a_rule_that_spoke_of_the_offer_alone_goes_with_it() -> None:
    left = offers.retired(DEMO, "M05")
    assert rules.rule(DEMO, "R60") is not None
    assert rules.rule(left, "R60") is None
    assert offers.retired(left, "M05") is left


def test_each_field_is_set_by_itself() -> None:
    now = DEMO
    for edit in (
        offers.set_name("F03", "Glimt 1100"), offers.set_note("F03", "faster"),
        offers.set_monthly("F03", Decimal("44.50")), offers.set_once("F03", Decimal(5)),
        offers.set_term("F03", 12), offers.set_most("F03", 2),
    ):  # fmt: skip
        now = edit(now)
    assert item(now, Kind.OFFER, "F03") == {
        **item(DEMO, Kind.OFFER, "F03"),
        "name": "Glimt 1100", "note": "faster", "monthly": Decimal("44.50"),
        "oneoff": 5, "term": 12, "max": 2,
    }  # fmt: skip
    assert offers.set_name("nobody", "x")(DEMO) is DEMO


def test_an_odd_offer_is_shown_as_far_as_it_goes() -> None:
    odd = offers.offer_of({"code": "Z1", "monthly": "free", "term": True, "max": None})
    assert (odd.code, odd.monthly, odd.term, odd.most) == ("Z1", Decimal(0), 0, 0)


def _text(catalogue: object) -> str:
    return orjson.dumps(catalogue, default=float).decode()


def test_an_offer_joins_and_leaves_groups() -> None:
    now = offers.set_groups("F03", ("BB", "TV"))(DEMO)
    assert [name for name, codes in now.groups.items() if "F03" in codes] == ["BB", "TV"]
    assert now.groups["TV"][-1] == "F03"
    assert offers.set_groups("F03", ("BB", "FIB", "FIBPAID"))(DEMO) is DEMO
