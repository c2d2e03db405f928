"""Which flows carry an order out, and which items ride along in which."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from backend.catalog.definitions import Definitions
from backend.flows.definition import Definition
from backend.rest.resource import Document

PLAIN = "PF00"
"""The flow of everything that has none of its own."""

_BY_ACTION = {"modify": "PF11", "delete": "PF15"}
_RELIES_ON = "reliesOn"
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
    items. What is left shares PF00.
    """
    items = [item for item in order["productOrderItem"] if item["state"] not in _FINAL]
    known = {item["id"]: item for item in items}
    kinds = {item["id"]: _kind(definitions, item) for item in items}
    chosen = {item["id"]: _flow(definitions, in_force, item) for item in items}
    roots = {item["id"]: _root(item, known) for item in items}
    begun: dict[str, list[Document]] = {}
    for item in items:
        own = chosen[item["id"]]
        if (
            roots[item["id"]] == item["id"]
            and own.code != PLAIN
            and _begins(own, kinds[item["id"]])
        ):
            begun[item["id"]] = [item]
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


def _flow(
    definitions: Definitions, in_force: Callable[[str], Definition | None], item: Document
) -> Definition:
    code = _BY_ACTION.get(item["action"], PLAIN)
    specification = definitions.by_offer.get(_offer(item))
    if item["action"] == "add" and specification is not None:
        code = specification.process_flow
    found = in_force(code) or in_force(PLAIN)
    if found is None:
        raise LookupError(f"neither {code} nor {PLAIN} is published")
    return found


def _begins(definition: Definition, kind: str) -> bool:
    return not definition.begins_with or kind in definition.begins_with


def _root(item: Document, known: dict[str, Document]) -> str:
    """The item at the end of what this one relies on."""
    seen: set[str] = set()
    while item["id"] not in seen:
        seen.add(item["id"])
        relied = [one for one in _relied_on(item) if one in known]
        if not relied:
            break
        item = known[relied[0]]
    return str(item["id"])


def _relied_on(item: Document) -> Iterable[str]:
    for relation in item.get("productOrderItemRelationship", ()):
        if relation["relationshipType"] == _RELIES_ON:
            yield relation["id"]


def _first(begun: dict[str, list[Document]], chosen: dict[str, Definition], code: str) -> str:
    """The flow that an item of this code rides along with; empty: none."""
    own = next((root for root in begun if chosen[root].code == code), "")
    return own or next((root for root in begun if code in chosen[root].takes), "")


def _kind(definitions: Definitions, item: Document) -> str:
    offer = definitions.catalogue.offers.get(_offer(item))
    return "" if offer is None else offer.kind


def _offer(item: Document) -> str:
    return str((item.get("productOffering") or {}).get("id"))
