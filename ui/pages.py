"""Which page shows which destination; a page's module is imported when it is first needed."""

from __future__ import annotations

from collections.abc import Mapping

from ui.page import (
    Destination,
    GoHome,
    Maker,
    NewDeed,
    NewDraft,
    OpenAccount,
    OpenDeed,
    OpenDraft,
    OpenProducts,
    OpenWork,
    Page,
    Surroundings,
)


def _home(surroundings: Surroundings, destination: Destination) -> Page:
    from ui.home.home_page import HomePage

    may_create = NewDraft in MAKERS and surroundings.workplace.user.may("order.create")
    page = HomePage(surroundings, may_create=may_create)
    page.go(destination)
    return page


def _draft(surroundings: Surroundings, destination: Destination) -> Page:
    from ui.wizard.draft_page import DraftPage

    return DraftPage(surroundings, destination)


def _account(surroundings: Surroundings, destination: Destination) -> Page:
    from ui.account.account_page import account_page

    return account_page(surroundings, destination, may_add=NewDraft in MAKERS)


def _products(surroundings: Surroundings, destination: Destination) -> Page:
    from ui.products.product_page import ProductPage

    return ProductPage(surroundings, destination)


def _work(surroundings: Surroundings, destination: Destination) -> Page:
    from ui.worklist.work_page import WorkPage

    return WorkPage(surroundings, destination)


def _deed(surroundings: Surroundings, destination: Destination) -> Page:
    from ui.deeds.deed_page import DeedPage

    return DeedPage(surroundings, destination)


# a further kind of page is one line here
MAKERS: Mapping[type[Destination], Maker] = {
    GoHome: _home,
    OpenAccount: _account,
    OpenDraft: _draft,
    NewDraft: _draft,
    OpenDeed: _deed,
    NewDeed: _deed,
    OpenProducts: _products,
    OpenWork: _work,
}
