"""Holds: for one draft, for a quarter of an hour, never for two at once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from backend.database import Database
from backend.numbers import rules
from backend.numbers.rules import NumberTaken, State
from backend.rest.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from backend.rest.resource import Context
from tests.backend.numbers.conftest import COSMO, MAREN, NOW, RESELLER, SUPERVISOR, At

MINUTE = timedelta(minutes=1)
SILVER = "07700900477"


def state(context: Context, value: str) -> State:
    return rules.find(context, [value])[0].state


def test_a_hold_lasts_fifteen_minutes_and_no_longer(at: At) -> None:
    with at() as context:
        held = rules.hold(context, "draft", [SILVER])
        assert held.until == NOW + 15 * MINUTE
        assert state(context, SILVER) is State.HELD
    with at(COSMO, NOW + 14 * MINUTE) as context, pytest.raises(NumberTaken):
        rules.hold(context, "other", [SILVER])
    with at(COSMO, NOW + 15 * MINUTE) as context:
        assert state(context, SILVER) is State.FREE
        rules.hold(context, "other", [SILVER])


def test_typing_prolongs_a_hold(at: At) -> None:
    with at() as context:
        held = rules.hold(context, "draft", [SILVER])
    with at(moment=NOW + 10 * MINUTE) as context:
        assert rules.prolong(context, held.id).until == NOW + 25 * MINUTE
    with at(COSMO, NOW + 24 * MINUTE) as context:
        assert state(context, SILVER) is State.HELD


def test_a_hold_that_ran_out_comes_back_unless_somebody_took_the_number(at: At) -> None:
    with at() as context:
        held = rules.hold(context, "draft", [SILVER])
    with at(moment=NOW + 20 * MINUTE) as context:
        assert rules.state_of(context, held) == "expired"
        assert rules.prolong(context, held.id).until == NOW + 35 * MINUTE
    with at(COSMO, NOW + 40 * MINUTE) as context:
        rules.hold(context, "other", [SILVER])
    with at(moment=NOW + 41 * MINUTE) as context, pytest.raises(NumberTaken):
        rules.prolong(context, held.id)


def test_who_comes_second_is_told_the_nearest_free_number_of_the_grade(at: At) -> None:
    with at() as context:
        rules.hold(context, "draft", [SILVER])
    with at(COSMO) as context, pytest.raises(NumberTaken) as refusal:
        rules.hold(context, "other", [SILVER])
    assert refusal.value.reason == "07700 900477 was taken meanwhile."
    assert refusal.value.alternative == "07700900474"


def test_holding_the_same_for_the_same_draft_again_is_the_same_reservation(at: At) -> None:
    with at() as context:
        first = rules.hold(context, "draft", [SILVER, "07700900446"])
    with at(moment=NOW + MINUTE) as context:
        again = rules.hold(context, "draft", ["+44 7700 900446", "07700 900477"])
    assert (again.id, again.until) == (first.id, NOW + 16 * MINUTE)


def test_a_draft_may_regroup_its_own_numbers(at: At) -> None:
    with at() as context:
        first = rules.hold(context, "draft", [SILVER])
        second = rules.hold(context, "draft", [SILVER, "07700900446"])
        assert rules.find_reservation(context, first.id).state == "cancelled"
        assert second.numbers == ("07700900446", SILVER)
        assert rules.hold(context, "draft", [SILVER]).id == second.id
        rules.hold(context, "draft", [SILVER, "07700900449"])
        assert rules.prolong(context, second.id).settled == (SILVER,)


def test_of_several_numbers_all_are_held_or_none(at: At) -> None:
    with at() as context:
        rules.hold(context, "draft", [SILVER])
    with pytest.raises(NumberTaken), at(COSMO) as context:
        rules.hold(context, "other", ["07700900401", SILVER])
    with at() as context:
        assert state(context, "07700900401") is State.FREE


def test_a_hold_dies_with_its_draft(at: At) -> None:
    with at() as context:
        rules.hold(context, "draft", [SILVER])
        rules.hold(context, "draft", ["07700900401"])
        rules.hold(context, "second draft", ["07700900402"])
        rules.release_draft(context, "draft")
        states = [one.state for one in rules.find(context, ["07700900401", SILVER, "07700900402"])]
        assert states == [State.FREE, State.HELD, State.FREE]
        assert {one.state for one in rules.own_reservations(context, "draft")} == {"cancelled"}


def test_releasing_twice_is_no_fault_and_does_not_touch_the_next_holder(at: At) -> None:
    with at() as context:
        held = rules.hold(context, "draft", [SILVER])
        rules.release(context, held.id)
    with at(COSMO) as context:
        rules.hold(context, "other", [SILVER])
    with at() as context:
        rules.release(context, held.id)
        assert state(context, SILVER) is State.HELD
        with pytest.raises(Conflict, match="has ended"):
            rules.prolong(context, held.id)
        with pytest.raises(NotFound):
            rules.release(context, "never made")


def test_platinum_needs_a_supervisor_who_may_hold_it_for_the_agents_draft(at: At) -> None:
    with at() as context, pytest.raises(Forbidden, match="Platinum"):
        rules.hold(context, "draft", ["07700900444"])
    with at(SUPERVISOR) as context:
        held = rules.hold(context, "draft", ["07700900444"])
    with at() as context:
        assert rules.prolong(context, held.id).numbers == ("07700900444",)
        assert rules.assign(context, "07700900444", "product", held.id).state is State.ASSIGNED


def test_a_reseller_cannot_touch_what_others_hold(at: At) -> None:
    with at() as context:
        held = rules.hold(context, "draft", [SILVER])
    with at(RESELLER) as context, pytest.raises(NotFound):
        rules.release(context, held.id)


def test_numbers_that_do_not_exist_and_empty_wishes_are_refused(at: At) -> None:
    with at() as context:
        with pytest.raises(Refused):
            rules.hold(context, "draft", ["07911123456"])
        with pytest.raises(Invalid):
            rules.hold(context, "draft", [])


def test_a_quote_keeps_its_numbers_for_twenty_eight_days(at: At) -> None:
    with at() as context:
        held = rules.hold(context, "draft", [SILVER])
        kept = rules.keep(context, held.id)
        assert kept.until == NOW + timedelta(days=28)
        assert rules.prolong(context, held.id).until == kept.until
    with at(COSMO, NOW + timedelta(days=27)) as context, pytest.raises(NumberTaken):
        rules.hold(context, "other", [SILVER])
    with at(COSMO, NOW + timedelta(days=28)) as context:
        assert state(context, SILVER) is State.FREE


def test_an_order_keeps_one_number_of_a_hold_and_leaves_the_others(at: At) -> None:
    with at() as context:
        held = rules.hold(context, "draft", [SILVER, "07700900401"])
        kept = rules.reserve(context, "order:1", SILVER, held.id)
        assert kept.until == NOW + timedelta(days=28)
        assert state(context, SILVER) is State.RESERVED
        assert state(context, "07700900401") is State.HELD
        rules.release(context, held.id)
        assert state(context, SILVER) is State.RESERVED
        rules.release_draft(context, "order:1")
        assert state(context, SILVER) is State.FREE
    with at(COSMO) as context:
        rules.reserve(context, "order:2", SILVER)
    with at() as context, pytest.raises(NumberTaken):
        rules.reserve(context, "order:3", SILVER)
    with at() as context, pytest.raises(Forbidden):
        rules.reserve(context, "order:3", "07700900777")


def test_the_next_free_numbers_come_in_order_and_pass_over_what_is_being_taken(
    at: At,
) -> None:
    with at() as first, at(COSMO) as second:
        mine = rules.hold_next(first, "draft", 3)
        others = rules.hold_next(second, "other", 2)
        assert not set(mine.numbers) & set(others.numbers)
        assert mine.numbers == ("07700900013", "07700900014", "07700900015")
    with at() as context, pytest.raises(Conflict, match="Only"):
        rules.hold_next(context, "draft", 50, grade="platinum", prefix="07700900")


def test_fifty_seekers_at_once_never_get_the_same_number(numbers: Database) -> None:
    """Half take named numbers from the same ten, half the next free: no number twice."""
    database = Database(numbers.url, pool_size=50)
    start = threading.Barrier(50)

    def seek(seeker: int) -> Sequence[str]:
        got: list[str] = []
        with database.begin() as connection:
            connection.execute(sa.text("SELECT 1"))
        start.wait()
        for turn in range(4):
            try:
                with database.begin() as connection:
                    context = Context(connection, MAREN, NOW, "test")
                    draft = f"draft {seeker}"
                    if seeker % 2:
                        named = f"077009000{12 + (seeker + turn) % 10}"
                        got += rules.hold(context, draft, [named]).numbers
                    else:
                        got += rules.hold_next(context, draft, 2).numbers
            except NumberTaken:
                continue
        return got

    with ThreadPoolExecutor(50) as pool:
        taken = [number for got in pool.map(seek, range(50)) for number in set(got)]
    database.close()
    assert len(taken) == len(set(taken))
    assert len(taken) >= 25 * 4 * 2
    query = sa.text("SELECT count(*) FROM telephone_number WHERE state = 'held'")
    with numbers.read() as connection:
        assert connection.scalar(query) == len(taken)
