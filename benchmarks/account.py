"""Accounts opened from the store: time of each tab, and memory of each account."""

from __future__ import annotations

import gc
import os
import statistics
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QStackedWidget

from app.accounts.accounts import Accounts
from app.accounts.view import AccountView
from app.store.cache import DocumentKind
from app.store.store import open_store
from backend_client import Client
from tests.app.store.people import FakeKeychain
from tests.support import edda
from tests.support.account_desk import AccountDesk
from ui.account.account_page import AccountPage
from ui.page import OpenAccount
from ui.theme.theme import Theme

TABS = ("subscriptions", "orders", "letters")
TAB_BAR_MS = 16.0
MEMORY_BAR_MB = 0.6
ROUNDS = 20
ACCOUNTS = 30


def run() -> None:
    """Print medians beside their bars; processor time, so that other programs do not count."""
    app = QApplication.instance() or QApplication([])
    theme = Theme(wish="light")
    theme.apply(cast("QApplication", app))
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), "maren", FakeKeychain(), clock=lambda: edda.NOW)
        body = edda.account_bytes()
        store.cache.put_document(DocumentKind.ACCOUNT, edda.CUSTOMER, body, edda.NOW)
        accounts = Accounts(cast("Client", None), store, lambda: edda.NOW, frozenset({"account"}))
        window = _Window(theme, accounts)
        _times(window, accounts)
        _memory(window)
        window.close()
        store.close()


class _Window:
    """One window for all accounts, as the desk has; accounts come from the store alone."""

    def __init__(self, theme: Theme, accounts: Accounts) -> None:
        self._desk = AccountDesk(theme)
        parts: Any = self._desk.surroundings.workplace
        parts.accounts = SimpleNamespace(
            kept=lambda _customer: None,
            fetch=accounts.kept,
            letters_seen=lambda _customer: None,
        )
        self._stack = QStackedWidget()
        self._stack.resize(1367, 824)
        self._stack.show()

    def open(self) -> AccountPage:
        """A page in front that has no account yet."""
        page = AccountPage(
            self._desk.surroundings, OpenAccount(edda.CUSTOMER, "Edda Marrowby"), may_add=True
        )
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        return page

    def settle(self) -> None:
        """Let the reads end and everything be painted."""
        self._desk.background.wait()
        QApplication.processEvents()

    def drop(self, page: AccountPage) -> None:
        self.settle()
        self._stack.removeWidget(page)
        page.deleteLater()
        QApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)

    def close(self) -> None:
        self.settle()
        self._stack.close()


def _times(window: _Window, accounts: Accounts) -> None:
    """The words of the account (read in a thread), the bare page, then each tab as painted."""
    took: dict[str, list[float]] = {name: [] for name in ("read", "page", "customer", *TABS)}
    for _ in range(ROUNDS):
        began = time.thread_time()
        view = accounts.kept(edda.CUSTOMER)
        assert view is not None
        view.put_into_words()
        took["read"].append(time.thread_time() - began)
        page = window.open()
        window.settle()
        window.drop(page)
        began = time.thread_time()
        page = window.open()
        took["page"].append(time.thread_time() - began)
        took["customer"].append(_first(page, view))
        for tab in TABS:
            took[tab].append(_turned(page, tab))
        window.drop(page)
    for name, times in took.items():
        median, worst = statistics.median(times) * 1000, max(times) * 1000
        print(f"{name:14} {median:6.2f} ms (worst {worst:.2f}), bar {TAB_BAR_MS} ms")


def _first(page: AccountPage, view: AccountView) -> float:
    """Header and first tab, with nothing shown before."""
    began = time.thread_time()
    page.header.show_header(view.header)
    page.body.show_view(view)
    QApplication.processEvents()
    return time.thread_time() - began


def _turned(page: AccountPage, tab: str) -> float:
    began = time.thread_time()
    page.body.tabs.choose(tab)
    QApplication.processEvents()
    return time.thread_time() - began


def _resident() -> float:
    """Megabytes of this process."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _memory(window: _Window) -> None:
    """What a further account with its first tab open takes."""
    held = [window.open() for _ in range(10)]
    window.settle()
    before = _resident()
    for _ in range(ACCOUNTS):
        held.append(window.open())
        window.settle()
    per_account = (_resident() - before) / ACCOUNTS
    print(f"{'memory':14} {per_account:6.2f} MB an account, bar {MEMORY_BAR_MB} MB")


if __name__ == "__main__":
    run()
