"""One finding of the report: an error with the way there, or a warning to be ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from app.wizard.creation_view import rules_of
from app.wizard.report import Finding
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.button import KeyButton
from ui.widgets.field import Field
from ui.widgets.glyph import Glyph
from ui.widgets.label import Label, Prose
from ui.widgets.tick import Tick


class FindingBlock(QFrame):
    """`go` carries step and field, `fixed` field and value, `waived` code and reason or None."""

    go = Signal(str, str)
    fixed = Signal(str, str)
    waived = Signal(str, object)

    def __init__(self, theme: Theme, finding: Finding, reason: str | None, *, first: bool) -> None:
        super().__init__()
        self._theme = theme
        self._finding = finding
        warning = finding.severity == "warning"
        self._ink: Tone = "warn_line" if warning else "bad"
        self._ground: Tone = "warn_soft" if warning else "bad_soft"
        px = theme.px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(12), px(8), px(12), px(8))
        outer.setSpacing(px(4))
        key = "G" if first else ""
        self._go_there = KeyButton(theme, tr("Go there"), size="small", key=key)
        outer.addLayout(self._head())
        if finding.text:
            text = Prose(theme, finding.text, "row", "ink2")
            row = QHBoxLayout()
            row.addSpacing(px(24))
            row.addWidget(text)
            outer.addLayout(row)
        self.tick = Tick(theme, tr("Go on without it"))
        self.reason = Field(theme, "", reason or "", placeholder=tr("Why"))
        if warning:
            outer.addLayout(self._waiver(reason))
        self.setAccessibleName(f"{finding.title} {finding.text}".strip())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        radius = theme.px(theme.tokens.radius.panel)
        ground, border = theme.color(self._ground), theme.color(self._ink)
        paint.box(painter, self.rect(), radius, ground, border)
        painter.end()

    def focus_first(self) -> None:
        """Stand on what the block asks for: a tick, or the way there."""
        wanted = self.tick if self._finding.severity == "warning" else self._go_there
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QHBoxLayout:
        theme, finding = self._theme, self._finding
        warning = finding.severity == "warning"
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        icon, tone = ("alert", "warn") if warning else ("error", "bad")
        sign: Tone = "warn" if tone == "warn" else "bad"
        head.addWidget(Glyph(theme, icon, sign))
        title = Prose(theme, finding.title, "row", "ink")
        title.setProperty("strong", "true")
        head.addWidget(title, 1)
        if finding.rules:
            head.addWidget(Label(theme, rules_of(finding), "caption", "ink3"))
        go = self._go_there
        go.clicked.connect(lambda: self.go.emit(finding.step, finding.field))
        head.addWidget(go)
        if finding.fix and finding.field:
            fix = KeyButton(theme, tr("Take {}").format(finding.fix), size="small")
            fix.clicked.connect(lambda: self.fixed.emit(finding.field, finding.fix))
            head.addWidget(fix)
        return head

    def _waiver(self, reason: str | None) -> QHBoxLayout:
        px = self._theme.px
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addSpacing(px(24))
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.reason, 1)
        self.tick.setChecked(reason is not None)
        self.reason.setEnabled(reason is not None)
        self.reason.input.setAccessibleName(tr("Why it goes on without it"))
        self.tick.clicked.connect(self._ticked)
        self.reason.edited.connect(lambda text: self.waived.emit(self._finding.code, text))
        return row

    def _ticked(self, on: bool) -> None:  # noqa: FBT001  # Qt's own signature
        self.reason.setEnabled(on)
        self.waived.emit(self._finding.code, self.reason.text() if on else None)
        if on:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)


class RightRow(QWidget):
    """What was found right: a green mark, two lines, the rules at the right."""

    def __init__(self, theme: Theme, finding: Finding) -> None:
        super().__init__()
        self._theme = theme
        self._finding = finding
        self.setFixedHeight(theme.px(43))
        self.setAccessibleName(f"{finding.title}: {finding.text}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        edge = px(theme.tokens.size.tick)
        mark = self.rect().topLeft()
        mark.setY((self.height() - edge) // 2)
        paint.marker(theme, painter, mark, "done")
        inner = self.rect().adjusted(px(28), 0, 0, 0)
        rules = rules_of(self._finding)
        wide = paint.words(theme, painter, inner, rules, "caption", "ink3", paint.RIGHT)
        inner.setRight(inner.right() - wide - px(8))
        upper = inner.adjusted(0, px(2), 0, -px(20))
        lower = inner.adjusted(0, px(21), 0, -px(4))
        paint.words(theme, painter, upper, self._finding.title, "row", "ink")
        paint.words(theme, painter, lower, self._finding.text, "caption", "ink3")
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
        painter.end()
