"""TMF639 Resource Inventory: telephone numbers, SIMs, devices."""

from __future__ import annotations

from backend_client.calls import Sender
from backend_client.collection import Collection
from backend_client.decoding import decoded
from backend_client.records import (
    Characteristic,
    Entity,
    Note,
    Place,
    Record,
    Ref,
    RelatedParty,
    Time,
)

_API = "/tmf-api/resourceInventoryManagement/v4"


class ResourceRelationship(Record, frozen=True):
    """TMF639's own swagger has the id flat; other servers name the resource inside."""

    id: str | None = None
    href: str | None = None
    relationship_type: str | None = None
    resource: Ref | None = None


class Resource(Entity, frozen=True):
    """`value` holds a logical resource's number, `serial_number` a physical one's."""

    name: str | None = None
    category: str | None = None
    description: str | None = None
    value: str | None = None
    serial_number: str | None = None
    resource_version: str | None = None
    administrative_state: str | None = None
    operational_state: str | None = None
    resource_status: str | None = None
    usage_state: str | None = None
    start_operating_date: Time | None = None
    end_operating_date: Time | None = None
    place: Place | None = None
    resource_specification: Ref | None = None
    note: tuple[Note, ...] = ()
    related_party: tuple[RelatedParty, ...] = ()
    resource_characteristic: tuple[Characteristic, ...] = ()
    resource_relationship: tuple[ResourceRelationship, ...] = ()


class Resources(Collection[Resource]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, f"{_API}/resource", Resource)

    def puk(self, iccid: str, reason: str) -> str:
        """PUK1 of one SIM; the server notes who looked and why. Empty where it keeps none.

        Raises NotAllowed without the right, Rejected for a SIM of nobody that one may see.
        """
        asked = (("fields", "PUK1"), ("reason", reason))
        answer = self._sender.send(self._one("GET", iccid, params=asked))
        found = decoded(answer, Resource).resource_characteristic
        return next((str(each.value) for each in found if each.name == "PUK1"), "")
