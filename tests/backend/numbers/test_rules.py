"""The life of a number: use, rest, ports, freezes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from backend.database import Database
from backend.numbers import rules
from backend.numbers.rules import NumberTaken, State
from backend.numbers.states import MOVES
from backend.rest.errors import Conflict, Forbidden, Invalid, NotFound, Problem, Refused
from backend.rest.resource import Context
from tests.backend.numbers.conftest import COSMO, MAREN, NOW, SUPERVISOR, At

DAY = timedelta(days=1)
PLAIN = "07700900401"
GOLD = "07700900345"


def test_numbers_are_understood_however_they_are_written() -> None:
    spellings = ("07700 900401", "+44 7700 900401", "0044 7700-900401", "+44 (0)7700 900401")
    assert {rules.national(text) for text in spellings} == {PLAIN}


def test_an_order_that_names_no_number_gets_the_next_free_standard_one(at: At) -> None:
    with at() as context:
        number = rules.next_free(context, "mobile")
        assert (number.value, number.grade.value) == ("07700900013", "standard")
        assert rules.assign(context, number.value, "product").state is State.ASSIGNED
        assert rules.next_free(context, "mobile").value == "07700900014"
        assert rules.next_free(context, "mobile", "prepaid").value == "07700900801"
        assert [one.value for one in rules.of_product(context, "product")] == ["07700900013"]


def test_a_pool_that_is_empty_says_so(at: At) -> None:
    with at() as context, pytest.raises(Conflict, match="no free number"):
        rules.next_free(context, "satellite")


def test_assigning_completes_the_reservation_and_may_be_repeated(at: At) -> None:
    with at() as context:
        held = rules.hold(context, "draft", [PLAIN, "07700900402"])
        rules.assign(context, PLAIN, "one", held.id)
        assert rules.keep(context, held.id).state == "reserved"
        rules.assign(context, "07700900402", "two", held.id)
        assert rules.find_reservation(context, held.id).state == "completed"
        assert rules.assign(context, PLAIN, "one", held.id).product_id == "one"
        with pytest.raises(NumberTaken):
            rules.assign(context, PLAIN, "another", held.id)


def test_nobody_assigns_what_another_draft_holds(at: At) -> None:
    with at() as context:
        rules.hold(context, "draft", [PLAIN])
    with at(COSMO) as context, pytest.raises(NumberTaken):
        rules.assign(context, PLAIN, "product")


def test_a_free_platinum_number_is_not_assigned_without_the_right(at: At) -> None:
    with at() as context, pytest.raises(Forbidden):
        rules.assign(context, "07700900444", "product")
    with at(SUPERVISOR) as context:
        rules.assign(context, "07700900444", "product")


@pytest.mark.parametrize(("value", "days"), [(PLAIN, 90), (GOLD, 180)])
def test_a_number_rests_after_its_last_user(at: At, value: str, days: int) -> None:
    with at() as context:
        rules.assign(context, value, "product")
        resting = rules.quarantine(context, value)
        assert resting.until == NOW + days * DAY
        assert rules.quarantine(context, value) == resting
    with at(moment=NOW + (days - 1) * DAY) as context, pytest.raises(NumberTaken):
        rules.hold(context, "draft", [value])
    with at(moment=NOW + days * DAY) as context:
        rules.hold(context, "draft", [value])


def test_an_assignment_undone_before_use_needs_no_rest(at: At) -> None:
    with at() as context:
        rules.assign(context, PLAIN, "product")
        assert rules.unassign(context, PLAIN).state is State.FREE
        assert rules.unassign(context, PLAIN).state is State.FREE


def test_a_number_from_another_operator_comes_in_and_is_used(at: At) -> None:
    with at() as context:
        coming = rules.port_in(context, "07911 123456")
        assert (coming.display, coming.state) == ("07911 123456", State.PORTING_IN)
        assert rules.assign(context, coming.value, "product").state is State.ASSIGNED
        with pytest.raises(Refused):
            rules.port_in(context, coming.value)
        rules.port_in(context, "01632960007")
        assert rules.refuse_port_in(context, "01632960007").state is State.FREE
        with pytest.raises(Invalid):
            rules.port_in(context, "12345")


def test_a_number_that_leaves_works_until_it_has_left(at: At) -> None:
    with at() as context:
        rules.assign(context, PLAIN, "product")
        assert rules.start_port_out(context, PLAIN).product_id == "product"
        assert rules.cancel_port_out(context, PLAIN).state is State.ASSIGNED
        rules.start_port_out(context, PLAIN)
        assert rules.finish_port_out(context, PLAIN).state is State.FROZEN
    with at(moment=NOW + 400 * DAY) as context:
        with pytest.raises(NumberTaken):
            rules.hold(context, "draft", [PLAIN])
        assert rules.unfreeze(context, PLAIN).state is State.FREE


def test_a_complaint_blocks_the_release_of_a_resting_number(at: At) -> None:
    with at() as context:
        rules.assign(context, PLAIN, "product")
        rules.quarantine(context, PLAIN)
        rules.freeze(context, PLAIN, "Calls for a stranger arrive")
    with at(moment=NOW + 91 * DAY) as context, pytest.raises(NumberTaken):
        rules.hold(context, "draft", [PLAIN])
    with at(moment=NOW + 89 * DAY) as context:
        assert rules.unfreeze(context, PLAIN).state is State.QUARANTINE


def test_a_number_in_use_that_was_frozen_is_in_use_again(at: At) -> None:
    with at() as context:
        rules.assign(context, PLAIN, "product")
        assert rules.freeze(context, PLAIN, "Fraud is looked into").product_id == "product"
        assert rules.unfreeze(context, PLAIN).state is State.ASSIGNED


def test_a_lent_block_leaves_the_public_pool(at: At) -> None:
    with at() as context:
        lent = rules.lend(context.connection, "02079460500", "02079460599", "KF-1", NOW)
        assert lent == 100
        with pytest.raises(NotFound):  # there is no such customer, so nobody may use its pool
            rules.hold(context, "draft", ["02079460501"])
        with pytest.raises(Invalid):
            rules.next_free(context, "fixed", "customer")


def test_a_lent_number_is_only_for_its_customer(at: At) -> None:
    with at() as context:
        number = rules.find(context, ["02079460501"])[0]
        own = replace(number, pool="customer", customer_id="KF-1")
        rules.require_own_pool(own, "KF-1")
        rules.require_own_pool(number, "KF-2")
        with pytest.raises(Refused, match="kept for another customer"):
            rules.require_own_pool(own, "KF-2")


def test_a_number_goes_with_its_product_to_another_customer(at: At) -> None:
    with at() as context:
        rules.assign(context, PLAIN, "product", customer_id="KF-1")
        rules.hand_over(context, "product", "KF-2")
        (number,) = rules.of_product(context, "product")
        assert (number.value, number.used_by, number.state) == (PLAIN, "KF-2", State.ASSIGNED)


def test_tidying_writes_down_what_time_has_done(at: At) -> None:
    with at() as context:
        rules.hold(context, "draft", [PLAIN])
    with at(moment=NOW + DAY) as context:
        assert rules.tidy(context.connection, context.now) == 1
        assert rules.tidy(context.connection, context.now) == 0
        assert len(rules.own_reservations(context)) == 1
    with at(moment=NOW + 400 * DAY) as context:
        rules.tidy(context.connection, context.now)
        assert rules.own_reservations(context) == []


def test_every_move_is_announced(at: At) -> None:
    with at() as context:
        rules.hold(context, "draft", [PLAIN])
        query = sa.text("SELECT document->'event'->'resource'->>'resourceStatus' FROM event")
        assert list(context.connection.scalars(query)) == ["reserved"]


ACTIONS = (
    *("hold", "other", "prolong", "keep", "release", "assign", "reassign", "unassign"),
    *("quarantine", "port_in", "refuse_port_in", "start_port_out", "cancel_port_out"),
    *("finish_port_out", "freeze", "unfreeze"),
)


class NumberLife(RuleBasedStateMachine):
    """Any order of calls at any time: states move only as drawn, and facts fit the state."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.reservation = "none"
        with self.database.begin() as connection:
            connection.execute(
                sa.text(
                    "UPDATE telephone_number SET state = 'free', until = NULL, product_id = NULL,"
                    " reservation_id = NULL, frozen_reason = NULL WHERE value = :value"
                ),
                {"value": PLAIN},
            )
            connection.execute(sa.text("DELETE FROM number_reservation"))

    def state(self) -> State:
        with self.database.read() as connection:
            return rules.find(Context(connection, MAREN, self.now, "test"), [PLAIN])[0].state

    @rule(action=st.sampled_from(ACTIONS))
    def act(self, action: str) -> None:
        before = self.state()
        try:
            with self.database.begin() as connection:
                self.do(Context(connection, MAREN, self.now, "test"), action)
        except Problem:
            assert self.state() is before
            return
        after = self.state()
        through_rest = before is State.PORTING_OUT and after is State.FROZEN
        assert after is before or after in MOVES[before] or through_rest

    def do(self, context: Context, action: str) -> None:
        if action in {"hold", "other"}:
            self.reservation = rules.hold(context, action, [PLAIN]).id
        elif action in {"prolong", "keep", "release"}:
            getattr(rules, action)(context, self.reservation)
        elif action == "assign":
            rules.assign(context, PLAIN, "product", self.reservation)
        elif action == "reassign":
            rules.assign(context, PLAIN, "another product")
        elif action == "freeze":
            rules.freeze(context, PLAIN, "Looked into")
        else:
            getattr(rules, action)(context, PLAIN)

    @rule(minutes=st.sampled_from((1, 16, 60 * 24 * 29, 60 * 24 * 91)))
    @precondition(lambda self: self.now < NOW + 3000 * DAY)
    def wait(self, minutes: int) -> None:
        before = self.state()
        self.now += timedelta(minutes=minutes)
        assert self.state() is before or (before.ends and self.state() is State.FREE)

    @invariant()
    def only_reserved_or_held_numbers_belong_to_a_live_reservation(self) -> None:
        with self.database.read() as connection:
            context = Context(connection, MAREN, self.now, "test")
            live = [
                one
                for draft in ("hold", "other")
                for one in rules.own_reservations(context, draft)
                if rules.state_of(context, one) == "reserved"
            ]
        assert len(live) == (self.state() in {State.HELD, State.RESERVED})


def test_a_number_lives_only_as_its_states_allow(numbers: Database) -> None:
    class Here(NumberLife):
        database = numbers

    run_state_machine_as_test(
        Here, settings=settings(max_examples=20, stateful_step_count=20, deadline=None)
    )
