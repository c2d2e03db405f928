"""Products come, change and end by TMF637's drawing."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product as pairs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.database import Database
from backend.inventory import rules
from backend.rest.errors import Refused
from backend.rest.resource import Document
from tests.backend.ordering.conftest import Shop, make_shop

STATES = sorted(rules.PRODUCT.states.states) if rules.PRODUCT.states else []
REACHED = {  # by one order of the house, over the states between where the drawing has them
    "created": {"pendingActive", "active", "cancelled", "aborted"},
    "pendingActive": {"active", "cancelled", "aborted"},
    "active": {"suspended", "pendingTerminate", "terminated"},
    "suspended": {"active", "pendingTerminate", "terminated"},
    "pendingTerminate": {"terminated"},
}


@pytest.fixture
def shop(database: Database) -> Shop:
    return make_shop(database)


def made(shop: Shop, customer_id: str, status: str = "created", code: str = "M03") -> Document:
    with shop.at() as context:
        return rules.create(
            context,
            {
                "name": "Skarv 100",
                "status": status,
                "orderDate": "2026-11-20T09:00:00Z",
                "productOffering": {"id": code},
                "productTerm": [
                    {"name": "24 months", "duration": {"amount": 24, "units": "month"}}
                ],
                "relatedParty": [
                    {"id": customer_id, "role": "customer", "@referredType": "Customer"}
                ],
            },
        )


def test_a_product_reaches_what_the_drawing_has_a_way_to(shop: Shop) -> None:
    edda = shop.customer()
    for before, after in pairs(STATES, repeat=2):
        product = made(shop, edda, before)
        lawful = before == after or after in REACHED.get(before, ())
        with shop.at() as context:
            if lawful:
                assert rules.move(context, product["id"], after)["status"] == after
            else:
                with pytest.raises(Refused):
                    rules.move(context, product["id"], after)


def test_what_is_over_does_not_count_as_installed(shop: Shop) -> None:
    edda, torvald = shop.customer(), shop.customer()
    for status in STATES:
        made(shop, edda, status)
    made(shop, edda, "active", "M13")
    with shop.at() as context:
        assert rules.installed(context, edda) == {"M03": len(rules.HELD), "M13": 1}
        assert rules.installed(context, torvald) == {}


def test_terms_begin_once(shop: Shop) -> None:
    product = made(shop, shop.customer())
    with shop.at(moment=datetime(2026, 11, 20, 9, tzinfo=UTC)) as context:
        first = rules.activate(context, product["id"])
    with shop.at(moment=datetime(2027, 1, 1, 9, tzinfo=UTC)) as context:
        assert rules.activate(context, product["id"]) == first
    assert first["productTerm"][0]["validFor"] == {
        "startDateTime": "2026-11-20T09:00:00.000Z",
        "endDateTime": "2028-11-20T09:00:00.000Z",
    }


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds have no zone
    st.integers(1, 60),
)
def test_a_term_ends_on_its_day_or_the_last_of_the_month(begin: datetime, months: int) -> None:
    duration = {"duration": {"amount": months, "units": "month"}}
    term = rules.begun_term(duration, begin)["validFor"]
    end = datetime.fromisoformat(term["endDateTime"])
    assert (end.year - begin.year) * 12 + end.month - begin.month == months
    assert end.day <= begin.day
    if end.day < begin.day:
        assert end.day >= 28
        assert (end.day, end.month) in {(28, 2), (29, 2), (30, 4), (30, 6), (30, 9), (30, 11)}


def test_a_resource_of_the_same_name_takes_the_others_place(shop: Shop) -> None:
    product = made(shop, shop.customer())
    with shop.at() as context:
        for value in ("8999010000000000001", "8999010000000000002"):
            resource = {"id": value, "name": "SIM", "value": value}
            realized = rules.realize(context, product["id"], resource)
    assert [one["value"] for one in realized["realizingResource"]] == ["8999010000000000002"]


def test_characteristics_are_merged_by_name(shop: Shop) -> None:
    product = made(shop, shop.customer())
    with shop.at() as context:
        for name, value in (("spendCap", "25"), ("roaming", "true"), ("spendCap", "50")):
            changed = rules.amend(
                context,
                product["id"],
                {"productCharacteristic": [{"name": name, "value": value}]},
            )
    assert {one["name"]: one["value"] for one in changed["productCharacteristic"]} == {
        "spendCap": "50",
        "roaming": "true",
    }


def test_an_end_has_one_day(shop: Shop) -> None:
    product = made(shop, shop.customer(), "active")
    with shop.at() as context:
        ended = rules.terminate(context, product["id"])
        assert rules.terminate(context, product["id"]) == ended
    assert ended["terminationDate"]
