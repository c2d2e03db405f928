"""The tables of orders and of requests to cancel them."""

from __future__ import annotations

import sqlalchemy as sa

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


def open_cancellation(connection: sa.Connection, order_id: str) -> str | None:
    """The id of the request to cancel an order that is being worked on."""
    query = sa.select(CANCELLATION.c.id).where(
        CANCELLATION.c.order_id == order_id, CANCELLATION.c.state == "inProgress"
    )
    found: str | None = connection.scalar(query)
    return found
