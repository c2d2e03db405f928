"""Numbers that are read over the phone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.database import Database
from backend.identifiers import Kind, format_number, next_number, verify

serials = st.integers(0, 9_999_999)


@given(st.sampled_from(Kind), serials)
def test_a_number_is_right_as_it_was_made(kind: Kind, serial: int) -> None:
    number = format_number(kind, serial)
    assert verify(number)
    assert verify(number, kind)
    assert not any(verify(number, other) for other in Kind if other is not kind)


@given(serials, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(serial: int, place: int, more: int) -> None:
    number = format_number(Kind.ORDER, serial)
    index = [at for at, sign in enumerate(number) if sign.isdigit()][place]
    wrong = str((int(number[index]) + more) % 10)
    assert not verify(number[:index] + wrong + number[index + 1 :])


@given(serials, st.integers(0, 5))
def test_two_swapped_digits_are_noticed(serial: int, place: int) -> None:
    number = format_number(Kind.CUSTOMER, serial)
    index = 3 + place
    swapped = number[:index] + number[index + 1] + number[index] + number[index + 2 :]
    assert swapped == number or not verify(swapped)


@pytest.mark.parametrize("text", ["", "KF-1-2", "KX-0000001-3", "kf-0000001-3", " KF-0000001-3"])
def test_other_texts_are_no_numbers(text: str) -> None:
    assert not verify(text)


@pytest.mark.parametrize("serial", [-1, 10_000_000])
def test_a_serial_must_fit(serial: int) -> None:
    with pytest.raises(ValueError, match="seven digits"):
        format_number(Kind.ORDER, serial)


def test_each_kind_counts_for_itself(database: Database) -> None:
    with database.begin() as connection:
        drawn = [next_number(connection, kind) for kind in [*Kind, *Kind]]
    assert len(set(drawn)) == 10
    assert all(verify(number) for number in drawn)
