"""Visits in a flow: the time chosen with the customer, moved later, missed, given back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from backend.appointment import rules as appointment
from backend.appointment.slots import Slot
from backend.appointment.visits import Visits
from backend.flows.adapters.engineers import EngineerCalendar
from backend.flows.simulators.dials import Dial
from backend.rest.errors import PreconditionFailed, Refused
from backend.rest.resource import Context, Document
from tests.backend.flows.conftest import MAREN, Operation, now
from tests.backend.flows.test_families import address, at, flows_of

VISITOR = replace(
    MAREN, rights=MAREN.rights | {f"appointment.{verb}" for verb in ("read", "create", "update")}
)
HOME = ("F02", "F07", "F13")


@dataclass(frozen=True)
class Desk:
    """Somebody who books and moves visits to one address."""

    operation: Operation
    place: str

    @property
    def calendar(self) -> EngineerCalendar:
        return EngineerCalendar(self.operation.flows.network)

    @property
    def visits(self) -> Visits:
        moved = self.operation.flows.rebooking.moved
        return Visits(self.operation.database, self.calendar, moved)

    def at(self, connection: sa.Connection) -> Context:
        return Context(connection, VISITOR, self.operation.clock(), "test")

    def free(self) -> list[Slot]:
        asked = {"relatedPlace": {"id": self.place, "role": "visit"}}
        found = self.visits.search(self.at, asked)["availableTimeSlot"]
        return [appointment.slot_of(slot) for slot in found]

    def book(self, slot: Slot, identity: str) -> Document:
        """A visit at a time chosen with the customer, for no order yet."""
        wish = {"relatedPlace": {"id": self.place, "role": "visit"}, "validFor": slot.period}
        booked = self.visits.book(self.at, wish, identity)
        with self.operation.at(VISITOR) as context:
            return self.visits.keep(context, booked, identity).document

    def move(self, visit: str, slot: Slot) -> None:
        write = self.visits.change(
            self.at, visit, lambda before: {**before, "validFor": slot.period}, None
        )
        with self.operation.at(VISITOR) as context:
            write(context)

    def of_order(self, order: Document) -> list[Document]:
        with self.operation.at(VISITOR) as context:
            return appointment.of_order(context, order["id"])


@pytest.fixture
def desk(operation: Operation) -> Desk:
    return Desk(operation, address(operation, "gpon"))


def waits_for_the_day(desk: Desk, *items: Document) -> tuple[Document, str, str]:
    """An order whose engineer is booked and comes some day; customer, order and flow."""
    operation = desk.operation
    operation.flows.simulators.turn("calendar", "remind", Dial(timedelta(days=400)))
    edda = operation.customer()
    order = operation.place(edda, *items)
    flow = flows_of(operation, order)["PF04"]
    return order, flow, edda


def test_the_time_that_was_chosen_is_taken_over(desk: Desk) -> None:
    chosen = desk.free()[3]
    visit = desk.book(chosen, "chosen")
    items = at(desk.place, *HOME)
    items[2]["appointment"] = {"id": visit["id"]}
    order, flow, _edda = waits_for_the_day(desk, *items)
    with desk.operation.working():
        desk.operation.until_step(flow, "day-before", "active")
    (found,) = desk.of_order(order)
    assert (found["id"], found["status"]) == (visit["id"], "confirmed")
    assert desk.operation.heard("calendar").count("book-visit") == 1


def test_a_visit_that_is_moved_is_told_again(desk: Desk) -> None:
    operation = desk.operation
    order, flow, edda = waits_for_the_day(desk, *at(desk.place, *HOME))
    with operation.working():
        operation.until_step(flow, "day-before", "active")
        (visit,) = desk.of_order(order)
        later = desk.free()[-1]
        desk.move(visit["id"], later)
    assert operation.letters(edda).count("LT09") == 2
    with operation.at() as context:
        task = operation.tasks(flow)["visit-booked"].id
        result = operation.flows.progress.work(context, task).result("visit-booked")
    assert result["visit.day"] == later.day.isoformat()
    assert desk.of_order(order)[0]["validFor"] == later.period


@pytest.mark.long
def test_what_is_for_another_order_can_not_be_taken(desk: Desk) -> None:
    operation = desk.operation
    order, flow, _edda = waits_for_the_day(desk, *at(desk.place, *HOME))
    with operation.working():
        operation.until_step(flow, "day-before", "active")
    taken = desk.of_order(order)[0]["id"]
    items = at(desk.place, *HOME)
    items[2]["appointment"] = {"id": taken}
    _other, second, _torvald = waits_for_the_day(desk, *items)
    with operation.working():
        operation.until_step(second, "visit-booked", "hold")
    assert operation.states(second)["visit-booked"] == "refused"


def test_a_cancelled_order_gives_its_time_back(desk: Desk) -> None:
    operation, free = desk.operation, desk.free()
    order, flow, _edda = waits_for_the_day(desk, *at(desk.place, *HOME))
    with operation.working():
        operation.until_step(flow, "day-before", "active")
        with operation.at() as context:
            operation.flows.engine.cancel_order(context, operation.order(order))
        operation.until(flow, "cancelled")
    assert desk.of_order(order)[0]["status"] == "cancelled"
    assert desk.free() == free


@pytest.mark.long
def test_after_a_missed_visit_there_is_another(desk: Desk) -> None:
    operation = desk.operation
    operation.flows.simulators.turn("calendar", "watch-visit", Dial(timedelta(0), refused=1.0))
    order = operation.place(operation.customer(), *at(desk.place, *HOME))
    flow = flows_of(operation, order)["PF04"]
    with operation.working():
        operation.until_step(flow, "second-visit", "active")
    assert [visit["status"] for visit in desk.of_order(order)] == ["failed", "failed"]
    first, second = (appointment.slot_of(visit) for visit in desk.of_order(order))
    assert first != second


def test_from_noon_of_the_day_before_nobody_moves_it(desk: Desk) -> None:
    visit, later = desk.book(desk.free()[0], "soon"), desk.free()[-1]
    slot = appointment.slot_of(visit)
    appointment.require_movable(visit, slot.change_until - timedelta(seconds=1))
    with pytest.raises(Refused) as refused:
        appointment.require_movable(visit, slot.change_until)
    assert refused.value.code == "tooLate"
    assert later > slot
    assert now() < slot.change_until


def test_who_is_slower_leaves_the_calendar_as_it_is_written_down(desk: Desk) -> None:
    free = desk.free()
    visit, (quick, slow) = desk.book(free[0], "race")["id"], free[1:3]
    late = desk.visits.change(
        desk.at, visit, lambda before: {**before, "validFor": slow.period}, None
    )
    desk.move(visit, quick)
    with pytest.raises(PreconditionFailed), desk.operation.at(VISITOR) as context:
        late(context)
    desk.visits.put_right(desk.at, visit)
    with desk.operation.at(VISITOR) as context:
        assert appointment.slot_of(appointment.find(context, visit)) == quick
    with desk.operation.database.read() as connection:
        kept = connection.execute(sa.text("SELECT day, half FROM simulated_visit")).one()
    assert tuple(kept) == (quick.day, quick.begins)
