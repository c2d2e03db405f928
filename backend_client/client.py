"""The client: every API of one server, joined in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

from backend_client.account import BillingAccounts
from backend_client.appointment import Appointments
from backend_client.auth import BearerToken, PasswordTokens, TokenEndpoint, TokenSource
from backend_client.cancel import Cancel
from backend_client.catalog import (
    Categories,
    ProductOfferingPrices,
    ProductOfferings,
    ProductSpecifications,
)
from backend_client.catalogue import Catalogue
from backend_client.clock import Clock
from backend_client.communication import CommunicationMessages
from backend_client.customer import Customers
from backend_client.desk import Desk
from backend_client.document import Documents
from backend_client.events import Event, Events, Link
from backend_client.inventory import Products
from backend_client.ordering import CancelProductOrders, ProductOrders
from backend_client.party import Individuals, Organizations
from backend_client.process_flow import ProcessFlows
from backend_client.qualification import ProductOfferingQualifications
from backend_client.reservation import Reservations
from backend_client.resource import Resources
from backend_client.settings import Settings
from backend_client.transport import Transport
from backend_client.work import Work


class Client:
    """One server of TM Forum Open APIs v4, spoken to by one person.

    May be used from several threads. Sign in with `client.tokens.sign_in(name, password)`, or
    give it a TokenSource of your own.

        with Client("https://bss.example") as client:
            client.tokens.sign_in("maren", password)
            for order in client.orders.all(Where().equal("state", "held")):
                ...
    """

    def __init__(
        self,
        url: str,
        *,
        tokens: TokenSource | None = None,
        settings: Settings | None = None,
        clock: Clock | None = None,
        on_refresh: Callable[[str | None], None] | None = None,
    ) -> None:
        """`on_refresh` is given each new refresh token to keep, and None when one is worthless.

        ValueError for an address that no server can have, or http to another machine.
        """
        transport = Transport(url, settings or Settings(), clock)
        self.transport = transport
        self.tokens = PasswordTokens(TokenEndpoint(transport), on_refresh)
        transport.signed_by(tokens or self.tokens)
        self.individuals = Individuals(transport)
        self.organizations = Organizations(transport)
        self.customers = Customers(transport)
        self.billing_accounts = BillingAccounts(transport)
        self.categories = Categories(transport)
        self.specifications = ProductSpecifications(transport)
        self.offerings = ProductOfferings(transport)
        self.offering_prices = ProductOfferingPrices(transport)
        self.orders = ProductOrders(transport)
        self.order_cancellations = CancelProductOrders(transport)
        self.appointments = Appointments(transport)
        self.products = Products(transport)
        self.resources = Resources(transport)
        self.reservations = Reservations(transport)
        self.documents = Documents(transport)
        self.qualifications = ProductOfferingQualifications(transport)
        self.messages = CommunicationMessages(transport)
        self.process_flows = ProcessFlows(transport)
        self.desk = Desk(transport)
        self.catalogue = Catalogue(transport)
        self.work = Work(transport)

    @classmethod
    def with_token(cls, url: str, token: str, settings: Settings | None = None) -> Self:
        """A client signed by a token that somebody else keeps fresh."""
        return cls(url, tokens=BearerToken(token), settings=settings)

    def events(
        self,
        last_id: str = "",
        *,
        stop: Cancel | None = None,
        on_link: Callable[[Link], None] | None = None,
    ) -> Iterator[Event]:
        """Live changes after `last_id`; see `Events.listen`."""
        return Events(self.transport).listen(last_id, stop=stop, on_link=on_link)

    def close(self) -> None:
        self.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
