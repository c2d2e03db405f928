"""The registry of tabs: which there are, who may see them, and where they are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.accounts.view import AccountView
from app.language import tr
from app.session import User
from ui.account.tab import AccountTab, TabPlace
from ui.widgets.account_tabs import Tab

Badge = tuple[str, bool]
"""What the badge says, and whether it asks for a person."""


@dataclass(frozen=True, slots=True)
class TabKind:
    """A tab by its id. Who has not `right` does not see it; without `full` it is only read."""

    id: str
    text: str
    right: str
    full: str
    make: Callable[[TabPlace], AccountTab]
    badge: Callable[[AccountView], Badge] = lambda _view: ("", False)


def _customer(place: TabPlace) -> AccountTab:
    from ui.account.customer_tab import CustomerTab

    return CustomerTab(place)


def _subscriptions(place: TabPlace) -> AccountTab:
    from ui.account.subscriptions_tab import SubscriptionsTab

    return SubscriptionsTab(place)


def _orders(place: TabPlace) -> AccountTab:
    from ui.account.orders_tab import OrdersTab

    return OrdersTab(place)


def _letters(place: TabPlace) -> AccountTab:
    from ui.letters.letters_tab import LettersTab

    return LettersTab(place)


def _product_badge(view: AccountView) -> Badge:
    return (str(view.products.count) if view.products.count else "", False)


def _order_badge(view: AccountView) -> Badge:
    moving = sum(1 for row in view.orders if row.lane == "open")
    return (str(moving) if moving else "", True)


def _letter_badge(view: AccountView) -> Badge:
    return (tr("{count} new", count=view.new_letters) if view.new_letters else "", True)


# a further tab is one line here
KINDS: tuple[TabKind, ...] = (
    TabKind("customer", "Customer", "customer.read", "customer.update", _customer),
    TabKind(
        "subscriptions", "Products", "customer.read", "order.create", _subscriptions, _product_badge
    ),
    TabKind("orders", "Orders", "customer.read", "order.create", _orders, _order_badge),
    TabKind("letters", "Letters", "letter.read", "letter.send", _letters, _letter_badge),
)


def kinds_for(user: User) -> tuple[TabKind, ...]:
    """The tabs this person may see."""
    return tuple(kind for kind in KINDS if user.may(kind.right))


def shown(kind: TabKind, view: AccountView | None) -> Tab:
    """A tab's words and badge."""
    text, new = kind.badge(view) if view is not None else ("", False)
    return Tab(kind.id, tr(kind.text), text, new=new and bool(text))
