"""Which flows carry an order out, and which items ride along in which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from backend.catalog.definitions import Definitions
from backend.flows.definition import Definition
from backend.ordering import purposes
from backend.ordering.items import relied_on
from backend.rest.resource import Document

PLAIN = "PF00"
"""The flow of everything that has none of its own."""

PORTED = "PF02"
"""A new line with a number that comes from another operator."""

ENDED = "PF15"
CHANGED = "PF11"
"""What a customer gives up."""

_BY_PURPOSE = {
    purposes.CHANGE: "PF11",
    purposes.MOVE: "PF11",
    purposes.NUMBER_CHANGE: "PF11",
    purposes.SUSPEND: "PF12",
    purposes.RESUME: "PF12",
    purposes.SIM_SWAP: "PF03",
    purposes.OWNERSHIP: "PF13",
    purposes.RELOCATE: "PF14",
    purposes.DISCONTINUE: ENDED,
}
_TOGETHER = frozenset({"PF13", "PF14"})
"""Flows that carry all items of an order out at once: everything moves to the same person, day."""

_PORT_IN = "port-in"
"""The specification of offers that bring a number along."""

_MOBILE = "mobile"
_FINAL = frozenset({"completed", "cancelled", "failed", "rejected"})


@dataclass(frozen=True, slots=True)
class Share:
    """A part of an order that one flow carries out; the first item begins it."""

    definition: Definition
    items: tuple[Document, ...]


def shares(
    definitions: Definitions,
    in_force: Callable[[str], Definition | None],
    order: Document,
) -> list[Share]:
    """The order's items, each in exactly one flow.

    An item that relies on another goes with it. One whose flow begins with another kind of
    offering rides along with the first flow of that code, else with the first that takes such
    items. What is left shares PF00. A number that comes with a new mobile line changes the
    line's flow; one for any other line has its own.
    """
    items = [item for item in order["productOrderItem"] if item["state"] not in _FINAL]
    known = {item["id"]: item for item in items}
    kinds = {item["id"]: _kind(definitions, item) for item in items}
    roots = {item["id"]: _root(item, known) for item in items}
    ported = _ported(definitions, in_force, items, known, roots)
    chosen = {
        item["id"]: _found(in_force, PORTED)
        if item["id"] in ported
        else _flow(definitions, in_force, order, item)
        for item in items
    }
    _gather(chosen, items, roots)
    begun: dict[str, list[Document]] = {}
    for item in items:
        own = chosen[item["id"]]
        if (
            roots[item["id"]] == item["id"]
            and own.code != PLAIN
            and _begins(own, kinds[item["id"]])
        ):
            begun[item["id"]] = [item]
    for code in (CHANGED, ENDED):
        _let_one_begin(code, begun, chosen, items, roots)
    plain: list[Document] = []
    for item in items:
        if item["id"] in begun:
            continue
        home = roots[item["id"]]
        if home not in begun:
            home = _first(begun, chosen, chosen[item["id"]].code)
        begun.get(home, plain).append(item)
    found = [Share(chosen[root], tuple(riding)) for root, riding in begun.items()]
    rest = in_force(PLAIN)
    # what changes or ends comes first: the flow then confirms a change, with all that comes beside
    plain.sort(key=lambda item: item["action"] == "add")
    if plain and rest is not None:
        found.append(Share(rest, tuple(plain)))
    return found


def _let_one_begin(
    code: str,
    begun: dict[str, list[Document]],
    chosen: Mapping[str, Definition],
    items: Iterable[Document],
    roots: Mapping[str, str],
) -> None:
    """Where only extras change or end, the first of them begins the flow for the others."""
    riding = [item for item in items if chosen[item["id"]].code == code]
    if any(item["id"] in begun for item in riding):
        return
    for item in riding:
        if roots[item["id"]] == item["id"]:
            begun[item["id"]] = [item]
            return


def _flow(
    definitions: Definitions,
    in_force: Callable[[str], Definition | None],
    order: Document,
    item: Document,
) -> Definition:
    purpose = purposes.purpose_of(order, item)
    code = _BY_PURPOSE.get(purpose, PLAIN)
    specification = definitions.by_offer.get(_offer(item))
    if purpose == purposes.ADD and specification is not None:
        code = specification.process_flow
    return _found(in_force, code)


def _found(in_force: Callable[[str], Definition | None], code: str) -> Definition:
    found = in_force(code) or in_force(PLAIN)
    if found is None:
        raise LookupError(f"neither {code} nor {PLAIN} is published")
    return found


def _ported(
    definitions: Definitions,
    in_force: Callable[[str], Definition | None],
    items: Iterable[Document],
    known: dict[str, Document],
    roots: dict[str, str],
) -> set[str]:
    """The items that begin a flow which brings a number along."""
    found: set[str] = set()
    if in_force(PORTED) is None:
        return found
    for item in items:
        specification = definitions.by_offer.get(_offer(item))
        if item["action"] != "add" or specification is None or specification.id != _PORT_IN:
            continue
        line = known[roots[item["id"]]]
        of_line = definitions.by_offer.get(_offer(line))
        if of_line is not None and of_line.number_type == _MOBILE and line["action"] == "add":
            found.add(line["id"])
        else:
            roots[item["id"]] = item["id"]
            found.add(item["id"])
    return found


def _gather(
    chosen: Mapping[str, Definition], items: Iterable[Document], roots: dict[str, str]
) -> None:
    """Items of a flow that carries all of them out together ride with the first of them."""
    first: dict[str, str] = {}
    for item in items:
        code = chosen[item["id"]].code
        if code in _TOGETHER:
            roots[item["id"]] = first.setdefault(code, item["id"])


def _begins(definition: Definition, kind: str) -> bool:
    return not definition.begins_with or kind in definition.begins_with


def _root(item: Document, known: dict[str, Document]) -> str:
    """The item at the end of what this one relies on."""
    seen: set[str] = set()
    while item["id"] not in seen:
        seen.add(item["id"])
        relied = [one for one in relied_on(item) if one in known]
        if not relied:
            break
        item = known[relied[0]]
    return str(item["id"])


def _first(begun: dict[str, list[Document]], chosen: dict[str, Definition], code: str) -> str:
    """The flow that an item of this code rides along with; empty: none."""
    own = next((root for root in begun if chosen[root].code == code), "")
    return own or next((root for root in begun if code in chosen[root].takes), "")


def _kind(definitions: Definitions, item: Document) -> str:
    offer = definitions.catalogue.offers.get(_offer(item))
    return "" if offer is None else offer.kind


def _offer(item: Document) -> str:
    return str((item.get("productOffering") or {}).get("id"))
