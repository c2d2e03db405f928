"""What is asked of the server about an order, and what its answers mean."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import msgspec
import pytest

from app.orders.amending import Wanted
from app.orders.desk import CAPABILITY, OrderDesk, Stopping
from app.orders.options import Options
from app.orders.unfinished import Unfinished
from backend_client import Client, Conflict, Rejected
from backend_client.appointment import Appointment, TimeSlot
from backend_client.catalog import (
    ProductOffering,
    ProductSpecification,
    SpecificationCharacteristic,
)
from backend_client.collection import Version
from backend_client.decoding import read
from backend_client.errors import Trace
from backend_client.ordering import CancelProductOrder, ProductOrder
from backend_client.records import Ref, RelatedEntity, TimePeriod
from tests.support import edda
from tests.support.account_views import view_of
from tests.support.fake_orders import OPEN, SLOTS, Kept

TRACE = Trace(method="GET", route="/order")
ORDER: dict[str, Any] = {
    "id": "o1",
    "productOrderItem": [
        {
            "id": "1",
            "action": "add",
            "productOffering": {"id": "M03", "name": "Skarv 100"},
            "product": {"place": [{"id": "A-1"}]},
        },
        {"id": "2", "action": "add", "productOffering": {"id": "M99"}, "product": {}},
    ],
}
LINE = ProductSpecification(
    product_spec_characteristic=(SpecificationCharacteristic(name="userName", configurable=True),)
)


class Server:
    """Plays the parts of the client that the desk uses, and notes what was changed."""

    def __init__(self) -> None:
        self.order = ORDER
        self.state: str | None = "done"
        self.changes: list[tuple[str, Any, str]] = []
        self.orders = SimpleNamespace(
            options=lambda _id: OPEN,
            get=lambda _id: self.record(),
            read=lambda _id: Version(self.record(), msgspec.json.encode(self.order), '"7"'),
            change=self._change,
            begin_now=lambda order_id: self.changes.append((order_id, "begin", "")),
        )
        self.order_cancellations = SimpleNamespace(
            ask=lambda _id, _reason, key: CancelProductOrder(id=key, state=self.state),
            undo=lambda _id: CancelProductOrder(state=self.state),
        )
        self.offerings = SimpleNamespace(get=self._offering)
        self.specifications = SimpleNamespace(get=lambda _id: LINE)
        self.appointments = SimpleNamespace(
            free=self._free,
            page=lambda _where, **_more: SimpleNamespace(records=(Appointment(id="v2"),)),
            change=lambda visit, patch, key: self.changes.append((visit, patch, key)),
        )
        self.messages = SimpleNamespace(
            create=lambda wanted, key: self.changes.append(("message", wanted, key))
        )
        self.serves_visits = True
        self.faster = 0
        self.asked_at = ""

    def record(self) -> ProductOrder:
        return read(msgspec.json.encode(self.order), ProductOrder, TRACE)

    def _change(self, version: Version[ProductOrder], patch: Any, key: str) -> None:
        if self.faster:
            self.faster -= 1
            raise Conflict("This was changed in the meantime.", trace=TRACE)
        self.changes.append((str(version.etag), patch, key))

    def _offering(self, code: str) -> ProductOffering:
        if code == "M99":
            raise Rejected("There is no such productOffering.", trace=TRACE)
        return ProductOffering(id=code, product_specification=Ref(id="mobile-line"))

    def _free(self, *, place_id: str, about: tuple[RelatedEntity, ...]) -> tuple[TimeSlot, ...]:
        if not self.serves_visits:
            raise Rejected("There is no such thing.", trace=TRACE)
        self.asked_at = f"{place_id} {about[0].id}"
        times = TimePeriod(start_date_time=SLOTS[0].start, end_date_time=SLOTS[0].end)
        return (TimeSlot(id="S-24-12", valid_for=times),)


@pytest.fixture
def server() -> Server:
    return Server()


def desk(server: Server, *capabilities: str) -> OrderDesk:
    client = cast("Client", server)
    return OrderDesk(client, Unfinished(Kept()), lambda: edda.NOW, frozenset(capabilities))


def test_options_are_asked_for_where_the_server_has_them(server: Server) -> None:
    assert desk(server, CAPABILITY).options("o1", may_cancel=False).may_cancel
    assert desk(server).options("o1", may_cancel=True) == Options("o1", may_cancel=True)


@pytest.mark.parametrize(
    ("state", "stopping"),
    [
        ("done", Stopping.AT_ONCE),
        (None, Stopping.AT_ONCE),
        ("inProgress", Stopping.LATER),
        ("acknowledged", Stopping.LATER),
        ("terminatedWithError", Stopping.TOO_LATE),
    ],
)
def test_a_cancellation_ends_at_once_later_or_not_at_all(
    server: Server, state: str | None, stopping: Stopping
) -> None:
    server.state = state
    assert desk(server).cancel("o1", "Changed their mind", key="k") is stopping
    assert desk(server).undo("o1") is stopping


def test_what_an_order_says_is_read_with_what_can_be_set_and_when_one_could_come(
    server: Server,
) -> None:
    standing = desk(server).standing("o1", visit=True)
    assert [setting.key for setting in standing.settings] == [("1", "userName")]
    assert standing.slots == (SLOTS[0],)
    assert server.asked_at == "A-1 o1"


def test_where_nobody_knows_of_visits_there_are_no_free_times(server: Server) -> None:
    server.serves_visits = False
    assert desk(server).standing("o1", visit=True).slots == ()
    assert desk(server).standing("o1", visit=False).slots == ()


def test_a_change_names_the_version_it_was_made_from(server: Server) -> None:
    desk(server).amend("o1", Wanted(contact="x@example.com"), key="k")
    assert server.changes == [('"7"', {"notificationContact": "x@example.com"}, "k")]


def test_a_visit_is_moved_the_order_itself_is_not_touched(server: Server) -> None:
    desk(server).amend("o1", Wanted(slot=SLOTS[0]), key="k")
    times = {
        "startDateTime": "2026-11-24T12:00:00+00:00",
        "endDateTime": "2026-11-24T16:00:00+00:00",
    }
    assert server.changes == [("v2", {"validFor": times}, "k-visit")]


def test_the_visit_that_the_order_names_is_the_one_that_moves(server: Server) -> None:
    items = [{**ORDER["productOrderItem"][0], "appointment": {"id": "v1"}}]
    server.order = {**ORDER, "productOrderItem": items}
    desk(server).amend("o1", Wanted(slot=SLOTS[0]), key="k")
    assert server.changes[0][0] == "v1"


def test_an_order_that_its_flow_moved_on_meanwhile_is_read_again(server: Server) -> None:
    server.faster = 2
    desk(server).amend("o1", Wanted(contact="x@example.com"), key="k")
    assert len(server.changes) == 1


def test_where_others_are_faster_time_and_again_it_is_a_conflict(server: Server) -> None:
    server.faster = 99
    with pytest.raises(Conflict):
        desk(server).amend("o1", Wanted(contact="x@example.com"), key="k")
    assert server.changes == []


def test_an_order_that_waits_begins_at_once(server: Server) -> None:
    desk(server).begin_now("o1")
    assert server.changes == [("o1", "begin", "")]


def test_what_is_typed_is_kept_by_order_until_it_is_sent() -> None:
    unfinished = Unfinished(Kept())
    assert unfinished.load("o1/cancel") == {}
    unfinished.note("o1/cancel", {"words": "a neighb"})
    assert unfinished.load("o1/cancel") == {"words": "a neighb"}
    assert unfinished.load("o2/cancel") == {}
    unfinished.drop("o1/cancel")
    assert unfinished.load("o1/cancel") == {}


def test_a_text_names_the_order_and_the_customer(server: Server) -> None:
    film = view_of(edda.account_bytes()).open_order
    assert film is not None
    assert film.text_to == "07700 900471"
    desk(server).send_text(edda.CUSTOMER, film, key="k")
    ((_, wanted, key),) = server.changes
    assert (wanted["messageType"], wanted["content"], key) == ("SMS", film.sentence, "k")
    assert wanted["receiver"][0]["party"]["id"] == edda.CUSTOMER
    assert wanted["characteristic"][0]["value"] == film.id
