"""The table of rights: what each role may, and that all else is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.access.rights import Level, Rights, parse_rights, read_rights

RIGHTS = read_rights()
NAMES = st.sampled_from(sorted(RIGHTS.plain) + sorted(RIGHTS.limited))
ROLES = st.sets(st.sampled_from(sorted(RIGHTS.roles)))


@pytest.mark.parametrize(
    ("role", "right", "level"),
    [
        ("agent", "customer.read", Level.FULL),
        ("reseller", "customer.read", Level.OWN),
        ("it", "customer.read", Level.NONE),
        ("product", "customer.read", Level.NONE),
        ("supervisor", "customer.erase", Level.SECOND),
        ("agent", "pin.reset", Level.NONE),
        ("senior", "pin.reset", Level.FULL),
        ("supervisor", "number.platinum", Level.FULL),
        ("senior", "number.platinum", Level.NONE),
        ("auditor", "audit.read", Level.FULL),
        ("auditor", "customer.update", Level.NONE),
    ],
)
def test_the_table_says_what_the_operator_decided(role: str, right: str, level: Level) -> None:
    assert RIGHTS.level([role], right) is level


@pytest.mark.parametrize(
    ("role", "right", "amount", "level"),
    [
        ("agent", "price.override", "0.01", Level.NONE),
        ("senior", "price.override", "5", Level.FULL),
        ("senior", "price.override", "5.01", Level.NONE),
        ("supervisor", "price.override", "15", Level.FULL),
        ("supervisor", "price.override", "15.01", Level.SECOND),
        ("supervisor", "price.override", "100", Level.SECOND),
        ("agent", "credit.note", "10", Level.FULL),
        ("agent", "credit.note", "10.01", Level.NONE),
        ("senior", "credit.note", "50", Level.FULL),
        ("supervisor", "credit.note", "250.00", Level.FULL),
        ("supervisor", "credit.note", "250.01", Level.NONE),
        ("supervisor", "credit.note", "-1", Level.NONE),
        ("supervisor", "credit.note", "NaN", Level.NONE),
    ],
)
def test_a_limited_right_goes_as_far_as_the_amount(
    role: str, right: str, amount: str, level: Level
) -> None:
    assert RIGHTS.level([role], right, Decimal(amount)) is level


def test_a_limited_right_without_an_amount_is_refused() -> None:
    assert RIGHTS.level(["supervisor"], "credit.note") is Level.NONE


def test_what_the_table_does_not_name_nobody_may() -> None:
    assert RIGHTS.level(RIGHTS.roles, "customer.sell-to-pirates") is Level.NONE
    assert RIGHTS.level(["intruder"], "customer.read") is Level.NONE
    assert RIGHTS.level([], "customer.read") is Level.NONE


def test_administrators_of_the_machines_see_no_customer() -> None:
    assert not any(
        name.startswith(("customer.", "usage.", "letter.", "order.", "pin.", "puk."))
        for name in RIGHTS.held(["it"])
    )


def test_a_right_that_needs_a_second_person_is_not_held_alone() -> None:
    assert "customer.erase" not in RIGHTS.held(["supervisor"])
    assert RIGHTS.levels(["supervisor"])["customer.erase"] == "second"


def test_a_limited_right_is_held_by_who_has_some_of_it() -> None:
    assert "price.override" in RIGHTS.held(["senior"])
    assert "price.override" not in RIGHTS.held(["agent"])


@given(ROLES, ROLES, NAMES, st.decimals("0", "500"))
def test_another_role_never_takes_a_right_away(
    few: set[str], more: set[str], right: str, amount: Decimal
) -> None:
    assert RIGHTS.level(few | more, right, amount) >= RIGHTS.level(few, right, amount)


def table(rights: str, limited: str = "") -> Rights:
    return parse_rights(f'roles = ["agent"]\n[rights]\n{rights}\n[limited]\n{limited}')


def test_a_role_that_does_not_exist_is_found_when_the_table_is_read() -> None:
    with pytest.raises(ValueError, match="roles that do not exist"):
        table('"a.b" = { ghost = "x" }')


def test_a_level_that_does_not_exist_is_found_when_the_table_is_read() -> None:
    with pytest.raises(ValueError, match="no such level"):
        table('"a.b" = { agent = "perhaps" }')
