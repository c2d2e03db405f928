"""The product manager's page in a window, without a server."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from pytestqt.qtbot import QtBot

from tests.support.product_desk import (
    EDITOR,
    FakeCatalogue,
    FakeDrafts,
    product_desk,
    product_surroundings,
)
from tests.support.qt import Show
from tests.ui.desk import SOON
from ui.background import Background
from ui.page import OpenProducts
from ui.products.product_page import ProductPage
from ui.theme.theme import Theme

Opened = Callable[..., ProductPage]


@pytest.fixture
def catalogue() -> FakeCatalogue:
    return FakeCatalogue()


@pytest.fixture
def drafts() -> FakeDrafts:
    return FakeDrafts()


@pytest.fixture
def opened(
    theme: Theme, background: Background, catalogue: FakeCatalogue, drafts: FakeDrafts,
    show: Show, qtbot: QtBot,
) -> Opened:  # fmt: skip
    """Opens the page for somebody with these rights, and waits for the first proofs."""

    def made(
        rights: Iterable[str] = (EDITOR,),
        name: str = "product",
        *,
        width: int = 1386,
        tab: str = "",
    ) -> ProductPage:
        desk = product_desk(catalogue, drafts, rights, name)
        page = ProductPage(product_surroundings(theme, background, desk), OpenProducts(tab))
        show(page, width=width, height=842)
        if catalogue.fault is None:
            qtbot.waitUntil(lambda: page.session.working is not None, timeout=SOON)
            if desk.may_edit:
                qtbot.waitUntil(lambda: page.session.proofs is not None, timeout=SOON)
        page.focus_first()
        return page

    return made
