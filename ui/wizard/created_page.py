"""After the press: the order number big enough to read out, what happens now, where next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.language import tr
from app.wizard.aftermath import Aftermath, Happening, Told
from app.wizard.creation_view import CreatedView
from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.button import KeyButton
from ui.widgets.glyph import Glyph
from ui.widgets.hold_bar import HoldBar
from ui.widgets.label import Label, Prose
from ui.widgets.panel import Hairline

_ROW = 27

_Line = TypeVar("_Line", bound=QWidget)


class _Ground(QFrame):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.waiting = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        ground = theme.color("warn_soft" if self.waiting else "good_soft")
        border = theme.color("warn_line" if self.waiting else "line")
        paint.box(painter, self.rect(), theme.px(theme.tokens.radius.panel), ground, border)
        painter.end()


class _HappeningRow(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._happening = Happening("", "open", "")
        self.setFixedHeight(theme.px(_ROW))

    def say(self, happening: Happening) -> None:
        """Show another state, or another step, in the same place."""
        if happening != self._happening:
            self._happening = happening
            self.setAccessibleName(f"{happening.text}, {happening.mark}, {happening.when}")
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        edge = px(theme.tokens.size.tick)
        at = QRect(0, (self.height() - edge) // 2, edge, edge).topLeft()
        paint.marker(theme, painter, at, self._happening.mark)
        inner = self.rect().adjusted(px(24), 0, 0, 0)
        when = self._happening.when
        wide = paint.words(theme, painter, inner, when, "caption", "ink3", paint.RIGHT)
        inner.setRight(inner.right() - wide - px(8))
        paint.words(theme, painter, inner, self._happening.text, "row", "ink")
        painter.end()


class _ToldRow(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = Label(theme, "", "row")
        self._state = Label(theme, "", "caption", "ink3")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        line.addWidget(Glyph(theme, "letter", "ink3"))
        line.addWidget(self._title)
        line.addStretch(1)
        line.addWidget(self._state)
        self.setFixedHeight(theme.px(_ROW + 4))

    def say(self, told: Told) -> None:
        self._title.setText(told.title)
        self._state.setText(told.state)


class _Rows(Generic[_Line]):
    """Rows that stay where they are: only the end grows or shrinks."""

    def __init__(self, make: Callable[[], _Line]) -> None:
        self.layout = QVBoxLayout()
        self._make = make
        self._rows: list[_Line] = []

    def fit(self, count: int) -> Sequence[_Line]:
        """Give so many rows."""
        while len(self._rows) > count:
            row = self._rows.pop()
            self.layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self._rows) < count:
            self._rows.append(self._make())
            self.layout.addWidget(self._rows[-1])
        return tuple(self._rows)


class CreatedPage(QWidget):
    """`then` carries account, more or home; `back` asks for the draft of a refused command."""

    then = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._number = ""
        self._log_text = ""
        self._ground = _Ground(theme)
        self._lead = Label(theme, "", "row", "good", strong=True)
        self._big = Label(theme, "", "display")
        self._spoken = Prose(theme, "", "row", "ink2")
        self._note = Prose(theme, "", "row", "ink2")
        self._copy = KeyButton(theme, tr("Copy"), icon="copy", key="C")
        self.hold = HoldBar(theme, binds_undo=False, keeps_room=True)
        self._steps = _Rows(lambda: _HappeningRow(theme))
        self._told = _Rows(lambda: _ToldRow(theme))
        self._nobody = Prose(theme, "", "row", "ink3")
        self._show_log = KeyButton(theme, tr("Show log"), "quiet", "small", key="L")
        self._log = QPlainTextEdit()
        self._account = KeyButton(theme, tr("Open the account"), "primary", key="Return")
        self._more = KeyButton(theme, tr("More services, same customer"), key="Ctrl+Shift+N")
        self._home = KeyButton(theme, tr("Next call"), key="Esc")
        kept = self._show_log.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # Qt's own signature
        self._show_log.setSizePolicy(kept)  # what stands below must not jump when the log comes
        self._show_log.hide()
        self._build()
        self._copy.clicked.connect(self.copy_number)
        self._show_log.clicked.connect(self._turn_log)
        for button, where in (
            (self._account, "account"),
            (self._more, "more"),
            (self._home, "home"),
        ):
            button.clicked.connect(lambda _on=False, to=where: self.then.emit(to))

    def show_created(self, view: CreatedView) -> None:
        """Show number and words; the number is on the clipboard at once."""
        self._number = view.big if view.copied else ""
        waiting = not view.copied
        self._ground.waiting = waiting
        self._ground.update()
        self._lead.setText(view.lead)
        self._lead.set_tone("warn" if waiting else "good")
        self._big.setText(view.big)
        self._big.setAccessibleName(" ".join(view.spoken) or view.big)
        self._spoken.say("\n".join(view.spoken))
        self.hold.stop()
        self._note.say(view.note)
        self._note.setVisible(bool(view.note))
        self._copy.setVisible(view.copied)
        self._account.setVisible(view.copied)
        self._more.setVisible(view.copied)
        self._home.set_kind("primary" if waiting else "secondary")
        if view.copied:
            self.copy_number()

    def show_aftermath(self, aftermath: Aftermath) -> None:
        """Show how far it has come; each row changes in its place."""
        steps, letters = aftermath.steps, aftermath.told
        for row, happening in zip(self._steps.fit(len(steps)), steps, strict=True):
            row.say(happening)
        for line, told in zip(self._told.fit(len(letters)), letters, strict=True):
            line.say(told)
        self._nobody.setVisible(not aftermath.told)
        self._nobody.say(tr("Letters and e-mails appear here as they go out."))
        self._log_text = "\n".join(aftermath.log)
        self._log.setPlainText(self._log_text)
        self._show_log.setVisible(bool(aftermath.log))

    def number(self) -> str:
        return self._big.text()

    def copy_number(self) -> None:
        if self._number:
            QGuiApplication.clipboard().setText(self._number)

    def focus_first(self) -> None:
        first = self._account if not self._account.isHidden() else self._home
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(32), px(24), px(32), px(24))
        outer.setSpacing(px(24))
        top = QVBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(self._ground)
        top.addWidget(self.hold)
        outer.addLayout(top)
        self._fill_ground()
        columns = QHBoxLayout()
        columns.setSpacing(px(32))
        columns.addLayout(
            self._column(tr("What happens now"), self._steps.layout, self._show_log), 1
        )
        columns.addLayout(self._column(tr("Who is told"), self._told.layout, self._nobody), 1)
        outer.addLayout(columns)
        self._log.setReadOnly(True)
        self._log.setAccessibleName(tr("Log of the creation"))
        self._log.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._log.hide()
        outer.addWidget(self._log)
        outer.addWidget(Hairline(theme))
        ways = QHBoxLayout()
        ways.setSpacing(px(8))
        then = Label(theme, tr("Then"), "strong")
        then.setContentsMargins(0, 0, px(12), 0)
        ways.addWidget(then)
        for button in (self._account, self._more, self._home):
            ways.addWidget(button)
        ways.addStretch(1)
        outer.addLayout(ways)
        outer.addStretch(1)

    def _fill_ground(self) -> None:
        theme, px = self._theme, self._theme.px
        rows = QVBoxLayout(self._ground)
        rows.setContentsMargins(px(24), px(18), px(24), px(18))
        rows.setSpacing(px(4))
        lead = QHBoxLayout()
        lead.setSpacing(px(8))
        lead.addWidget(Glyph(theme, "check", "good"))
        lead.addWidget(self._lead)
        lead.addStretch(1)
        rows.addLayout(lead)
        line = QHBoxLayout()
        line.setSpacing(px(24))
        line.addWidget(self._big)
        line.addWidget(self._spoken, 1)
        line.addWidget(self._copy)
        rows.addLayout(line)
        rows.addWidget(self._note)

    def _column(self, title: str, rows: QVBoxLayout, foot: QWidget) -> QVBoxLayout:
        px = self._theme.px
        column = QVBoxLayout()
        column.setSpacing(px(8))
        column.addWidget(Label(self._theme, title, "strong"))
        rows.setSpacing(0)
        column.addLayout(rows)
        # a foot of fixed width would otherwise hold the whole column narrow
        foot_align = (
            Qt.AlignmentFlag.AlignLeft if isinstance(foot, KeyButton) else Qt.AlignmentFlag(0)
        )
        column.addWidget(foot, 0, foot_align)
        column.addStretch(1)
        return column

    def _turn_log(self) -> None:
        shown = self._log.isHidden()
        self._log.setVisible(shown)
        self._show_log.say(tr("Hide log") if shown else tr("Show log"))
