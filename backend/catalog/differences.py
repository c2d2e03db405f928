"""What one edition of the catalogue has and another has not, entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from backend.catalog.editions import Document, Edition

Entries = Mapping[str, Any]


def differences(before: Edition, after: Edition) -> list[Document]:
    """Each entry that was added, removed or changed, with both forms; order does not count."""
    return [
        change
        for kind, entries in _KINDS.items()
        for change in _compared(kind, entries(before), entries(after))
    ]


def _compared(kind: str, before: Entries, after: Entries) -> Iterator[Document]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old != new:
            change = "added" if name not in before else "removed" if name not in after else None
            yield {
                "kind": kind,
                "id": name,
                "change": change or "changed",
                "before": old,
                "after": new,
            }


def _by(*keys: str) -> Callable[[Iterable[Document]], Entries]:
    def entries(items: Iterable[Any]) -> Entries:
        return {
            " ".join(str(item.get(key, "")) for key in keys): item
            for item in items
            if isinstance(item, dict)
        }

    return entries


def _listed(part: str, name: str, *keys: str) -> Callable[[Edition], Entries]:
    """The entries of a list in a part of the edition, by their keys."""
    by = _by(*keys)

    def entries(edition: Edition) -> Entries:
        found = _part(edition, part).get(name)
        return by(found if isinstance(found, list) else ())

    return entries


def _named(part: str, name: str) -> Callable[[Edition], Entries]:
    def entries(edition: Edition) -> Entries:
        found = _part(edition, part).get(name)
        return found if isinstance(found, dict) else {}

    return entries


def _figures(edition: Edition) -> Entries:
    """What stands in the prices and is no list: VAT, numbers' prices and fees."""
    prices = _part(edition, "prices")
    return {name: value for name, value in prices.items() if not isinstance(value, list)}


def _part(edition: Edition, part: str) -> Document:
    """A part, or nothing where it is no object: what differs is told as far as it can be read."""
    found = getattr(edition, part)
    return found if isinstance(found, dict) else {}


def _roles(edition: Edition) -> Entries:
    """What each role is given to; several entries may give the same."""
    entries = _part(edition, "specifications").get("role")
    found: dict[str, list[Any]] = {}
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            found.setdefault(str(entry.get("role", "")), []).append(entry)
    return found


def _golden(edition: Edition) -> Entries:
    return {str(place): order for place, order in enumerate(edition.golden, start=1)}


_KINDS: Mapping[str, Callable[[Edition], Entries]] = {
    "offer": _listed("rules", "offers", "code"),
    "group": _named("rules", "groups"),
    "fact": _named("rules", "context"),
    "rule": _listed("rules", "rules", "id"),
    "change": _listed("rules", "changes", "fact", "to"),
    "family": _listed("specifications", "family", "id"),
    "specification": _listed("specifications", "specification", "id"),
    "role": _roles,
    "need": _listed("specifications", "need", "id"),
    "section": _listed("specifications", "section", "family", "name"),
    "bundle": _listed("specifications", "bundle", "offer"),
    "priceList": _listed("prices", "price_list", "id"),
    "reseller": _listed("prices", "reseller", "id"),
    "waiver": _listed("prices", "waiver", "offer", "fact"),
    "price": _figures,
    "golden": _golden,
}
