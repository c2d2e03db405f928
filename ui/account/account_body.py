"""The tabs of an account and what stands in their place while nothing can be shown."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from app.accounts.records import Target
from app.accounts.view import AccountView
from app.language import tr
from ui.account.tab import AccountTab, TabPlace
from ui.account.tabs import TabKind, kinds_for, shown
from ui.page import Surroundings
from ui.widgets.account_tabs import AccountTabs
from ui.widgets.empty_state import EmptyState, Skeleton


class AccountBody(QWidget):
    """Builds a tab when it is first shown; from then on it keeps its place."""

    adding = Signal()
    doing = Signal()
    unlocking = Signal()
    told = Signal(object)
    turned = Signal()
    retry_wanted = Signal()

    def __init__(self, surroundings: Surroundings, *, may_add: bool) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._may_add = may_add
        self._view: AccountView | None = None
        self._low = False
        self._wanted = Target("")
        self._made: dict[str, AccountTab] = {}
        self._kinds = kinds_for(surroundings.workplace.user)
        theme = surroundings.theme
        words = tuple(shown(kind, None) for kind in self._kinds)
        self.tabs = AccountTabs(theme, tr("Account"), words, inset=20)
        self._skeleton: Skeleton | None = None
        self._failed: EmptyState | None = None
        self._stack = QStackedWidget()
        self._late = QTimer(self)
        self._build()
        self.tabs.chosen.connect(self._show_tab)

    def allowed(self) -> bool:
        """Whether this person may see any tab at all."""
        return bool(self._kinds)

    def wait(self) -> None:
        """Grey bars, if nothing comes soon."""
        self._late.start(self._surroundings.theme.tokens.duration.spinner_after)

    def show_view(self, view: AccountView) -> None:
        """Show what is new in place; the first view builds the chosen tab."""
        first, self._view = self._view is None, view
        self._stop_waiting()
        self.tabs.set_tabs(tuple(shown(kind, view) for kind in self._kinds))
        age = "" if view.fresh else tr("as of {}").format(view.age)
        hint = tr("Alt + number")
        self.tabs.show_hint(f"{age}  ·  {hint}" if age else hint)
        for tab in self._made.values():
            tab.show_view(view)
        if first:
            self._show_tab(self.tabs.current_id())

    def show_failed(self, title: str, text: str) -> None:
        """Nothing can be shown; say why."""
        self._stop_waiting()
        if self._failed is None:
            self._failed = EmptyState(
                self._surroundings.theme, "error", action=tr("Try again"), title=title,
                key="Ctrl+R", failed=True,
            )  # fmt: skip
            self._failed.acted.connect(self.retry_wanted)
            self._stack.addWidget(self._failed)
        self._failed.say(title, text)
        self._stack.setCurrentWidget(self._failed)

    def go(self, target: Target) -> None:
        """Show a tab, and there what was asked for; a tab that is not there changes nothing."""
        if target.tab not in {kind.id for kind in self._kinds}:
            return
        self._wanted = target
        if self.tabs.current_id() == target.tab:
            self._choose_wanted()
        else:
            self.tabs.choose(target.tab)

    def current(self) -> AccountTab | None:
        """The tab in front, once it is built."""
        return self._made.get(self.tabs.current_id()) if self._kinds else None

    def current_kind(self) -> TabKind:
        return next(kind for kind in self._kinds if kind.id == self.tabs.current_id())

    def in_front(self) -> bool:
        """Whether the first tab is shown, which has room for the alerts."""
        return bool(self._kinds) and self.tabs.currentIndex() == 0

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.window().focusWidget() is None:
            self.focus_first()

    def focus_first(self) -> None:
        """The first list; where no window of ours is in front, ours becomes it for its keys."""
        if QApplication.activeWindow() is None and self.isVisible():
            self.window().activateWindow()
        tab = self.current()
        if tab is not None:
            tab.focus_first()
        else:
            self.tabs.setFocus()

    def set_low(self, low: bool) -> None:  # noqa: FBT001 - one plain switch
        self._low = low
        for tab in self._made.values():
            tab.set_low(low)

    def _show_tab(self, tab_id: str) -> None:
        if self._view is not None:
            tab = self._made.get(tab_id) or self._make(self._view)
            waiting = self._stack.currentWidget() not in self._made.values()
            was_here = waiting and self.tabs.hasFocus()
            self._stack.setCurrentWidget(tab)
            self._choose_wanted()
            if was_here or not self.tabs.hasFocus():
                tab.focus_first()
        self.turned.emit()

    def _choose_wanted(self) -> None:
        tab = self.current()
        if tab is not None and self._wanted.tab == self.tabs.current_id():
            tab.choose(self._wanted.id)
            self._wanted = Target("")

    def _make(self, view: AccountView) -> AccountTab:
        kind = self.current_kind()
        full = self._surroundings.workplace.user.may(kind.full)
        place = TabPlace(self._surroundings, read_only=not full, may_add=self._may_add)
        tab = self._made[kind.id] = kind.make(place)
        self._stack.addWidget(tab)
        tab.went.connect(self.go)
        tab.adding.connect(self.adding)
        tab.doing.connect(self.doing)
        tab.unlocking.connect(self.unlocking)
        tab.told.connect(self.told)
        tab.keys_changed.connect(self.turned)
        tab.show_view(view)
        tab.set_low(self._low)
        return tab

    def _show_skeleton(self) -> None:
        if self._view is None:
            if self._skeleton is None:
                self._skeleton = Skeleton(self._surroundings.theme, rows=6)
                self._stack.addWidget(self._skeleton)
            self._stack.setCurrentWidget(self._skeleton)
            self._skeleton.start()

    def _stop_waiting(self) -> None:
        self._late.stop()
        if self._skeleton is not None:
            self._skeleton.stop()

    def _build(self) -> None:
        self._stack.addWidget(QWidget())
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._show_skeleton)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
