"""Puts an account together from plain TM Forum reads, for servers without the bundle."""

from __future__ import annotations

from itertools import islice

from backend_client import Client, Where
from backend_client.customer import Customer
from backend_client.decoding import encoded
from backend_client.desk_records import Account, Flow
from backend_client.document import Document
from backend_client.errors import ApiError, Rejected
from backend_client.party import Individual, Organization, Party
from backend_client.process_flow import ProcessFlow

_MOST = 200  # of each kind, as the bundle of our own server


def gathered(client: Client, customer_id: str) -> bytes:
    """The same document that the bundle is; ApiError where the customer cannot be read.

    What a server does not offer besides is left empty.
    """
    customer = client.customers.get(customer_id)
    mine = Where().element("relatedParty", id=customer_id, role="customer")
    orders = tuple(islice(client.orders.all(mine, sort="-orderDate"), _MOST))
    account = Account(
        customer=customer,
        party=_party(client, customer),
        billing_accounts=tuple(
            client.billing_accounts.get(each.id) for each in customer.account if each.id
        ),
        products=tuple(islice(client.products.all(mine), _MOST)),
        orders=orders,
        flows=tuple(
            flow for order in orders if not order.is_final for flow in _flows(client, order.id)
        ),
        documents=_documents(client, mine),
    )
    return encoded(account)


def _party(client: Client, customer: Customer) -> Party | None:
    engaged = customer.engaged_party
    if engaged is None or not engaged.id:
        return None
    if engaged.referred_type == "Organization":
        found: Individual | Organization = client.organizations.get(engaged.id)
    else:
        found = client.individuals.get(engaged.id)
    known = {name: getattr(found, name) for name in Party.__struct_fields__ if hasattr(found, name)}
    return Party(**known)


def _flows(client: Client, order_id: str) -> tuple[Flow, ...]:
    about = Where().element("relatedEntity", id=order_id)
    try:
        flows = tuple(client.process_flows.all(about))
        return tuple(_flow(client, order_id, flow) for flow in flows)
    except Rejected:
        return ()


def _flow(client: Client, order_id: str, flow: ProcessFlow) -> Flow:
    steps = tuple(client.process_flows.steps(flow.id))
    return Flow(order_id=order_id, process_flow=flow, task_flows=steps)


def _documents(client: Client, mine: Where) -> tuple[Document, ...]:
    try:
        return tuple(islice(client.documents.all(mine, sort="-creationDate"), _MOST))
    except ApiError:
        return ()
