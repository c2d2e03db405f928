"""What would happen if it were ordered: the steps and letters of flows that have not begun."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend.catalog.definitions import Definitions
from backend.catalog.rules import Versions
from backend.customer import rules as customer
from backend.flows import choosing, conditions
from backend.flows.definition import Step
from backend.flows.facts import Owner, facts_of, owner_of, place_of
from backend.flows.library import Library
from backend.flows.moving import moving_numbers
from backend.inventory import rules as inventory
from backend.ordering import purposes
from backend.rest.errors import NotFound
from backend.rest.resource import Context, Document

_NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is picked, and what becomes of products (by their ids); by whom and where.

    `facts` are those of the product rules; a newcomer is not a customer yet.
    """

    picks: Mapping[str, int]
    moves: Mapping[str, str]
    ends: Iterable[str]
    set_anew: Iterable[str]
    facts: Mapping[str, str | int]
    reseller: str
    newcomer: bool
    catalogue: int | None = None
    """The version of the catalogue that the facts were met with; None: the one in force."""

    @property
    def owner(self) -> Owner:
        business = self.facts.get("segment") == "BUS"
        return Owner(business, bool(self.facts.get("vulnerable")), self.reseller)

    @property
    def place(self) -> Mapping[str, bool]:
        return {name: bool(self.facts.get(name)) for name in ("flat", "landlordok")}


class Foresight:
    """Says what an order would bring, by the definitions in force."""

    def __init__(
        self, library: Library, versions: Versions, channels: Callable[[str], tuple[str, ...]]
    ) -> None:
        self._library = library
        self._versions = versions
        self._channels = channels

    def plan(self, context: Context, wish: Wish) -> Document:
        """`steps` by name in their order, `letters` with their id and the first way they take.

        Steps that hang on what earlier ones bring are left out: they may never be.
        """
        order = {"productOrderItem": list(_items(wish, lambda one: _offering(context, one)))}
        definitions = self._definitions(context, wish.catalogue)
        return self._told(
            context,
            definitions,
            order,
            wish.owner,
            lambda _items: wish.place,
            newcomer=wish.newcomer,
        )

    def of_order(self, context: Context, order: Document) -> Document:
        """The same of an order that was accepted, as its flows would begin now.

        `numbers` are the fixed numbers that move, and whether each stays.
        """
        parties = {party["role"]: party["id"] for party in order["relatedParty"]}
        owner = owner_of(customer.find(context, parties["customer"]))
        told = self._told(
            context,
            self._definitions(context),
            order,
            owner,
            lambda items: place_of(context, items),
            newcomer=False,
        )
        return {**told, "numbers": moving_numbers(context, order)}

    def _definitions(self, context: Context, number: int | None = None) -> Definitions:
        if number is None:
            return self._versions.current(context.connection)
        return self._versions.numbered(context.connection, number)

    def _told(
        self,
        context: Context,
        definitions: Definitions,
        order: Document,
        owner: Owner,
        place: Callable[[Sequence[Document]], Mapping[str, bool]],
        *,
        newcomer: bool,
    ) -> Document:
        in_force = self._library.all_in_force(context.connection)
        steps: list[Step] = []
        for share in choosing.shares(definitions, in_force, order):
            facts = facts_of(definitions, owner, order, share.items, place(share.items))
            skipped = conditions.skipped(share.definition.steps, facts)
            steps += [step for step in share.definition.steps if _is_certain(step, skipped)]
        return {
            "steps": list(dict.fromkeys(step.name for step in steps if step.kind != _NOTICE)),
            "letters": [
                {"id": letter, "way": next(iter(self._channels(letter)), "letter")}
                for letter in _letters(steps, newcomer=newcomer)
            ],
        }


def _offering(context: Context, product: str) -> str | None:
    """What a product is one of; None where there is no such product any more."""
    try:
        return str(inventory.find(context, product)["productOffering"]["id"])
    except NotFound:
        return None


def _items(wish: Wish, offering: Callable[[str], str | None]) -> Iterable[Document]:
    """The items of the order as it would be placed: one for each unit."""
    for product in wish.ends:
        yield _item(product, "delete", offering(product))
    for product, code in wish.moves.items():
        yield _item(product, "modify", code)
    for product in wish.set_anew:
        settings = {"productCharacteristic": [{"name": "any", "value": ""}]}
        anew = {"purpose": purposes.CHANGE, "product": settings}
        yield {**_item(product, "modify", offering(product)), **anew}
    for code, count in wish.picks.items():
        for unit in range(1, count + 1):
            yield _item(f"{code}#{unit}", "add", code)


def _item(identity: str, action: str, code: str | None = None) -> Document:
    offering = {} if code is None else {"productOffering": {"id": code}}
    return {"id": identity, "action": action, "state": "acknowledged", "product": {}, **offering}


def _is_certain(step: Step, skipped: Iterable[str]) -> bool:
    hangs = step.when is not None and conditions.hangs_on_results(step.when)
    return not hangs and step.id not in skipped


def _letters(steps: Iterable[Step], *, newcomer: bool) -> Iterable[str]:
    told = (
        letter for step in steps if newcomer or step.once_per != "customer" for letter in step.told
    )
    return dict.fromkeys(told)
