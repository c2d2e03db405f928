"""The seventh step: e-mails that go with the order, the log, and where to go next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from app.language import tr
from app.wizard import edits
from app.wizard.aftermath import Aftermath
from app.wizard.basket_view import basket_of
from app.wizard.messages_view import changed, message_to, recipients
from app.wizard.steps import Step
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.field import Field, Finding
from ui.widgets.label import Label, Prose
from ui.widgets.segments import Option, Segments
from ui.widgets.status_bar import KeyHint
from ui.widgets.tick import Tick
from ui.wizard.basket import Basket
from ui.wizard.message_form import MessageForm
from ui.wizard.step_page import StepPage
from ui.wizard.wizard_desk import WizardDesk

_AFTER: tuple[edits.After, ...] = ("account", "more", "home")


class NotificationsPage(StepPage):
    """`finish` asks to go where the agent wants to go afterwards."""

    step = Step.NOTIFICATIONS
    finish = Signal(str)

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__(theme, desk)
        self._shape: tuple[object, ...] = ()
        self._created = False
        self.forms: dict[str, MessageForm] = {}
        self._lead = Prose(theme, "", "row", "ink2")
        self._forms = QVBoxLayout()
        self.more = Field(theme, tr("Somebody else"), placeholder="name@example.com")
        self._told = Prose(theme, "", "row", "ink")
        self.show_log = Tick(theme, tr("Logs generated during creation"))
        self._log = QPlainTextEdit()
        self._after = Segments(theme, tr("Afterwards"), self._places())
        self.done = KeyButton(theme, tr("Finish"), "primary", "large", key="Ctrl+Return",
                              bind_key=False)  # fmt: skip
        self._basket = Basket(theme, tr("Order"), width=284)
        self._build()
        self.more.entered.connect(self._add)
        self.show_log.clicked.connect(self._log.setVisible)
        self._after.chosen.connect(self._go_afterwards)
        self.done.clicked.connect(lambda: self.finish.emit(self._after.current()))

    def refresh(self) -> None:
        draft = self.desk.draft
        self._basket.show_view(basket_of(self.desk.wizard))
        shown = recipients(draft)
        shape = (self._created, shown)
        if shape != self._shape:
            self._shape = shape
            self._draw()
        if self._after.current() != draft.after:
            self._after.choose(draft.after)
        self._say_lead()
        self.done.setEnabled(self._created)
        self.show_log.setVisible(self._created)

    def focus_first(self) -> None:
        if self._created:
            self.done.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        first = next(iter(self.forms.values()), None)
        (first.tick if first else self.more).setFocus(Qt.FocusReason.OtherFocusReason)

    def keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("Alt+1–7", tr("step")),
            KeyHint("Space", tr("tick")),
            KeyHint("Ctrl+Return", tr("finish") if self._created else tr("create")),
        )

    def show_created(self, aftermath: Aftermath) -> None:
        """The order is there: e-mails are on their way, the log can be read."""
        self._created = True
        self._log.setPlainText("\n".join(aftermath.log))
        words = "\n".join(f"{each.title}: {each.state}" for each in aftermath.told)
        self._told.say(words or tr("Letters and e-mails appear here as they go out."))
        self.refresh()

    def show_draft(self) -> None:
        """The server refused: the e-mails can be changed again."""
        self._created = False
        self._told.say("")
        self.refresh()

    def _places(self) -> tuple[Option, ...]:
        words = (tr("The account"), tr("More services"), tr("Next call"))
        return tuple(Option(place, text) for place, text in zip(_AFTER, words, strict=True))

    def _build(self) -> None:
        px = self.theme.px
        column = self.add_column()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(px(20), px(16), px(20), px(16))
        rows.setSpacing(px(12))
        rows.addWidget(Label(self.theme, tr("E-mails with this order"), "answer"))
        rows.addWidget(self._lead)
        self._forms.setSpacing(px(8))
        rows.addLayout(self._forms)
        rows.addWidget(self.more)
        rows.addWidget(self._told)
        rows.addWidget(self.show_log)
        self._log.setReadOnly(True)
        self._log.setAccessibleName(tr("Log of the creation"))
        self._log.setMinimumHeight(px(160))
        self._log.hide()
        rows.addWidget(self._log)
        rows.addSpacing(px(8))
        rows.addWidget(Label(self.theme, tr("Afterwards"), "answer"))
        rows.addWidget(self._after)
        rows.addWidget(self.done)
        rows.addStretch(1)
        area.setWidget(inner)
        column.addWidget(area)
        self.add_column(284).addWidget(self._basket)

    def _say_lead(self) -> None:
        if self._created:
            self._lead.say(tr("The order is created; these went with it."))
        else:
            self._lead.say(
                tr(
                    "Confirmation and contract summary go by themselves. "
                    "Tick who else shall get an e-mail."
                )
            )

    def _draw(self) -> None:
        while item := self._forms.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.forms.clear()
        self.more.setVisible(not self._created)
        draft, choices = self.desk.draft, self.desk.wizard.choices
        for recipient in recipients(draft):
            message = message_to(draft, recipient.to, choices)
            form = MessageForm(self.theme, recipient, message)
            form.setEnabled(not self._created)
            form.changed.connect(self._change)
            self.forms[recipient.to] = form
            self._forms.addWidget(form)

    def _change(self, to: str, part: str, value: object) -> None:
        draft, choices = self.desk.draft, self.desk.wizard.choices
        self.desk.edit(edits.set_messages(changed(draft, choices, to, **{part: value})))

    def _add(self) -> None:
        to = self.more.text().strip()
        if "@" not in to:
            sentence = tr("An e-mail address has an @, such as name@example.com.")
            self.more.show_finding(Finding("error", sentence))
            return
        self.more.show_finding(None)
        self.more.set_text("")
        self._change(to, "chosen", True)  # the value of a part

    def _go_afterwards(self, after: str) -> None:
        place = next(each for each in _AFTER if each == after)
        self.desk.edit(edits.go_afterwards(place))
