"""What every tab of an account is and is given."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QWidget

from app.accounts.view import AccountView
from ui.page import Surroundings
from ui.widgets.message_bar import Message
from ui.widgets.status_bar import KeyHint


@dataclass(frozen=True, slots=True)
class TabPlace:
    """Where a tab works: its surroundings, and what the person may do in it."""

    surroundings: Surroundings
    read_only: bool = False
    may_add: bool = False


@dataclass(frozen=True, slots=True)
class AtHand:
    """A product, the list it stands in, and its place there."""

    product_id: str
    list: QWidget
    place: QRect


class AccountTab(QWidget):
    """One tab; built when first shown, then given each newer view of the account.

    `show_view` replaces contents in place: what is chosen stays chosen, the focus stays. `went`
    carries a Target, `adding` asks for the wizard, `doing` for the list of what can be done to the
    product in front, `unlocking` for the PUK of its SIM, `told` a Message for the page's bar.
    """

    went = Signal(object)
    adding = Signal()
    doing = Signal()
    unlocking = Signal()
    told = Signal(object)
    keys_changed = Signal()

    def __init__(self, place: TabPlace) -> None:
        super().__init__()
        self.theme = place.surroundings.theme
        self.background = place.surroundings.background
        self.workplace = place.surroundings.workplace
        self.read_only = place.read_only
        self.may_add = place.may_add

    @abstractmethod
    def show_view(self, view: AccountView) -> None:
        """Show this reading of the account."""

    def choose(self, target_id: str) -> None:
        """Make what has this id current; an unknown one changes nothing."""

    def product(self) -> str:
        """The id of the product that is chosen here and may be changed; empty: none."""
        return ""

    def in_front(self) -> AtHand | None:
        """The product that something can be done to here; None where there is none."""
        return None

    def focus_first(self) -> None:
        """Put the focus on the first list."""

    def keys(self) -> Sequence[KeyHint]:
        """The keys of this tab for the status bar, without those of the page."""
        return ()

    def copy_sentence(self) -> bool:
        """Copy what to say about what is chosen here; False where there is nothing to say."""
        return False

    def set_low(self, low: bool) -> None:  # noqa: FBT001 - one plain switch
        """Whether the window has little height."""

    def say(self, identity: str, text: str) -> None:
        """Tell in passing that something was done."""
        self.told.emit(Message(identity, "done", text))
