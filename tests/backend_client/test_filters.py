"""Conditions become TMF630 query parameters."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_client import Client, Where
from tests.backend_client.server import Server

OSLO = timezone(timedelta(hours=1))
AUTUMN = datetime(2026, 11, 20, 9, 30, tzinfo=OSLO)


def test_conditions_add_up() -> None:
    where = (
        Where()
        .equal("state", "held", "pending")
        .from_("orderDate", AUTUMN)
        .below("orderDate", date(2026, 12, 1))
        .above("amount", Decimal("1E+2"))
        .until("priority", 4)
        .equal("isBundle", True)
        .like("name", "^Marr")
    )
    assert where.params == (
        ("state", "held,pending"),
        ("orderDate.gte", "2026-11-20T09:30:00+01:00"),
        ("orderDate.lt", "2026-12-01"),
        ("amount.gt", "100"),
        ("priority.lte", "4"),
        ("isBundle", "true"),
        ("name.regex", "^Marr"),
    )


def test_a_condition_set_is_not_changed_by_a_further_one() -> None:
    first = Where().equal("state", "held")
    first.equal("id", "1")
    assert first.params == (("state", "held"),)


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ("Marrowby", "Marrowby"),
        ("Little Skerrow", "Little Skerrow"),
        ("Marrowby, Edda", '"Marrowby, Edda"'),
        ("a;b", '"a;b"'),
        ("O'Hara", '"O\'Hara"'),
        ('the "old" one', "'the \"old\" one'"),
        (" blank", '" blank"'),
        ("", '""'),
        (">5", '">5"'),
    ],
)
def test_values_are_quoted_where_they_must_be(value: str, sent: str) -> None:
    assert Where().equal("name", value).params == (("name", sent),)


def test_one_element_of_an_array_fits_all() -> None:
    where = Where().element("relatedParty", role="customer", id="O'Hara")
    assert where.params == (
        ("filter", "$[?(@.relatedParty[?(@.role=='customer' && @.id=='O\\'Hara')])]"),
    )


def test_a_plus_in_a_date_and_signs_of_all_kinds_arrive_as_they_were(
    server: Server, client: Client
) -> None:
    server.says([])
    client.orders.page(Where().from_("orderDate", AUTUMN).equal("note.text", "50 % & more=Ærø+1"))
    assert "orderDate.gte=2026-11-20T09%3A30%3A00%2B01%3A00" in server.requests[0].raw_query
    assert "+" not in server.requests[0].raw_query
    assert ("note.text", '"50 % & more=Ærø+1"') in server.requests[0].query


@pytest.mark.parametrize("attribute", ["", "fields", "offset", "filter", "sort.gt"])
def test_reserved_names_are_no_attributes(attribute: str) -> None:
    with pytest.raises(ValueError, match="no attribute"):
        Where().equal(attribute, "x")


def test_mistakes_of_the_caller_are_named() -> None:
    with pytest.raises(ValueError, match="offset"):
        Where().from_("orderDate", AUTUMN.replace(tzinfo=None))
    with pytest.raises(ValueError, match="value"):
        Where().equal("name")
    with pytest.raises(ValueError, match="condition"):
        Where().element("relatedParty")


def test_utc_is_written_with_its_offset() -> None:
    where = Where().from_("orderDate", AUTUMN.astimezone(UTC))
    assert where.params[0][1].endswith("+00:00")


@given(st.text(min_size=1))
def test_a_value_without_quotes_is_read_back_by_taking_the_outer_ones_off(value: str) -> None:
    sent = Where().equal("name", value).params[0][1]
    outer = sent[0] if sent[0] in "\"'" and sent[0] == sent[-1] and len(sent) > 1 else ""
    assert (sent[1:-1] if outer else sent) == value
