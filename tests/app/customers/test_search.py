"""One box for everything, against the real backend."""

from __future__ import annotations

import time

import pytest

from app.customers.search import CustomerSearch
from app.store.kinds import Kind
from app.workplace import Workplace
from backend_client import Unreachable
from tests.app.store.people import EVERYBODY
from tests.support.backend import RunningBackend
from tests.support.desk import creation
from tests.support.waiting import eventually


def test_this_machine_answers_without_the_server(
    workplace: Workplace, operator: RunningBackend
) -> None:
    workplace.store.customers.put_many(EVERYBODY, workplace.clock())
    operator.offline()
    answer = workplace.customers.here("marr")
    assert {row.name for row in answer.rows} >= {"Edda Marrowby", "Anselm Marrowby"}
    assert answer.kind is Kind.NAME
    assert answer.total == len(EVERYBODY)
    assert not answer.from_server


def test_an_empty_box_finds_nobody(workplace: Workplace) -> None:
    here = workplace.customers.here("  ")
    assert here.rows == ()
    assert workplace.customers.everywhere(here) is here


def test_the_server_adds_whom_this_machine_does_not_know(workplace: Workplace) -> None:
    made = workplace.sender.submit(creation(workplace.user.id)).created
    assert made is not None
    workplace.store.customers.remove([made.customer_id], workplace.clock())
    here = workplace.customers.here("netherfold")
    found = workplace.customers.everywhere(here)
    assert [row.id for row in found.rows] == [made.customer_id]
    assert found.rows[0].name == "Jorun Netherfold"
    assert found.rows[0].matched == ((6, 16),)
    assert found.from_server


def test_who_is_known_here_is_not_shown_twice(workplace: Workplace) -> None:
    workplace.sender.submit(creation(workplace.user.id))
    eventually(lambda: bool(workplace.customers.here("netherfold").rows))
    found = workplace.customers.everywhere(workplace.customers.here("netherfold"))
    assert len(found.rows) == 1


def test_a_server_that_is_gone_is_said(workplace: Workplace, operator: RunningBackend) -> None:
    here = workplace.customers.here("marr")
    operator.offline()
    with pytest.raises(Unreachable):
        workplace.customers.everywhere(here)


def test_a_server_without_a_search_is_not_asked(
    workplace: Workplace, operator: RunningBackend
) -> None:
    operator.offline()
    search = CustomerSearch(workplace.client, workplace.store, time.perf_counter, frozenset())
    here = search.here("marr")
    assert search.everywhere(here) is here


def test_who_was_looked_at_is_found_first(workplace: Workplace) -> None:
    workplace.store.customers.put_many(EVERYBODY, workplace.clock())
    last = workplace.customers.here("marr").rows[-1]
    workplace.customers.opened(last.id)
    assert last.id in {row.id for row in workplace.customers.here("marr").rows}
