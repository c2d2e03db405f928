"""What a step's work is given, and what it may call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from backend.flows.definition import UNDO, Definition, Step
from backend.flows.records import Flow, Task
from backend.inventory import rules as inventory
from backend.ordering import rules as ordering
from backend.rest.errors import Refused
from backend.rest.resource import Context, Document
from letters import FieldValue, Row


class Notifier(Protocol):
    """Gives letters in the caller's transaction, each key once."""

    def letter(
        self,
        context: Context,
        letter_id: str,
        customer_id: str,
        *,
        key: str,
        order: Document | None = None,
        fields: Mapping[str, FieldValue] | None = None,
        rows: Mapping[str, Sequence[Row]] | None = None,
        mobile: str | None = None,
    ) -> str: ...


@dataclass(frozen=True, slots=True)
class Work:
    """One step at work, in one transaction."""

    context: Context
    definition: Definition
    flow: Flow
    task: Task
    step: Step

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was known when the flow began."""
        return self.flow.facts

    @property
    def own(self) -> Mapping[str, Any]:
        """What this step brought, for the step that takes it back."""
        return self.result(self.step.id.removeprefix(UNDO))

    def result(self, step: str) -> Mapping[str, Any]:
        """What another step of this flow brought; empty if it has not been."""
        found: Mapping[str, Any] = self.flow.results.get(step, {})
        return found

    @property
    def customer_id(self) -> str:
        if self.flow.customer_id is None:
            raise Refused("This flow is not about a customer.", code="noCustomer")
        return self.flow.customer_id

    @property
    def order_id(self) -> str:
        if self.flow.order_id is None:
            raise Refused("This flow has no order.", code="noOrder")
        return self.flow.order_id

    def order(self) -> Document:
        return ordering.find(self.context, self.order_id)

    def items(self) -> list[Document]:
        """The order's items that this flow carries out."""
        mine = set(self.facts.get("itemIds", ()))
        return [item for item in self.order()["productOrderItem"] if item["id"] in mine]

    def product_id(self) -> str:
        """The product that the flow is about: that of its first item."""
        found: str = self.items()[0]["product"]["id"]
        return found

    def product(self) -> Document:
        return inventory.find(self.context, self.product_id())


@dataclass(frozen=True, slots=True)
class Inside:
    """An action within our own database: all of it happens, or nothing."""

    run: Callable[[Work], Document]


@dataclass(frozen=True, slots=True)
class Outside:
    """An action of a network system: what is asked for, and what becomes of the answer."""

    system: str
    operation: str
    body: Callable[[Work], Document]
    apply: Callable[[Work, Document], Document]


@dataclass(frozen=True, slots=True)
class Varied:
    """An action that hangs on what the flow is about: each kind of line has its own system."""

    choose: Callable[[Work], Inside | Outside]


Action = Inside | Outside | Varied
Actions = Mapping[str, Action]
