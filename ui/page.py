"""What lies under one work tab, and how it is plugged into the main window.

A page is a subclass of `Page`, made by a *maker* that `ui/pages.py` names for each kind of
destination. The window builds a page when its tab is first shown, keeps it until the tab is
closed, and knows nothing else of it:

- `tab()` gives id, words, icon and unsent dot of its tab; say `tab_changed` when they change.
  The id begins with the kind: "account:KF-0041873-6", "draft:3f…"; one page for each id.
- `keys()` gives the five keys of the screen for the status bar; say `keys_changed`.
  `key_groups()` gives all of its keys for the sheet behind `?`, under their heads.
- `messages` is the page's own MessageBar: put it into your layout under your header. Failures
  that `Background` calls unhandled, and the store's, are posted there by the window.
- `focus_first()` is called when the page is opened or its tab chosen for the first time; later
  the window gives the focus back to where it was.
- `regions()` are the stops of F6 within the page, in order (header, tab content, …).
- `go(destination)` is called when somebody asks for what this page already shows, perhaps with
  another tab of it.
- `closing()` is the last call before the page is dropped: write what is not yet written.
- `wanted` carries a destination: pages never open one another, they say where to go.
- `finished` asks the window to close this page's tab.

Work that takes time goes through `surroundings.background`, with the page (or a part of it) as
owner. Changes told by other parts come through a `ChangeRelay` (ui/change_relay.py). The time a
person waited for an answer goes to `workplace.day.waited(seconds)`. Shortcuts belong to the page
or its parts: those of hidden pages do not act.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.deeds.commands import DeedCommand
from app.deeds.deed import DeedName
from app.workplace import Workplace
from ui.background import Background
from ui.theme.theme import Theme
from ui.widgets.message_bar import MessageBar
from ui.widgets.status_bar import KeyHint
from ui.widgets.work_tabs import WorkTab


@dataclass(frozen=True, slots=True)
class GoHome:
    """The home page; `search` goes into its field."""

    search: str = ""


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """A customer's account, at one of its tabs; `beside` leaves the current page in front."""

    customer_id: str
    name: str = ""
    tab: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft that is kept in the store."""

    draft_id: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A new draft: for a customer, or for a new one, whose name may already have been typed.

    `product_id` is a product of the customer that is to be changed; with `ends`, ended. The deed
    whose id is `asked_by` is told who the new customer is.
    """

    customer_id: str = ""
    name: str = ""
    product_id: str = ""
    ends: bool = False
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class OpenDeed:
    """Something begun to be done to a product, kept in the store."""

    deed_id: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class NewDeed:
    """Something to be done to a product of a customer: its id, its name, its line's number."""

    customer_id: str
    name: str
    deed: DeedName
    product_id: str
    product: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class OpenProducts:
    """What is sold, for those who edit or approve it; at one of its tabs."""

    tab: str = ""


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Orders that need somebody, for seniors and supervisors; in one of the views."""

    view: str = ""


Destination = (
    GoHome | OpenAccount | OpenDraft | NewDraft | OpenDeed | NewDeed | OpenProducts | OpenWork
)


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys under a head on the sheet of all keys."""

    title: str
    hints: tuple[KeyHint, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every page is given."""

    theme: Theme
    background: Background
    workplace: Workplace


class Commander(Protocol):
    """What a page can do by a word that is typed into the search."""

    def commands(self, text: str) -> Sequence[DeedCommand]:
        """What this text may mean, of what can be done now."""

    def begin(self, choice: str) -> None:
        """Do it, by the command's id."""


class Page(QWidget):
    """One work tab's content; see the module's text."""

    wanted = Signal(object)
    finished = Signal()
    tab_changed = Signal()
    keys_changed = Signal()

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self.theme = surroundings.theme
        self.background = surroundings.background
        self.workplace = surroundings.workplace
        self.commander: Commander | None = None
        self.messages = MessageBar(surroundings.theme)
        self.messages.setContentsMargins(0, 0, 0, surroundings.theme.px(8))

    @abstractmethod
    def tab(self) -> WorkTab:
        """Id, words, icon and dot of the tab."""

    @abstractmethod
    def destination(self) -> Destination:
        """What opens this page again at the next start."""

    def keys(self) -> Sequence[KeyHint]:
        return ()

    def key_groups(self) -> Sequence[KeyGroup]:
        return (KeyGroup(self.tab().text, tuple(self.keys())),)

    def focus_first(self) -> None:
        """Put the focus where the work begins."""

    def regions(self) -> Sequence[QWidget]:
        return (self,)

    def go(self, destination: Destination) -> None:
        """Show the part of this page that was asked for."""

    def closing(self) -> None:
        """Write what is not yet written."""


Maker = Callable[[Surroundings, Destination], Page]
