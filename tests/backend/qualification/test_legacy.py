"""What was sold in earlier days stays, and closes nothing else."""

from __future__ import annotations

import pytest

from backend.catalog.loading import demo_tables
from backend.catalog.rules import definitions_of
from backend.product_rules import Engine
from backend.product_rules.catalogue import Fact
from backend.qualification.legacy import still_sold

COPPER_IS_WITHDRAWN: dict[str, Fact] = {
    "segment": "RES", "age": "65+", "credit": "B", "copper": 1, "vdsl": 0, "gpon": 0,
    "xgspon": 0, "allip": 1, "cov5g": 0, "cov4g": 1, "channel": "CALL", "role": "agent",
    "arrears": 0, "vulnerable": 1, "benefits": 0, "guardian": 0, "idok": 1, "tenure12": 1,
    "landlordok": 0, "flat": 0,
}  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(definitions_of(1, *demo_tables()).catalogue)


def test_an_old_copper_line_and_its_extras_are_left_out(engine: Engine) -> None:
    held = {"L04": 1, "L01": 1, "M06": 1, "M10": 1, "L05": 1}
    assert still_sold(engine, COPPER_IS_WITHDRAWN, held) == {"M06": 1, "M10": 1}


def test_then_the_rest_of_the_catalogue_is_open_again(engine: Engine) -> None:
    facts, held = COPPER_IS_WITHDRAWN, {"L01": 1, "M06": 1, "M10": 1}
    assert not engine.answer(facts, held).offerable
    assert "M02" in engine.answer(facts, still_sold(engine, facts, held)).offerable


def test_what_is_valid_stays_as_it_is(engine: Engine) -> None:
    facts = {**COPPER_IS_WITHDRAWN, "allip": 0}
    held = {"L01": 1, "L04": 1, "M06": 1, "M10": 1}
    assert still_sold(engine, facts, held) == held
