"""A draft in a window at the real backend."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.qt import Show
from tests.ui.desk import SOON
from ui.page import Destination, NewDraft, Surroundings
from ui.wizard.draft_page import DraftPage
from ui.wizard.wizard_view import WizardView

Begin = Callable[..., DraftPage]


@pytest.fixture
def begin(surroundings: Surroundings, show: Show, qtbot: QtBot) -> Begin:
    """Opens a draft in a window of the usual size and waits for the first choices."""

    def opened(
        where: Destination | None = None, *, waits: bool = True, width: int = 1386
    ) -> DraftPage:
        page = DraftPage(surroundings, where or NewDraft())
        show(page, width=width, height=842)
        qtbot.waitUntil(lambda: page.view is not None, timeout=SOON)
        if waits:
            qtbot.waitUntil(lambda: view_of(page).desk.wizard.choices is not None, timeout=SOON)
        page.focus_first()
        return page

    return opened


def view_of(page: DraftPage) -> WizardView:
    """The opened draft."""
    assert page.view is not None
    return page.view


def window_of(page: DraftPage) -> QWidget:
    return page.window()
