"""The tables of orders and of requests to cancel them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from backend.ordering.states import FINAL, LatestOrder
from backend.rest.tables import document_table

PRODUCT_ORDER = document_table(
    "product_order",
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False),
    sa.Column("billing_account_id", sa.Text, sa.ForeignKey("billing_account.id")),
    sa.Column("order_number", sa.Text, nullable=False, unique=True),
    sa.Column("external_id", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("ordered", sa.DateTime(timezone=True), nullable=False),
)

CANCELLATION = document_table(
    "cancel_product_order",
    sa.Column("order_id", sa.Text, sa.ForeignKey("product_order.id"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
)


def bodies_of_customer(connection: sa.Connection, customer_id: str) -> list[bytes]:
    """The stored JSON of a customer's orders, newest first."""
    query = sa.select(sa.cast(PRODUCT_ORDER.c.document, sa.Text))
    query = query.where(PRODUCT_ORDER.c.customer_id == customer_id)
    query = query.order_by(PRODUCT_ORDER.c.ordered.desc(), PRODUCT_ORDER.c.id)
    return [body.encode() for body in connection.scalars(query)]


def open_items(connection: sa.Connection, order_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Those of these orders that are on their way: product of each open item to order number."""
    query = sa.select(PRODUCT_ORDER.c.id, PRODUCT_ORDER.c.order_number, PRODUCT_ORDER.c.document)
    query = query.where(PRODUCT_ORDER.c.id.in_(order_ids), PRODUCT_ORDER.c.state.not_in(FINAL))
    return {
        identity: {
            item["product"]["id"]: number
            for item in document["productOrderItem"]
            if item["state"] not in FINAL
        }
        for identity, number, document in connection.execute(query)
    }


def under_way(connection: sa.Connection, customer_id: str) -> dict[str, str]:
    """Products of a customer that orders change or end now, each with the order's number."""
    query = sa.select(PRODUCT_ORDER.c.order_number, PRODUCT_ORDER.c.document)
    query = query.where(PRODUCT_ORDER.c.customer_id == customer_id)
    query = query.where(PRODUCT_ORDER.c.state.not_in(FINAL))
    return {
        item["product"]["id"]: number
        for number, document in connection.execute(query)
        for item in document["productOrderItem"]
        if item["state"] not in FINAL and item["action"] in {"modify", "delete"}
    }


def latest(connection: sa.Connection, customer_ids: Sequence[str]) -> dict[str, LatestOrder]:
    """The newest order of each of these customers, one that is under way before others."""
    order, promised = PRODUCT_ORDER.c, PRODUCT_ORDER.c.document["expectedCompletionDate"].astext
    over = order.state.in_(FINAL)
    query = sa.select(order.customer_id, order.state, order.ordered, promised, over)
    query = query.where(order.customer_id.in_(customer_ids)).ext(distinct_on(order.customer_id))
    query = query.order_by(order.customer_id, over, order.ordered.desc())
    return {
        row[0]: LatestOrder(
            row[1], row[2], datetime.fromisoformat(row[3]) if row[3] else None, row[4]
        )
        for row in connection.execute(query)
    }


def open_cancellation(connection: sa.Connection, order_id: str) -> str | None:
    """The id of the request to cancel an order that is being worked on."""
    query = sa.select(CANCELLATION.c.id).where(
        CANCELLATION.c.order_id == order_id, CANCELLATION.c.state == "inProgress"
    )
    found: str | None = connection.scalar(query)
    return found
