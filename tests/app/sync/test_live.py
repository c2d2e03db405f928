"""What changes on the server is told here without asking."""

from __future__ import annotations

from app.changes import Change, Kind
from app.sync.live import LAST_EVENT
from app.workplace import Workplace
from tests.support.backend import RunningBackend
from tests.support.desk import creation
from tests.support.waiting import eventually


def told_by_events(workplace: Workplace) -> list[Change]:
    told: list[Change] = []
    workplace.changes.watch(
        lambda change: told.append(change) if change.origin == "events" else None
    )
    return told


def test_a_new_customer_is_told_with_the_number(workplace: Workplace) -> None:
    told = told_by_events(workplace)
    made = workplace.sender.submit(creation(workplace.user.id)).created
    assert made is not None
    eventually(lambda: any(made.customer_id in change.ids for change in told))
    assert Kind.CUSTOMER in {change.kind for change in told}


def test_what_happened_while_the_line_was_gone_is_told_afterwards(
    workplace: Workplace, operator: RunningBackend
) -> None:
    told = told_by_events(workplace)
    workplace.sender.submit(creation(workplace.user.id))
    eventually(lambda: bool(told))
    operator.offline()
    told.clear()
    operator.online()
    command = creation(workplace.user.id, "Dagny")
    operator.call("PUT", f"/desk-api/v1/creation/{command.id}", data=command.payload)
    eventually(lambda: bool(told))


def test_the_last_event_is_noted_for_the_next_start(workplace: Workplace) -> None:
    told = told_by_events(workplace)
    workplace.sender.submit(creation(workplace.user.id))
    eventually(lambda: bool(told))
    workplace.live.stop()
    eventually(lambda: bool(workplace.store.preferences.get(LAST_EVENT, "")))
