"""What customers have is drawn by lot, and is always valid."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.catalog.definitions import Definitions
from backend.catalog.loading import demo_tables
from backend.catalog.rules import definitions_of
from backend.demo.baskets import Baskets
from backend.demo.people import Person
from backend.demo.strangers import Furnisher
from backend.product_rules import Engine, violations
from backend.product_rules.catalogue import Fact

DEFINITIONS: Definitions = definitions_of(1, *demo_tables())
ENGINE = Engine(DEFINITIONS.catalogue)
TODAY = dt.date(2026, 11, 20)
NETWORKS = ("copper", "vdsl", "gpon", "xgspon", "allip", "cov4g", "cov5g", "flat", "landlordok")
NOTED = ("arrears", "vulnerable", "benefits", "guardian", "idok", "tenure12")

some_facts = st.builds(
    lambda flags, segment, age, credit: {
        **dict(zip((*NETWORKS, *NOTED), map(int, flags), strict=True)),
        "segment": segment,
        "age": "ORG" if segment == "BUS" else age,
        "credit": credit,
        "channel": "CALL",
        "role": "agent",
    },
    st.tuples(*[st.booleans()] * (len(NETWORKS) + len(NOTED))),
    st.sampled_from(("RES", "BUS", "STAFF")),
    st.sampled_from(("U16", "16-17", "18-25", "26-64", "65+")),
    st.sampled_from("ABCD"),
)


@settings(max_examples=40, deadline=None)
@given(some_facts, st.integers(0, 1_000))
def test_a_basket_is_valid_for_whoever_it_is_drawn(facts: dict[str, Fact], seed: int) -> None:
    picks = Baskets(ENGINE, stock=1).draw(facts, random.Random(seed))  # noqa: S311 - a lot for a test
    assert violations(DEFINITIONS.catalogue, facts, picks) == ()


def test_customers_with_the_same_facts_share_a_stock() -> None:
    facts: dict[str, Fact] = {
        **dict.fromkeys((*NETWORKS, "idok"), 1), **dict.fromkeys(NOTED[:4], 0),
        "tenure12": 1, "segment": "RES", "age": "26-64", "credit": "A", "channel": "CALL",
        "role": "agent",
    }  # fmt: skip
    baskets, lot = Baskets(ENGINE, stock=3), random.Random(1)  # noqa: S311 - a lot for a test
    drawn = {tuple(sorted(baskets.draw(facts, lot).items())) for _ in range(30)}
    assert 1 <= len(drawn) <= 3


@pytest.mark.parametrize("left", [0, 1, 5])
def test_lines_get_numbers_while_they_last_and_every_sim_has_its_line(left: int) -> None:
    numbers = {"mobile": iter([f"0770090000{n}" for n in range(left)]), "fixed": iter(())}
    person = Person("Halla", "Mossbeck", None, "halla@example.com", dt.date(2025, 1, 6))
    furnisher = Furnisher(DEFINITIONS, Baskets(ENGINE, stock=1), numbers)
    held = furnisher.items({"M03": 2, "M11": 3, "M17": 1, "M13": 2}, person)
    lines = {one.key for one in held if one.offer in {"M03", "M17"}}
    sims = [one.on for one in held if one.offer == "M11"]
    assert sorted(sims) == sorted(lines)
    assert len([one for one in held if one.number]) == min(left, 2)
    assert len({one.on for one in held if one.offer == "M13"}) == 2
