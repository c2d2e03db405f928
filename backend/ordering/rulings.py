"""Whether an order keeps to the rules of the catalogue, for all whom it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from backend.catalog.definitions import Definitions
from backend.inventory import rules as inventory
from backend.ordering import items as arranging
from backend.ordering import purposes
from backend.ordering.existing import Products
from backend.ordering.items import offering_of, product_of
from backend.product_rules import Violation
from backend.qualification.facts import Facts, Subject
from backend.qualification.verdicts import verdict
from backend.rest.errors import Refused
from backend.rest.resource import Context, Document

_UNTOUCHED = frozenset(
    {purposes.NONE, purposes.SUSPEND, purposes.RESUME, purposes.SIM_SWAP, purposes.NUMBER_CHANGE}
)
"""What changes nothing that rules ask about."""


@dataclass(slots=True)
class _Effect:
    """What an order does to what customers have, offering by offering."""

    gone: Counter[str] = field(default_factory=Counter)
    come: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    """What another customer gets."""


def require_lawful(
    context: Context,
    definitions: Definitions,
    subject: Subject,
    customer_id: str,
    items: Sequence[Document],
    products: Products,
) -> None:
    """Refused with every rule that the order breaks for the customer, where it is used.

    What the customer has may be against today's rules already; that alone does not stop an
    order, but nothing may be added to it. What moves house is weighed as if it were added.
    """
    effect = _effect(items, products)
    _weigh(context, definitions, subject.facts, customer_id, effect.gone, effect.come, items)


def require_lawful_change(
    context: Context,
    definitions: Definitions,
    subject: Subject,
    customer_id: str,
    gone: Iterable[str | None],
    come: Iterable[str | None],
    items: Sequence[Document],
) -> None:
    """Refused with every rule that an open order breaks when these offers go and come.

    What it brings already counts as the customer's. `items` are those that may be named.
    """
    out, into = (Counter(code for code in codes if code) for codes in (gone, come))
    _weigh(context, definitions, subject.facts, customer_id, out, into, items)


def require_lawful_for_new_owner(
    context: Context,
    definitions: Definitions,
    subject: Subject,
    customer_id: str,
    items: Sequence[Document],
    products: Products,
) -> None:
    """Refused with every rule that forbids the new owner what he is to get."""
    given = _effect(items, products).given
    _weigh(context, definitions, subject.facts, customer_id, Counter(), given, items, products)


def _effect(items: Sequence[Document], products: Products) -> _Effect:
    effect = _Effect()
    for item in items:
        purpose, code = item.get("purpose", purposes.NONE), offering_of(item)
        if purpose in _UNTOUCHED or (purpose == purposes.CHANGE and code is None):
            continue
        product = products.get(product_of(item) or "")
        old = None if product is None else str(product["productOffering"]["id"])
        if old is not None:
            effect.gone[old] += 1
        if purpose == purposes.OWNERSHIP:
            effect.given[str(old)] += 1
        elif purpose != purposes.DISCONTINUE:
            effect.come[str(code or old)] += 1
    return effect


def _weigh(
    context: Context,
    definitions: Definitions,
    facts: Facts,
    customer_id: str,
    gone: Mapping[str, int],
    come: Mapping[str, int],
    items: Sequence[Document],
    products: Products | None = None,
) -> None:
    offers = definitions.catalogue.offers
    installed = inventory.installed(context, customer_id)
    had = Counter({code: count for code, count in installed.items() if code in offers})
    will_have = Counter(had)
    will_have.subtract({code: count for code, count in gone.items() if code in offers})
    added = {code: count for code, count in come.items() if code in offers}
    will_have.update(added)
    broken = verdict(definitions, facts, had, +will_have, set(added)).errors
    if broken:
        raise _broken(broken, items, products or {})


def _broken(broken: Sequence[Violation], items: Sequence[Document], products: Products) -> Refused:
    fields = tuple(
        arranging.field(index, name, each.text)
        for each in broken
        for index, item in enumerate(items)
        for name, code in _named(item, products)
        if code in each.offers
    )
    rules = ", ".join(each.rule for each in broken if each.rule)
    return Refused(
        broken[0].text,
        f"The order breaks: {rules}." if rules else broken[0].text,
        code="ruleBroken",
        fields=fields,
    )


def _named(item: Document, products: Products) -> Iterator[tuple[str, str | None]]:
    """The attribute of an item that a rule speaks about, with the offer it names."""
    if (code := offering_of(item)) is not None:
        yield "productOffering", code
    elif (product := products.get(product_of(item) or "")) is not None:
        yield "product", product["productOffering"]["id"]
