"""The pages behind the work tabs: built when first shown, kept until closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from app.language import tr
from ui.page import (
    Commander,
    Destination,
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
from ui.widgets.work_tabs import WorkTab, WorkTabs

HOME = "home"


def tab_of(destination: Destination, home: str) -> WorkTab:
    """The tab of a destination whose page is not built yet."""
    match destination:
        case OpenAccount():
            text = destination.name or destination.customer_id
            return WorkTab(f"account:{destination.customer_id}", text, "user")
        case OpenDraft():
            return WorkTab(f"draft:{destination.draft_id}", destination.title, "note")
        case OpenDeed():
            return WorkTab(destination.deed_id, destination.title, "note")
        case OpenProducts():
            return WorkTab("products", tr("Products"), "box")
        case OpenWork():
            return WorkTab("work", tr("Orders"), "film")
        case _:
            return WorkTab(HOME, home, "home", fixed=True)


def to_kept(destination: Destination, text: str) -> dict[str, str] | None:
    """What is remembered of a tab until the next start; None for one that always comes."""
    match destination:
        case OpenAccount():
            return {"kind": "account", "id": destination.customer_id, "text": text}
        case OpenDraft():
            return {"kind": "draft", "id": destination.draft_id, "text": text}
        case OpenDeed():
            return {"kind": "deed", "id": destination.deed_id, "text": text}
        case OpenProducts():
            return {"kind": "products", "id": destination.tab, "text": text}
        case OpenWork():
            return {"kind": "work", "id": destination.view, "text": text}
        case _:
            return None


def from_kept(kept: Any) -> Destination | None:
    """A remembered tab; None for what this version does not know."""
    match kept:
        case {"kind": "account", "id": str(id_), "text": str(text)}:
            return OpenAccount(id_, name=text)
        case {"kind": "draft", "id": str(id_), "text": str(text)}:
            return OpenDraft(id_, title=text)
        case {"kind": "deed", "id": str(id_), "text": str(text)}:
            return OpenDeed(id_, title=text)
        case {"kind": "products", "id": str(id_)}:
            return OpenProducts(id_)
        case {"kind": "work", "id": str(id_)}:
            return OpenWork(id_)
        case _:
            return None


class OpenPages(QObject):
    """`shown` when another page is in front, `changed` when the tabs are others.

    `account_asked` carries the id of each customer somebody wanted to see.
    """

    shown = Signal(object)
    changed = Signal()
    keys_changed = Signal()
    account_asked = Signal(str)

    def __init__(
        self,
        surroundings: Surroundings,
        makers: Mapping[type[Destination], Maker],
        tabs: WorkTabs,
        stack: QStackedWidget,
    ) -> None:
        super().__init__(stack)
        self._surroundings = surroundings
        self._makers = makers
        self._tabs = tabs
        self._stack = stack
        self._destinations: dict[str, Destination] = {}
        self._pages: dict[str, Page] = {}
        self._focus: dict[str, QWidget] = {}
        self._front = ""
        tabs.chosen.connect(self._show)
        tabs.close_asked.connect(self.close_page)

    def can_open(self, kind: type[Destination]) -> bool:
        """Whether there is a page for this kind of destination."""
        return kind in self._makers

    def open(self, destination: Destination) -> None:
        """Show what was asked for; one that is open already is brought to the front."""
        if not self.can_open(type(destination)):
            return
        if isinstance(destination, NewDraft | NewDeed):
            self._open_new(destination)
            return
        tab = tab_of(destination, tr("Home"))
        beside = isinstance(destination, OpenAccount) and destination.beside
        if isinstance(destination, OpenAccount):
            self.account_asked.emit(destination.customer_id)
        if tab.id not in self._destinations:
            self._destinations[tab.id] = destination
            self._tabs.open_tab(tab, show=False)
            self.changed.emit()
        if beside:
            return
        known = tab.id in self._pages
        self._go_to(tab.id)
        if known:
            self._pages[tab.id].go(destination)

    def put_back(self, destination: Destination) -> None:
        """Bring a tab back without building its page."""
        if self.can_open(type(destination)):
            tab = tab_of(destination, tr("Home"))
            self._destinations.setdefault(tab.id, destination)
            self._tabs.open_tab(tab, show=False)

    def close_page(self, tab_id: str) -> None:
        """Close a tab; its page writes what it still has to."""
        self._destinations.pop(tab_id, None)
        page = self._pages.pop(tab_id, None)
        self._focus.pop(tab_id, None)
        if page is not None:
            page.closing()
        self._tabs.close_tab(tab_id)
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()
        self.changed.emit()

    def close_all(self) -> None:
        """Let every page write what it still has to; for the end of the program."""
        for page in self._pages.values():
            page.closing()

    def current(self) -> Page | None:
        return self._pages.get(self._front)

    def commander(self) -> Commander | None:
        """What the page in front can do by a word; None where it cannot."""
        page = self.current()
        return page.commander if page is not None else None

    def current_id(self) -> str:
        return self._front

    def kept(self) -> list[dict[str, str]]:
        """What is remembered of the tabs, in the order shown."""
        found = []
        for at, tab_id in enumerate(self._tabs.ids()):
            page = self._pages.get(tab_id)
            destination = page.destination() if page else self._destinations[tab_id]
            kept = to_kept(destination, self._tabs.tabText(at))
            if kept is not None:
                found.append(kept)
        return found

    def last_account(self) -> str:
        """The tab id of the account that was in front last; empty without one."""
        accounts = [each for each in self._destinations if each.startswith("account:")]
        return self._front if self._front in accounts else (accounts[-1] if accounts else "")

    def show_tab(self, tab_id: str) -> None:
        self._go_to(tab_id)

    def _open_new(self, destination: NewDraft | NewDeed) -> None:
        page = self._make(destination)
        tab = page.tab()
        self._destinations[tab.id] = page.destination()
        self._adopt(tab.id, page)
        self._tabs.open_tab(tab, show=False)
        self._go_to(tab.id)
        self.changed.emit()

    def _go_to(self, tab_id: str) -> None:
        if self._tabs.current_id() == tab_id:
            self._show(tab_id)
        else:
            self._tabs.show_tab(tab_id)

    def _show(self, tab_id: str) -> None:
        if tab_id not in self._destinations:
            return
        self._remember_focus()
        first = tab_id not in self._pages
        if first:
            self._adopt(tab_id, self._make(self._destinations[tab_id]))
        page = self._pages[tab_id]
        self._front = tab_id
        self._stack.setCurrentWidget(page)
        self.shown.emit(page)
        held = self._focus.get(tab_id)
        if held is not None and held.isVisible():
            held.setFocus()
        else:
            page.focus_first()
        self.changed.emit()

    def _make(self, destination: Destination) -> Page:
        return self._makers[type(destination)](self._surroundings, destination)

    def _adopt(self, tab_id: str, page: Page) -> None:
        self._pages[tab_id] = page
        self._stack.addWidget(page)
        page.wanted.connect(self.open)
        page.finished.connect(lambda: self.close_page(tab_id))
        page.tab_changed.connect(lambda: self._retitle(tab_id))
        page.keys_changed.connect(self.keys_changed)
        self._tabs.open_tab(page.tab(), show=False)

    def _retitle(self, tab_id: str) -> None:
        page = self._pages.get(tab_id)
        if page is not None:
            self._tabs.open_tab(page.tab(), show=False)
            self.changed.emit()

    def _remember_focus(self) -> None:
        focus = QApplication.focusWidget()
        page = self._pages.get(self._front)
        if page is not None and focus is not None and page.isAncestorOf(focus):
            self._focus[self._front] = focus
            focus.destroyed.connect(lambda _gone=None, of=self._front: self._focus.pop(of, None))
