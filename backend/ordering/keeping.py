"""Numbers and SIMs that are taken for a new order, so that nobody else gets them meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from backend.numbers import rules as numbers
from backend.numbers.rules import TelephoneNumber
from backend.ordering.items import PORTED, characteristic
from backend.resource_inventory import rules as resources
from backend.rest.errors import Refused
from backend.rest.resource import Context, Document


@dataclass(frozen=True)
class Keeping:
    """Takes them for one order of a customer; `reservations` are holds that are for it."""

    context: Context
    customer_id: str
    reservations: Sequence[str]

    def number(self, kind: str, product_id: str, chosen: object) -> TelephoneNumber:
        """The number that was chosen, or the next free standard one; assigned to a new line."""
        value, reservation = self._found(kind, chosen)
        number = numbers.assign(
            self.context, value, product_id, reservation, customer_id=self.customer_id
        )
        return _of_kind(kind, number)

    def another(self, kind: str, draft_id: str, chosen: object) -> TelephoneNumber:
        """The same for a line that has one: reserved until its flow switches over."""
        value, reservation = self._found(kind, chosen)
        for number in numbers.find(self.context, [value]):
            numbers.require_own_pool(number, self.customer_id)
        numbers.reserve(self.context, draft_id, value, reservation)
        return _of_kind(kind, numbers.find(self.context, [value])[0])

    def ported(self, product: Document) -> None:
        """The number that a port-in brings is on its way: no other order may bring it."""
        own = {"product": product}
        number = numbers.port_in(self.context, str(characteristic(own, PORTED)))
        for each in product["productCharacteristic"]:
            if each["name"] == PORTED:
                each["value"] = number.value

    def sim(self, order_id: str, wanted: Document) -> Document:
        """The SIM that the customer was handed, or the next of its kind in stock; reserved."""
        kind, iccid = wanted["kind"], wanted.get("iccid")
        sim = (
            resources.reserve_sim(self.context, kind, order_id)
            if iccid is None
            else resources.keep_sim(self.context, iccid, kind, order_id)
        )
        return {**wanted, "iccid": sim.iccid, "handedOver": iccid is not None}

    def _found(self, kind: str, chosen: object) -> tuple[str, str | None]:
        """A number, and which reservation keeps it."""
        if chosen in {None, ""}:
            return numbers.next_free(self.context, kind).value, None
        value = numbers.national(str(chosen))
        return value, self._kept.get(value)

    @cached_property
    def _kept(self) -> dict[str, str]:
        """Which reservation keeps a number: those of the order, else the caller's own."""
        named = [numbers.find_reservation(self.context, each) for each in self.reservations]
        own = [each for each in numbers.own_reservations(self.context) if each.state == "reserved"]
        return {value: each.id for each in (*own, *named) for value in each.numbers}


def _of_kind(kind: str, number: TelephoneNumber) -> TelephoneNumber:
    if number.type != kind:
        raise Refused(
            f"{number.display} is no {kind} number.", "Choose another.", code="numberType"
        )
    return number
