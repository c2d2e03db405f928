"""Brings TMF620's entities in step with what is sold, and tells every desk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import sqlalchemy as sa

from backend.catalog import rules
from backend.catalog.bundles import Bundles
from backend.catalog.definitions import Definitions
from backend.catalog.faces import CATALOG_ID, LAUNCHED, entities
from backend.rest import documents, events
from backend.rest.documents import New
from backend.rest.errors import Refused
from backend.rest.resource import Context, Document, Resource, StateMachine

_RETIRED = "Retired"
_LIFE = "lifecycleStatus"


def bring_in_step(context: Context, definitions: Definitions, bundles: Bundles) -> None:
    """Create what is new, change what differs, retire what is sold no more, and tell it.

    Nothing is deleted: what customers have still names it. Open wizards hear of the new version
    by CatalogBatchEvent, which everybody may read.
    """
    stored = {resource.name: _stored(context, resource) for resource in rules.RESOURCES}
    created: list[New] = []
    kept: dict[str, set[str]] = {resource.name: set() for resource in rules.RESOURCES}
    for resource, identity, wanted in entities(definitions, bundles):
        kept[resource.name].add(identity)
        known = stored[resource.name].get(identity)
        if known is None:
            begun = {"validFor": {"startDateTime": events.timestamp(context.now)}}
            created.append(New(resource, {**wanted, **begun}, identity))
        elif _differs(known, wanted):
            _launch(context, resource, known, wanted)
    documents.create_many(context, created)
    for resource in rules.RESOURCES:
        for identity, known in stored[resource.name].items():
            if identity not in kept[resource.name] and known.get(_LIFE) == LAUNCHED:
                _retire(context, resource, identity)
    _tell(context, definitions.number)


def _stored(context: Context, resource: Resource) -> dict[str, Document]:
    query = sa.select(resource.table.c.id, resource.table.c.document)
    return {row.id: row.document for row in context.connection.execute(query)}


def _differs(known: Document, wanted: Document) -> bool:
    """Whether anything but the version's number has changed: that alone is no news."""
    return any(known.get(name) != value for name, value in wanted.items() if name != "version")


def _launch(context: Context, resource: Resource, known: Document, wanted: Document) -> None:
    """Give it what is wanted, by way of every state that lies between."""
    for state in _way(resource, str(known.get(_LIFE))):
        documents.rewrite(context, resource, known["id"], partial(_moved, state))

    def change(now: Document) -> Document:
        period = {name: at for name, at in now.get("validFor", {}).items() if name[0] == "s"}
        period.setdefault("startDateTime", events.timestamp(context.now))
        after = {**now, **wanted, "validFor": period}
        after.pop("statusReason", None)
        return after

    documents.rewrite(context, resource, known["id"], change)


def _moved(state: str, now: Document) -> Document:
    return {**now, _LIFE: state}


def _way(resource: Resource, state: str) -> Sequence[str]:
    """The states that lie between this one and Launched."""
    if state == LAUNCHED or resource.states is None:
        return ()
    found = _shortest(resource.states, state)
    if found is None:
        raise Refused(
            f"What is {state} can not be sold again.", "Give it another code.", code="illegalState"
        )
    return found


def _shortest(states: StateMachine, first: str) -> Sequence[str] | None:
    ways: list[tuple[str, ...]] = [(first,)]
    seen = {first}
    for way in ways:
        for following in sorted(states.transitions.get(way[-1], frozenset()) - seen):
            if following == LAUNCHED:
                return way[1:]
            seen.add(following)
            ways.append((*way, following))
    return None


def _retire(context: Context, resource: Resource, identity: str) -> None:
    def change(now: Document) -> Document:
        ended = {"endDateTime": events.timestamp(context.now)}
        return {**now, _LIFE: _RETIRED, "validFor": {**now.get("validFor", {}), **ended}}

    documents.rewrite(context, resource, identity, change)


def _tell(context: Context, number: int) -> None:
    catalog = documents.find(context, rules.CATALOG, CATALOG_ID)
    told = {**catalog, "version": str(number)}
    events.publish(context, rules.CATALOG, "Batch", told)
