"""What stands beside the rules is checked before it is put in force."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest

from backend.catalog import rules
from backend.catalog.definitions import BadDefinitions
from backend.catalog.loading import demo_tables
from backend.catalog.rules import Versions, definitions_of
from backend.database import Database
from backend.product_rules import BadCatalogue
from backend.rest.errors import Unavailable
from backend.rest.resource import Context
from tests.support.operator import OPERATOR

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def tables() -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    return copy.deepcopy(demo_tables())


def test_every_offer_has_its_specification() -> None:
    definitions = definitions_of(1, *tables())
    assert set(definitions.by_offer) == set(definitions.catalogue.offers)
    assert definitions.by_offer["M03"].number_type == "mobile"
    assert definitions.by_offer["C01"].process_flow == "PF10"
    assert definitions.family_name("IPTV") == "TV"


def test_an_offer_without_a_specification_is_named() -> None:
    found, specifications, prices = tables()
    specifications["specification"] = specifications["specification"][1:]
    with pytest.raises(BadDefinitions, match="M01: no specification for Mobile line"):
        definitions_of(1, found, specifications, prices)


def test_a_default_that_is_no_value_is_refused() -> None:
    found, specifications, prices = tables()
    specifications["specification"][0]["characteristic"][1]["default"] = "7"
    with pytest.raises(BadDefinitions, match="spendCap"):
        definitions_of(1, found, specifications, prices)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        ({"waiver": [{"offer": "V99", "fact": "vulnerable", "value": 1}]}, "V99, which is no"),
        ({"waiver": [{"offer": "V07", "fact": "vulnerable", "value": 2}]}, "is never 2"),
        ({"number_fee": {"gold": "X99"}}, "X99, which is no offer"),
    ],
)
def test_prices_that_name_what_is_not_there_are_refused(
    spoil: dict[str, Any], sentence: str
) -> None:
    found, specifications, prices = tables()
    with pytest.raises(BadDefinitions, match=sentence):
        definitions_of(1, found, specifications, {**prices, **spoil})


def test_a_new_version_is_in_force_at_once_and_a_bad_one_never(operator_database: Database) -> None:
    versions = Versions()
    with operator_database.begin() as connection:
        context = Context(connection, OPERATOR, NOW, "test")
        first = versions.current(connection)
        found, specifications, prices = tables()
        found["rules"][0]["msg"] = ""
        with pytest.raises(BadCatalogue):
            rules.publish(context, found, specifications, prices)
        assert versions.current(connection) is first
        number = rules.publish(context, *tables())
        assert versions.current(connection).number == number == first.number + 1


def test_without_a_catalogue_the_server_says_so(database: Database) -> None:
    with database.read() as connection, pytest.raises(Unavailable):
        Versions().current(connection)
