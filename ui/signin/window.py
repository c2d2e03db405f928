"""The window before the desk: who are you, and at which server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.arrival import DEMO_OTHERS, DEMO_USER, Arrival, Offer
from app.desk_state import DeskState
from app.faults import Fault, FaultKind
from app.home.greeting import greeting
from app.language import tr
from ui.background import Background
from ui.signin.form import SignInForm
from ui.signin.jacks import WIDTH, JackField
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets.focus_ring import FocusRing
from ui.widgets.glyph import Glyph
from ui.widgets.label import Label
from ui.widgets.panel import Ground
from ui.widgets.status_bar import StateDot

if TYPE_CHECKING:
    from app.workplace import Workplace

COLUMN = 384
_BESIDE = 32
_AFTER_PAINT = 20  # ms


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody has signed in; `restore` brings yesterday's tabs back."""

    workplace: Workplace
    restore: bool


class SignInWindow(QWidget):
    """Shown at once; the server is looked for while it can already be read and typed in."""

    arrived = Signal(object)
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        app: QApplication,
        background: Background,
        arrival: Arrival,
        state: DeskState,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._background = background
        self._arrival = arrival
        self._state = state
        self._offer: Offer | None = None
        self._asked = False
        self.setWindowTitle(tr("Jackfield: sign in"))
        self._form = SignInForm(theme, restore=state.restore_tabs)
        self._for = Label(theme, "", "row", "ink2")
        self._dot = StateDot(theme, "ink3")
        self._build()
        self._ring = FocusRing(theme, app, self)
        self._form.submitted.connect(self._sign_in)
        self._form.retry_wanted.connect(self._look_for_server)
        self._prefill()
        wide, high = theme.tokens.layout.window_min
        self.setMinimumSize(min(theme.px(wide), wide), high)
        self.resize(state.width, state.height)

    def form(self) -> SignInForm:
        return self._form

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            QTimer.singleShot(_AFTER_PAINT, self, self._after_paint)

    def _after_paint(self) -> None:
        from app.version import program_version

        if program_version():
            self._version.setText(tr("Version {}").format(program_version()))
        self._look_for_server()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self._theme.px(WIDTH + COLUMN + 2 * _BESIDE)
        self._jacks.setVisible(self.width() >= needed)  # the form comes first

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        right = Ground(theme)
        rows = QVBoxLayout(right)
        rows.setContentsMargins(px(32), px(20), px(32), px(18))
        rows.addStretch(1)
        middle = QHBoxLayout()
        column = QWidget()
        column.setFixedWidth(px(COLUMN))
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(self._brand())
        inner.addSpacing(px(36))
        inner.addWidget(Label(theme, greeting(self._arrival.clock()), "greeting"))
        inner.addSpacing(px(4))
        inner.addWidget(Label(theme, tr("Sign in to start taking calls."), "lead", "ink2"))
        inner.addSpacing(px(24))
        inner.addWidget(self._form)
        middle.addStretch(1)
        middle.addWidget(column)
        middle.addStretch(1)
        rows.addLayout(middle)
        rows.addStretch(1)
        rows.addLayout(self._foot())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._jacks = JackField(theme)
        whole.addWidget(self._jacks)
        whole.addWidget(right, 1)

    def _brand(self) -> QHBoxLayout:
        px = self._theme.px
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(Glyph(self._theme, "mark", "accent", 24))
        row.addWidget(Label(self._theme, "Jackfield", "answer", strong=True))
        row.addWidget(self._for)
        row.addStretch(1)
        return row

    def _foot(self) -> QHBoxLayout:
        theme, px = self._theme, self._theme.px
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self._dot)
        self._server = Label(theme, self._arrival.server_words, "caption", "ink2")
        row.addWidget(self._server)
        row.addSpacing(px(8))
        row.addWidget(Label(theme, self._arrival.set_by_words, "caption", "ink2"))
        row.addStretch(1)
        row.addWidget(Label(theme, tr("English (UK)"), "caption", "ink2"))
        row.addSpacing(px(8))
        self._version = Label(theme, "", "caption", "ink2")
        row.addWidget(self._version)
        return row

    def _prefill(self) -> None:
        if self._arrival.demo:
            self._form.fill(DEMO_USER, DEMO_USER)
            others = ", ".join(DEMO_OTHERS)
            self._form.say_info(
                tr("Other names in this demo: {}. The password is the name.").format(others)
            )
        else:
            self._form.fill(self._state.user_name, "")

    def _look_for_server(self) -> None:
        starting = tr("Starting the demo…") if self._arrival.demo else ""
        self._form.wait_for_server(starting)
        self._show_line("ink3")
        self._background.read(
            self._arrival.prepare, owner=self, done=self._server_found, failed=self._no_server
        )

    def _server_found(self, offer: Offer) -> None:
        self._offer = offer
        self._show_line("good")
        self._server.setText(self._arrival.server_words)
        if offer.operator:
            self._for.setText(tr("for {}").format(offer.operator))
        if not offer.by_password:
            self._form.say_failure(
                tr("This server offers no sign-in with a name and a password. Tell IT.")
            )
            return
        name = self._state.user_name
        self._background.read(
            lambda: self._arrival.resume(offer, name),
            owner=self,
            done=self._resumed,
            failed=lambda _fault: self._form.server_ready(),
        )

    def _resumed(self, workplace: Workplace | None) -> None:
        if workplace is None:
            self._form.server_ready()
        else:
            self._arrive(workplace)

    def _no_server(self, fault: Fault) -> None:
        self._show_line("bad")
        sentence = fault.sentence
        if fault.kind is FaultKind.UNREACHABLE:
            sentence = tr("The server does not answer. Try again in a moment.")
        self._form.say_unreachable(sentence)

    def _sign_in(self, name: str, password: str) -> None:
        offer = self._offer
        if offer is None:
            return
        self._background.change(
            lambda: offer.desk.sign_in(name, password),
            owner=self,
            done=self._arrive,
            failed=self._refused,
        )

    def _refused(self, fault: Fault) -> None:
        sentence = fault.sentence
        if fault.kind is FaultKind.SIGNED_OUT:
            sentence = tr("Name or password is not right. Check both and try again.")
        elif fault.kind is FaultKind.UNREACHABLE:
            sentence = tr("The server does not answer. Try again in a moment.")
        self._form.say_failure(sentence)

    def _arrive(self, workplace: Workplace) -> None:
        self._form.forget_password()
        self.arrived.emit(Arrived(workplace, restore=self._form.restores()))

    def _show_line(self, tone: Tone) -> None:
        self._dot.show_tone(tone)
