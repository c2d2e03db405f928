"""The best saving that may lawfully be had is proposed, by the engine's own answers."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from decimal import Decimal

import pytest

from backend.catalog.definitions import Definitions
from backend.catalog.loading import demo_tables
from backend.catalog.rules import definitions_of
from backend.pricing.lists import lawful
from backend.pricing.rules import Rates
from backend.product_rules import Engine, violations
from backend.product_rules.catalogue import Fact
from backend.qualification.savings import Saving, best_saving
from tests.backend.pricing.test_prices import TODAY
from tests.backend.product_rules.personas import EDDA

FIBRE = {"F02": 1, "F07": 1, "F13": 1}
DUO = FIBRE | {"T01": 1, "S01": 1}
TRIO = FIBRE | {"T02": 1, "S01": 1, "M03": 1, "M11": 1}
SENIOR: dict[str, Fact] = EDDA | {"role": "senior", "tenure12": 1}
STAFF: dict[str, Fact] = EDDA | {"segment": "STAFF"}


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return definitions_of(41, *demo_tables())


@pytest.fixture(scope="module")
def engine(definitions: Definitions) -> Engine:
    return Engine(definitions.catalogue)


def best(
    engine: Engine, definitions: Definitions, facts: Mapping[str, Fact], **picks: int
) -> Saving | None:
    (price_list, *_) = lawful(definitions, facts, reseller="R0", today=TODAY)
    return best_saving(engine, Rates.of(definitions, price_list, facts), dict(facts), picks, picks)


def test_three_of_a_kind_earn_the_trio_saving(engine: Engine, definitions: Definitions) -> None:
    found = best(engine, definitions, EDDA, **TRIO)
    assert found is not None
    assert (found.offer.code, found.saves, found.gains) == (
        "X02",
        Decimal("10.00"),
        Decimal("10.00"),
    )
    assert (found.instead, found.opens_with) == ((), ())


def test_what_is_earned_comes_before_what_needs_more(
    engine: Engine, definitions: Definitions
) -> None:
    found = best(engine, definitions, EDDA, **DUO)
    assert found is not None
    assert found.offer.code == "X01"


def test_a_saving_that_needs_more_says_what(engine: Engine, definitions: Definitions) -> None:
    found = best(engine, definitions, EDDA, **DUO, X01=1)
    assert found is None  # Lanternview Basic keeps the trio saving away: another package is needed
    found = best(engine, definitions, EDDA, **FIBRE)
    assert found is not None
    assert found.offer.code == "X02"
    assert [each.rule for each in found.opens_with] == ["R88", "R89"]


def test_a_better_saving_takes_the_place_of_the_one_picked(
    engine: Engine, definitions: Definitions
) -> None:
    found = best(engine, definitions, EDDA, **TRIO, X01=1)
    assert found is not None
    assert (found.offer.code, found.instead, found.gains) == ("X02", ("X01",), Decimal("5.00"))
    assert best(engine, definitions, EDDA, **TRIO, X02=1) is None


def test_nothing_is_proposed_for_an_empty_basket(engine: Engine, definitions: Definitions) -> None:
    assert best(engine, definitions, SENIOR) is None


def test_a_saving_nobody_may_give_here_is_never_proposed(
    engine: Engine, definitions: Definitions
) -> None:
    partner = EDDA | {"channel": "RESELLER", "role": "reseller", "tenure12": 1}
    found = best(engine, definitions, partner, M01=1, M11=1)
    assert found is not None
    assert (found.offer.code, len(found.opens_with)) == ("X02", 3)  # nothing is earned yet
    found = best(engine, definitions, SENIOR, M01=1, M11=1)
    assert found is not None
    assert found.offer.code == "X05"


@pytest.mark.parametrize("facts", [EDDA, SENIOR, STAFF, EDDA | {"arrears": 1}])
@pytest.mark.parametrize("picks", [DUO, TRIO, {"M03": 1, "M10": 1}, {"M06": 1, "M10": 1}])
def test_no_lawful_choice_of_savings_takes_more_off(
    engine: Engine,
    definitions: Definitions,
    facts: Mapping[str, Fact],
    picks: Mapping[str, int],
) -> None:
    """Every set of savings beside a whole order, tried one by one against the rules."""
    catalogue = definitions.catalogue
    savings = [offer for offer in catalogue.offers.values() if offer.monthly < 0]
    lawful_ones = [
        -sum(offer.monthly for offer in chosen)
        for count in range(len(savings) + 1)
        for chosen in itertools.combinations(savings, count)
        if not violations(
            catalogue, facts, {**picks, **dict.fromkeys((each.code for each in chosen), 1)}
        )
    ]
    found = best(engine, definitions, facts, **picks)
    earned = found.saves if found is not None and not found.opens_with else Decimal(0)
    assert earned == max(lawful_ones, default=0)
