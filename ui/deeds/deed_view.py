"""One deed in a window: its head, the form, and what would happen beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.customers.rows import telephone
from app.deeds.identity import identity_facts
from app.deeds.wording import head_of, icon_of
from app.language import tr
from app.session import User
from app.wizard.service import Outcome
from ui.deeds.deed_desk import DeedDesk
from ui.deeds.deed_form import DeedForm
from ui.deeds.move_form import MoveForm
from ui.deeds.number_form import NumberForm
from ui.deeds.owner_form import OwnerForm
from ui.deeds.sent_part import SentPart
from ui.deeds.side import Side
from ui.deeds.sim_form import SimForm
from ui.deeds.suspend_form import ResumeForm, SuspendForm
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.glyph import Glyph
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.message_bar import MessageBar
from ui.widgets.panel import Hairline
from ui.widgets.scrolled import scrolled
from ui.widgets.status_bar import KeyHint

LEAVE = "Esc"
_MOST_WIDTH = 720
_FOLDS_UNDER = 960  # of the page at zoom 1.0


class DeedView(QWidget):
    """`left` asks to leave without doing it, `then` where to go afterwards."""

    left = Signal()
    then = Signal(str)
    new_customer = Signal()

    def __init__(self, theme: Theme, desk: DeedDesk, messages: MessageBar, user: User) -> None:
        super().__init__()
        self.theme = theme
        self.desk = desk
        self._messages = messages
        self._user = user
        self.form: DeedForm | None = None
        self.side = Side(theme, desk)
        self.sent = SentPart(theme)
        self._name = ElidedLabel(theme, head_of(desk.deed), "page")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._facts = ElidedLabel(theme, "", "row", "ink2")
        self._saved = Label(theme, "", "caption", "ink3")
        self._leave = KeyButton(theme, tr("Leave"), "quiet", key=LEAVE)
        self._more = KeyButton(theme, tr("What happens"), "quiet", icon="list", key="Ctrl+B")
        self._line = Hairline(theme, "standing")
        self._folded = self._turned = False
        self._stack = QStackedWidget()
        self._room = QVBoxLayout()
        self._build()
        self._connect()
        self.refresh()

    def show_form(self) -> None:
        """Make the form, now that it is known what the customer has."""
        if self.form is None:
            self.form = self._make()
            self.form.setMaximumWidth(self.theme.px(_MOST_WIDTH))
            self.form.done.connect(self._go_on)
            self.form.new_customer.connect(self.new_customer)
            self._room.insertWidget(0, self.form)
            self.form.show()  # a layout shows it later only, and the focus goes into it now
        self.refresh()

    def refresh(self) -> None:
        deed = self.desk.deed
        number = telephone(deed.number)
        parts = (deed.customer_name, deed.customer_id, number)
        told = (part for part in parts if part and part not in head_of(deed))
        self._facts.setText(" · ".join(told))
        self._say_saved()
        if self.form is not None and not self.desk.done:
            self.form.refresh()
        self.side.refresh()

    def focus_first(self) -> None:
        if self.desk.done:
            self.sent.setFocus()
        elif self.form is None or not self.form.focus_first():
            self.side.press.setFocus(Qt.FocusReason.OtherFocusReason)

    def keys(self) -> Sequence[KeyHint]:
        if self.desk.done:
            return (KeyHint("C", tr("copy number")), KeyHint("Return", tr("account")),
                    KeyHint("Esc", tr("next call")))  # fmt: skip
        own = tuple(self.form.keys()) if self.form else ()
        return (*own, KeyHint("Ctrl+Return", tr("do it")), KeyHint(LEAVE, tr("leave")))

    def show_outcome(self, outcome: Outcome) -> None:
        """The number in the place of the form."""
        self._stack.setCurrentIndex(1)
        self._leave.hide()
        self.sent.show_outcome(outcome)

    def show_again(self) -> None:
        """It was taken back: the form stands as it was."""
        self.sent.hold.stop()
        self._stack.setCurrentIndex(0)
        self._leave.show()
        self.refresh()
        self.focus_first()

    # --- making -------------------------------------------------------------------------------

    def _make(self) -> DeedForm:
        theme, desk = self.theme, self.desk
        match desk.deed.name:
            case "suspend":
                return SuspendForm(theme, desk)
            case "resume":
                return ResumeForm(theme, desk)
            case "sim":
                view, pins = desk.view, desk.service.checks_pins
                facts = identity_facts(view.account, self._user, pin=pins) if view else ()
                return SimForm(theme, desk, facts)
            case "number":
                return NumberForm(theme, desk)
            case "owner":
                return OwnerForm(theme, desk)
            case "move":
                return MoveForm(theme, desk)

    def _build(self) -> None:
        theme, px = self.theme, self.theme.px
        head = QWidget()
        head.setFixedHeight(px(theme.tokens.layout.wizard_bar))
        row = QHBoxLayout(head)
        row.setContentsMargins(px(20), 0, px(20), 0)
        row.setSpacing(px(12))
        row.addWidget(Glyph(theme, icon_of(self.desk.deed.name), "ink2"))
        row.addWidget(self._name)
        row.addWidget(self._facts, 1)
        row.addWidget(self._saved)
        row.addWidget(self._more)
        self._more.hide()
        row.addWidget(self._leave)
        inner = QWidget()
        inner.setLayout(self._room)
        self._room.setContentsMargins(px(32), px(20), px(32), px(20))
        self._room.addStretch(1)
        work = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, work)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(0)
        self._area = scrolled(inner)
        self._columns.addWidget(self._area, 1)
        self._columns.addWidget(self._line)
        self._columns.addWidget(self.side)
        self._stack.addWidget(work)
        self._stack.addWidget(scrolled(self.sent))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(Hairline(theme))
        edge = px(8)
        self._messages.setContentsMargins(px(20), edge, px(20), edge)
        outer.addWidget(self._messages)
        outer.addWidget(self._stack, 1)

    def _connect(self) -> None:
        desk = self.desk
        desk.changed.connect(self.refresh)
        desk.began.connect(self.refresh)
        desk.saved.connect(self._say_saved)
        self._leave.clicked.connect(self.left)
        self._more.clicked.connect(self._turn)
        self.side.pressed.connect(self.press)
        self.sent.then.connect(self.then)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.press)
        QShortcut(QKeySequence("F8"), self).activated.connect(self._go_to_missing)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def press(self) -> None:
        """Do it, else go to what is missing; afterwards on to the account."""
        if self.desk.done:
            self.then.emit("account")
        elif not self.desk.send():
            self._go_to_missing()

    # --- where there is little width -----------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = event.size().width() < self.theme.px(_FOLDS_UNDER)
        if folded != self._folded:
            self._folded, self._turned = folded, False
            self._arrange()

    def _turn(self) -> None:
        """Show what happens in the place of the form, or the form again."""
        self._turned = not self._turned
        self._arrange()

    def _arrange(self) -> None:
        direction = QBoxLayout.Direction
        folded, turned = self._folded, self._turned
        self._columns.setDirection(direction.TopToBottom if folded else direction.LeftToRight)
        self._columns.setStretch(2, 1 if turned else 0)
        self._line.setVisible(not folded)
        self._area.setVisible(not turned)
        self._more.setVisible(folded)
        self._more.say(tr("The form") if turned else tr("What happens"))
        self.side.fold(folded=folded, alone=turned)
        self._say_saved()

    # --- what moves ---------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Enter was pressed where nothing follows: to what is missing, else to the press."""
        if not self._go_to_missing():
            self.side.press.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_missing(self) -> bool:
        lacks = self.desk.missing
        return bool(lacks) and self.form is not None and self.form.stand_at(lacks[0].field)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self.form is not None and now is not None and self.form.isAncestorOf(now):
            self.desk.stand_at(self.form.name_of(now))

    def _say_saved(self) -> None:
        at = self.desk.journal.saved_at
        here = self.desk.clock().tzinfo
        words = tr("Draft saved {time}", time=f"{at.astimezone(here):%H:%M:%S}") if at else ""
        self._saved.setText(words)
        self._saved.setVisible(bool(words) and not self.desk.done and not self._folded)
