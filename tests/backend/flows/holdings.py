"""A customer who has something, and the orders about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from backend.inventory import rules as inventory
from backend.rest.resource import Document
from tests.backend.flows.conftest import Operation


@dataclass(frozen=True)
class Holder:
    """A customer and the products he got, by their offering."""

    operation: Operation
    customer: str
    products: dict[str, str] = field(default_factory=dict)

    def order(self, *items: Document, **more: Any) -> tuple[Document, str]:
        """Place an order about what he has; the order, and its only flow."""
        order = self.operation.place(self.customer, *items, **more)
        (flow,) = self.operation.flow_ids(order)
        return order, flow

    def modify(self, code: str, **item: Any) -> Document:
        """An item that changes his product of this offering."""
        product = {"id": self.products[code], **item.pop("product", {})}
        return {"id": "1", "action": "modify", "product": product, **item}

    def end(self, code: str) -> Document:
        return {"id": code, "action": "delete", "product": {"id": self.products[code]}}

    def product(self, code: str) -> Document:
        with self.operation.at() as context:
            return inventory.find(context, self.products[code])


def holder(operation: Operation, *items: Document) -> Holder:
    """A customer for whom these items were ordered and carried out."""
    customer = operation.customer()
    order = operation.place(customer, *items)
    with operation.working():
        for flow in operation.flow_ids(order):
            operation.until(flow, "completed")
    made = {
        item["productOffering"]["id"]: item["product"]["id"] for item in order["productOrderItem"]
    }
    return Holder(operation, customer, made)
