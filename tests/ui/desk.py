"""Windows of the desk in tests: a workplace at the real backend, and pages of the test's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from app.workplace import Workplace
from tests.support.backend import RunningBackend
from tests.support.waiting import PATIENCE
from ui.background import Background
from ui.page import Destination, GoHome, Maker, NewDraft, OpenAccount, Page, Surroundings
from ui.pages import MAKERS
from ui.theme.theme import Theme
from ui.widgets.field import Input
from ui.widgets.status_bar import KeyHint
from ui.widgets.work_tabs import WorkTab

SOON = int(PATIENCE * 1000)  # ms


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    """The bridge to work that takes time; nothing is left over at the end."""
    made = Background()
    yield made
    made.wait()
    made.deleteLater()


@pytest.fixture
def operator(lent_operator: RunningBackend) -> RunningBackend:
    return lent_operator


@pytest.fixture
def surroundings(theme: Theme, background: Background, workplace: Workplace) -> Surroundings:
    return Surroundings(theme, background, workplace)


class PaperPage(Page):
    """A page with a field: stands for an account or a draft."""

    def __init__(self, surroundings: Surroundings, destination: Destination) -> None:
        super().__init__(surroundings)
        self.asked: list[Destination] = [destination]
        self.closed = 0
        self.title = getattr(destination, "name", "") or "Paper"
        self.kind = "draft" if isinstance(destination, NewDraft) else "account"
        self.number = getattr(destination, "customer_id", "") or "new"
        self.field = Input()
        column = QVBoxLayout(self)
        column.addWidget(self.messages)
        column.addWidget(QLabel("Paper"))
        column.addWidget(self.field)

    def tab(self) -> WorkTab:
        return WorkTab(f"{self.kind}:{self.number}", self.title, "user")

    def destination(self) -> Destination:
        return OpenAccount(self.number, name=self.title)

    def keys(self) -> tuple[KeyHint, ...]:
        return (KeyHint("P", "product"),)

    def focus_first(self) -> None:
        self.field.setFocus()

    def regions(self) -> tuple[QWidget, ...]:
        return (self.field,)

    def go(self, destination: Destination) -> None:
        self.asked.append(destination)

    def closing(self) -> None:
        self.closed += 1


PAPER: dict[type[Destination], Maker] = {
    GoHome: MAKERS[GoHome],
    OpenAccount: PaperPage,
    NewDraft: PaperPage,
}
