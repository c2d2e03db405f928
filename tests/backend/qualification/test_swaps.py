"""A choice can be changed: what may take its place is offered, what cannot stay is named."""

from __future__ import annotations

import itertools

import pytest

from tests.backend.qualification.test_choices import address, ask, codes, reasons
from tests.support.backend import RunningBackend

GLIMT = {"F02": 1, "F07": 1, "F13": 1, "T02": 1, "S01": 1}


def test_another_package_may_take_the_place_of_the_one_picked(
    operator_backend: RunningBackend,
) -> None:
    home = address(operator_backend, "QX4 7TR 14 Pebblewick")
    answer = ask(operator_backend, addressId=home, picks=GLIMT)
    assert {"T01", "T03", "S02", "F08", "F01", "F03", "F14"} <= codes(answer)
    assert answer["missing"] == []


def test_what_may_not_replace_it_says_why_and_not_that_one_is_picked(
    operator_backend: RunningBackend,
) -> None:
    home = address(operator_backend, "QX4 7TR 14 Pebblewick")
    picks = {**GLIMT, "M03": 1, "M10": 1, "X02": 1}
    answer = ask(operator_backend, addressId=home, picks=picks)
    assert "T01" not in codes(answer)
    texts = set(reasons(answer, "T01"))
    assert texts
    assert "R74" not in texts


def test_picks_that_cannot_stay_are_still_shown_but_not_offered(
    operator_backend: RunningBackend,
) -> None:
    answer = ask(operator_backend, picks={**GLIMT, "M01": 1, "M10": 1})
    offered = {offer["id"]: offer["offerable"] for offer in answer["offers"] if offer["picked"]}
    assert offered == {**dict.fromkeys(GLIMT, False), "M01": True, "M10": True}


def test_every_offer_is_either_shown_or_hidden_with_reasons(
    operator_backend: RunningBackend,
) -> None:
    home = address(operator_backend, "QX4 7TR 14 Pebblewick")
    for some in itertools.combinations(GLIMT, 2):
        answer = ask(operator_backend, addressId=home, picks=dict.fromkeys(some, 1))
        hidden = {each["id"] for each in answer["hidden"]}
        assert len(codes(answer) | hidden) == 75
        assert not codes(answer) & hidden
        assert all(each["reasons"] for each in answer["hidden"])


@pytest.mark.parametrize(("user", "expected"), [("agent", 4), ("reseller", 1)])
def test_a_partner_sells_for_himself_only(
    operator_backend: RunningBackend, user: str, expected: int
) -> None:
    answer = ask(operator_backend, user)
    assert len(answer["resellers"]) == expected
