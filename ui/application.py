"""The desk as a program with windows: sign-in, then the main window, and an orderly end."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from app.arrival import Arrival
from app.desk_state import DeskState, load_state, save_state
from app.faults import Fault
from app.language import tr, trn
from app.settings import Settings
from ui.background import Background
from ui.signin.window import Arrived, SignInWindow
from ui.theme.theme import Theme
from ui.uncaught import Uncaught

if TYPE_CHECKING:  # imported beside the first window, see `_import_the_rest`
    from app.workplace import Workplace
    from ui.main_window import MainWindow


_AFTER_PAINT = 100  # ms


class DeskApplication(QObject):
    """Leads from window to window; `start` shows the first. `opened` when the main one is made."""

    opened = Signal()

    def __init__(
        self,
        app: QApplication,
        arrival: Arrival,
        state: DeskState,
        *,
        theme: Theme | None = None,
    ) -> None:
        super().__init__()
        settings = arrival.settings
        self._app = app
        self._arrival = arrival
        self._state = state
        wish = state.theme or settings.theme
        self.theme = theme or Theme(wish=wish, zoom=state.zoom or settings.zoom)
        self.theme.apply(app)
        self.background = Background(self)
        self.sign_in_window: SignInWindow | None = None
        self.main_window: MainWindow | None = None
        self._workplace: Workplace | None = None
        self._waiting_call = ""
        app.setQuitOnLastWindowClosed(False)

    def start(self) -> None:
        """Show the window to sign in."""
        window = SignInWindow(self.theme, self._app, self.background, self._arrival, self._state)
        window.arrived.connect(self._arrived)
        window.closed.connect(self._sign_in_closed)
        self.sign_in_window = window
        self._show(window)
        QTimer.singleShot(_AFTER_PAINT, self, self._import_the_rest)

    def _import_the_rest(self) -> None:
        """Import what the main window needs while somebody types a password."""
        self.background.read(
            lambda: importlib.import_module("ui.main_window"),
            owner=self,
            done=lambda _module: None,
        )

    def tell(self, fault: Fault) -> None:
        """Say on the page in front what went wrong; before there is one, the log has it."""
        if self.main_window is not None:
            self.main_window.messages.fault(fault, lambda: None)

    def to_front(self) -> None:
        """Somebody has started the desk a second time."""
        window = self.main_window or self.sign_in_window
        if window is not None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()

    def call(self, number: str) -> None:
        """A call rings; one that comes before the sign-in is shown after it."""
        if self.main_window is None:
            self._waiting_call = number
        else:
            self.main_window.call(number)
        self.to_front()

    def end(self) -> None:
        """Wait for what is being written, then stop everything."""
        self.background.wait()
        if self._workplace is not None:
            self._workplace.close()
            self._workplace = None
        self._arrival.close()

    def _arrived(self, arrived: Arrived) -> None:
        from app.version import program_version
        from ui.main_window import MainWindow
        from ui.page import Surroundings
        from ui.pages import MAKERS

        workplace = self._workplace = arrived.workplace
        self._state = msgspec.structs.replace(
            self._state, user_name=workplace.user.user_name, restore_tabs=arrived.restore
        )
        surroundings = Surroundings(self.theme, self.background, workplace)
        about = f"Jackfield {program_version()}".strip()
        window = MainWindow(surroundings, MAKERS, self._app, self._state, about)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        window.signed_out.connect(self._signed_out)
        window.state_changed.connect(self._remember)
        window.closed.connect(self._quit)
        window.may_close = self._may_close
        self.main_window = window
        if arrived.restore:
            window.restore_tabs()
        self.opened.emit()
        self._show(window)
        if self.sign_in_window is not None:
            self.sign_in_window.hide()
            self.sign_in_window.deleteLater()
            self.sign_in_window = None
        if self._waiting_call:
            number, self._waiting_call = self._waiting_call, ""
            window.call(number)

    def _show(self, window: SignInWindow | MainWindow) -> None:
        if self._state.maximized:
            window.showMaximized()
        else:
            window.show()
        window.activateWindow()  # where nobody manages windows, nothing else gives it the keys

    def _sign_in_closed(self) -> None:
        if self.main_window is None:
            self._quit()

    def _signed_out(self) -> None:
        """Back to the sign-in: the next person has his own workplace."""
        window, workplace = self.main_window, self._workplace
        self.main_window = self._workplace = None
        self._remember_window(window)
        if window is not None:
            window.pages.close_all()
            window.hide()
            window.deleteLater()
        self.background.wait()
        if workplace is not None:
            workplace.close()
        self.start()

    def _may_close(self) -> bool:
        """Ask only where work is not sent yet."""
        window, workplace = self.main_window, self._workplace
        if window is None or workplace is None or not window.unsent():
            return True
        text = trn(
            "{count} order is not sent yet.", "{count} orders are not sent yet.", window.unsent()
        )
        if workplace.store.durable:
            more = tr("It is kept on this machine and sent at the next start.")
        else:
            more = tr("Nothing is kept on this machine: it is lost when you close now.")
        box = QMessageBox(QMessageBox.Icon.NoIcon, tr("Close Jackfield"), text, parent=window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(more)
        stay = box.addButton(tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        close = box.addButton(tr("Close"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(stay)
        box.exec()
        return box.clickedButton() is close

    def _remember(self) -> None:
        self._remember_window(self.main_window)

    def _remember_window(self, window: MainWindow | None) -> None:
        if window is None:
            return
        self._state = msgspec.structs.replace(
            self._state,
            width=window.normalGeometry().width() or window.width(),
            height=window.normalGeometry().height() or window.height(),
            maximized=window.isMaximized(),
            theme=self.theme.wish,
            zoom=self.theme.zoom,
        )
        save_state(self._state)

    def _quit(self) -> None:
        for window in (self.main_window, self.sign_in_window):
            if window is not None:
                window.hide()
        QTimer.singleShot(0, self, self._app.quit)


def run_desk(settings: Settings, *, demo: bool, smoke: bool = False) -> int:
    """Open the desk and run until it is closed; the exit code."""
    from app.logs import harden_process, write_log
    from ui.collector import CycleCollector
    from ui.instance import Instance

    harden_process()
    write_log(settings.log_folder)
    app = QApplication(sys.argv[:1])
    collector = CycleCollector(app)
    collector.begin()
    app.setApplicationName("Jackfield")
    app.setDesktopFileName("jackfield")
    arrival = Arrival(settings, demo=demo)
    instance = Instance(arrival.settings)
    if not smoke and not instance.begin():
        return 0
    desk = DeskApplication(app, arrival, load_state())
    desk.opened.connect(collector.spare)
    uncaught = Uncaught()
    uncaught.happened.connect(desk.tell)
    uncaught.install()
    instance.raised.connect(desk.to_front)
    instance.called.connect(desk.call)
    desk.start()
    if smoke:
        QTimer.singleShot(500, app.quit)
    code = app.exec()
    desk.end()
    instance.end()
    return code
