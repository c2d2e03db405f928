"""What can be done about orders, without a server: answers as it is told, notes what was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from app.orders.amending import Setting, Standing, Wanted
from app.orders.calls import call_lines
from app.orders.desk import Stopping
from app.orders.options import Options, options_of
from app.orders.records import Film, LogLine, Step
from app.orders.unfinished import Unfinished
from app.orders.visits import Slot
from backend_client.ordering import (
    Amendment,
    Cancelling,
    ItemOption,
    OrderOptions,
    SystemCall,
)
from tests.support import edda, edda_orders

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
VISIT = "Fibre terminal linked"
OPEN = OrderOptions(
    cancel=Cancelling(possible=True, until_step=VISIT, fee="0.00"),
    amend=(
        Amendment(what="visit", label="Appointment", possible=True, until=NOON),
        Amendment(
            what="items",
            label="Speed, add-ons",
            possible=True,
            until_step=VISIT,
            items=(
                ItemOption(id="2", name="Glimt 2500 (XGS-PON)"),
                ItemOption(id="3", name="Engineer installation visit", may_go=True),
            ),
        ),
        Amendment(what="settings", label="Settings", possible=False),
        Amendment(what="contact", label="Contact for news", possible=False),
    ),
)
SLOTS = tuple(
    Slot(
        dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC),
        dt.datetime(2026, 11, day, hour + 4, tzinfo=dt.UTC),
        f"S-{day}-{hour}",
    )
    for day, hour in ((24, 12), (25, 8), (25, 12))
)
STANDING = Standing(
    day=dt.date(2026, 11, 25),
    contact="edda.marrowby@example.com",
    settings=(
        Setting(("2", "wifiName"), "Glimt 2500", "Wi-Fi name", "Pebbles"),
        Setting(("2", "upstream"), "Glimt 2500", "Upstream", "1000", ("500", "1000")),
    ),
    slots=SLOTS,
)


class Kept:
    """The store's place for small things, in memory."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def get(self, name: str) -> object:
        return self.values.get(name)

    def put(self, name: str, value: object) -> None:
        self.values[name] = value


class FakeOrders:
    """`told` are the options of the open order; `fault` is raised by whatever changes it."""

    def __init__(self) -> None:
        self.told: Mapping[str, OrderOptions] = {edda_orders.OPEN: OPEN}
        self.stopping = Stopping.LATER
        self.fault: Exception | None = None
        self.done: list[tuple[str, str, object]] = []
        self.keys: list[str] = []
        self.kept = Kept()
        self.unfinished = Unfinished(self.kept)
        self.standing_now = STANDING
        self.calls: tuple[SystemCall, ...] = ()

    def options(self, order_id: str, *, may_cancel: bool) -> Options:
        found = self.told.get(order_id, OrderOptions(cancel=Cancelling(possible=may_cancel)))
        return options_of(order_id, found, edda.NOW)

    def log(self, film: Film) -> tuple[LogLine, ...]:
        names = {step.id: step.title for step in film.steps if isinstance(step, Step)}
        return call_lines(self.calls, names, edda.NOW) or film.log

    def undo(self, order_id: str) -> Stopping:
        self._do("undo", order_id, None)
        return self.stopping

    def begin_now(self, order_id: str) -> None:
        self._do("begin", order_id, None)

    def cancel(self, order_id: str, reason: str, *, key: str) -> Stopping:
        self.keys.append(key)
        self._do("cancel", order_id, reason)
        return self.stopping

    def send_text(self, customer_id: str, film: Film, *, key: str) -> None:
        self.keys.append(key)
        self._do("text", film.id, (customer_id, film.text_to, film.sentence))

    def standing(self, _order_id: str, *, visit: bool) -> Standing:
        assert visit
        return self.standing_now

    def amend(self, order_id: str, wanted: Wanted, *, key: str) -> None:
        self.keys.append(key)
        self._do("amend", order_id, wanted)

    def _do(self, what: str, order_id: str, with_what: object) -> None:
        self.done.append((what, order_id, with_what))
        if self.fault is not None:
            raise self.fault
