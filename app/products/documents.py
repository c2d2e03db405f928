"""The three documents of a catalogue, and what one version of them has that another has not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

Item = Mapping[str, Any]


class Kind(StrEnum):
    """What an item of a catalogue is; the words are those of the server."""

    OFFER = "offer"
    RULE = "rule"
    GROUP = "group"
    SPECIFICATION = "specification"
    PRICE_LIST = "priceList"


@dataclass(frozen=True, slots=True)
class Documents:
    """Rules with offers and groups, specifications, prices: JSON that nobody ever writes into.

    An edit makes other documents, which share with these whatever it leaves alone.
    """

    catalogue: Item
    specifications: Item
    prices: Item

    @property
    def offers(self) -> tuple[Item, ...]:
        return tuple(self.catalogue.get("offers", ()))

    @property
    def rules(self) -> tuple[Item, ...]:
        return tuple(self.catalogue.get("rules", ()))

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        return {name: tuple(codes) for name, codes in self.catalogue.get("groups", {}).items()}

    @property
    def context(self) -> Mapping[str, tuple[str | int, ...]]:
        return {key: tuple(values) for key, values in self.catalogue.get("context", {}).items()}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the items of a kind stand: which document, under which name, by which key.

    Without a key the part is an object whose names are the ids.
    """

    document: str
    part: str
    key: str = ""


_PLACES = {
    Kind.OFFER: _Place("catalogue", "offers", "code"),
    Kind.RULE: _Place("catalogue", "rules", "id"),
    Kind.GROUP: _Place("catalogue", "groups"),
    Kind.SPECIFICATION: _Place("specifications", "specification", "id"),
    Kind.PRICE_LIST: _Place("prices", "price_list", "id"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """An item that one version has otherwise than the other; None where it has none.

    `behind` is the item before it in the newer list, so that what is new finds its place again.
    """

    kind: Kind
    id: str
    before: Any = None
    after: Any = None
    behind: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


def items(documents: Documents, kind: Kind) -> dict[str, Any]:
    """All items of a kind by their id, in the document's order."""
    place = _PLACES[kind]
    part = getattr(documents, place.document).get(place.part, {} if not place.key else ())
    if not place.key:
        return dict(part)
    return {str(item.get(place.key, at)): item for at, item in enumerate(part)}


def item(documents: Documents, kind: Kind, item_id: str) -> Any:
    """One item; None where there is none."""
    return items(documents, kind).get(item_id)


def with_item(
    documents: Documents, kind: Kind, item_id: str, new: Any, behind: str = ""
) -> Documents:
    """Documents in which the item is this one, in its old place, else right behind another."""
    held = items(documents, kind)
    if item_id in held:
        held[item_id] = new
        return _with_items(documents, kind, held)
    placed: dict[str, Any] = {}
    for each, known in held.items():
        placed[each] = known
        if each == behind:
            placed[item_id] = new
    placed.setdefault(item_id, new)
    return _with_items(documents, kind, placed)


def without_item(documents: Documents, kind: Kind, item_id: str) -> Documents:
    """Documents without the item."""
    held = items(documents, kind)
    held.pop(item_id, None)
    return _with_items(documents, kind, held)


def _with_items(documents: Documents, kind: Kind, held: Mapping[str, Any]) -> Documents:
    place = _PLACES[kind]
    part: Any = list(held.values()) if place.key else dict(held)
    document = {**getattr(documents, place.document), place.part: part}
    return replace(documents, **{place.document: document})


def changes(before: Documents, after: Documents) -> tuple[Change, ...]:
    """What `after` has otherwise, kind by kind in the order of the newer documents."""
    return tuple(change for kind in Kind for change in _changes(before, after, kind))


def _changes(before: Documents, after: Documents, kind: Kind) -> Iterator[Change]:
    old, new = items(before, kind), items(after, kind)
    behind = ""
    for each, known in new.items():
        held = old.get(each)
        if held is not known and held != known:
            yield Change(kind, each, held, known, behind)
        behind = each
    for each, gone in old.items():
        if each not in new:
            yield Change(kind, each, before=gone)


def applied(documents: Documents, delta: tuple[Change, ...]) -> Documents:
    """The documents with these changes made, whatever stood there before."""
    for change in delta:
        if change.after is None:
            documents = without_item(documents, change.kind, change.id)
        else:
            documents = with_item(documents, change.kind, change.id, change.after, change.behind)
    return documents


def taken_back(documents: Documents, change: Change) -> Documents:
    """The documents with this one change undone and all others kept."""
    if change.before is None:
        return without_item(documents, change.kind, change.id)
    return with_item(documents, change.kind, change.id, change.before)


def overlapping(delta: tuple[Change, ...], documents: Documents) -> tuple[Change, ...]:
    """The changes whose item is no longer what it was when they were made."""
    found = []
    for change in delta:
        held = item(documents, change.kind, change.id)
        if held not in (change.before, change.after):
            found.append(change)
    return tuple(found)
