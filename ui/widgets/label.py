"""Labels: plain text always, in a role of the type scale."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Role, Tone
from ui.widgets import paint

_READABLE = 320  # px at zoom 1.0, what a sentence asks for before the layout gives it more


def plain_tooltip(text: str) -> str:
    """`text` as a tooltip that shows it as it stands: tooltips obey markup, so it is escaped."""
    return f"<span>{escape(text)}</span>"


class Label(QLabel):
    """One line of plain text; markup in a name is shown, never obeyed.

    Like all small widgets it need not hear of another zoom: the application's font is another
    one then, and Qt asks everything that is shown for its size again.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: Role = "row",
        tone: Tone = "ink",
        *,
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role: Role = role
        self._tone: Tone = tone
        self._strong = strong
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def set_tone(self, tone: Tone) -> None:
        """Show the text in another token's colour."""
        if self._tone != tone:
            self._tone = tone
            self.update()

    def tone(self) -> Tone:
        return self._tone

    def role(self) -> Role:
        return self._role

    def is_strong(self) -> bool:
        return self._strong

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        words = self._theme.metrics(self._role, strong=self.is_strong())
        width = words.horizontalAdvance(self.text()) + margins.left() + margins.right()
        height = self._theme.line(self._role) + margins.top() + margins.bottom()
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tone = self.tone() if self.isEnabled() else "disabled"
        paint.words(
            self._theme,
            painter,
            self.contentsRect(),
            self.text(),
            self._role,
            tone,
            self.alignment(),
            strong=self.is_strong(),
        )
        painter.end()


class ElidedLabel(Label):
    """One line that is shortened with an ellipsis; the whole text is its tooltip."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: Role = "row",
        tone: Tone = "ink",
        *,
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, role, tone, strong=strong, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(24), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        words = self._theme.metrics(self._role, strong=self._strong)
        cut = words.horizontalAdvance(self.text()) > self.width()
        self.setToolTip(plain_tooltip(self.text()) if cut else "")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence; `tone` empty takes the label's own."""

    text: str
    strong: bool = False
    tone: Tone | None = None


class Prose(Label):
    """Several lines at the role's own line height; pieces of it may be strong."""

    def __init__(
        self,
        theme: Theme,
        text: str | tuple[Run, ...] = "",
        role: Role = "row",
        tone: Tone = "ink",
        *,
        parent: QWidget | None = None,
    ) -> None:
        self._runs: tuple[Run, ...] = ()
        self._heights: dict[tuple[int, float], int] = {}  # layouts ask again and again
        super().__init__(theme, "", role, tone, parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say(text)

    def say(self, text: str | tuple[Run, ...]) -> None:
        """Show `text`; a tuple of runs for a sentence with strong pieces."""
        self._runs = (Run(text),) if isinstance(text, str) else text
        self._heights.clear()
        self.setText("".join(run.text for run in self._runs))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        key = width, self._theme.zoom
        if key not in self._heights:
            lines = max(1, self._lay_out(width).lineCount())
            self._heights[key] = lines * self._theme.line(self._role)
        return self._heights[key]

    def sizeHint(self) -> QSize:
        whole = sum(
            self._theme.metrics(self._role, strong=run.strong).horizontalAdvance(run.text)
            for run in self._runs
        )
        # a long sentence asks for a readable width, not for one endless line
        width = min(whole + 1, self._theme.px(_READABLE))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.line(self._role))

    def paintEvent(self, _event: QPaintEvent) -> None:
        layout = self._lay_out(self.width())
        height = layout.lineCount() * self._theme.line(self._role)
        top = 0 if self.alignment() & Qt.AlignmentFlag.AlignTop else (self.height() - height) // 2
        painter = QPainter(self)
        painter.setPen(self._theme.color(self.tone()))
        layout.draw(painter, QPointF(0, max(0, top)))
        painter.end()

    def _lay_out(self, width: int) -> QTextLayout:
        theme = self._theme
        # a text layout breaks at the line separator only
        text = self.text().replace("\n", "\u2028")
        layout = QTextLayout(text, theme.font(self._role))
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        pitch = theme.line(self._role)
        layout.beginLayout()
        top = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top + (pitch - line.height()) / 2))
            top += pitch
        layout.endLayout()
        return layout

    def _formats(self) -> list[QTextLayout.FormatRange]:
        formats = []
        start = 0
        for run in self._runs:
            piece = QTextLayout.FormatRange()
            piece.start = start
            piece.length = len(run.text)
            start += len(run.text)
            look = piece.format
            if run.strong:
                look.setFontWeight(QFont.Weight.DemiBold)
            if run.tone is not None:
                look.setForeground(self._theme.color(run.tone))
            piece.format = look
            formats.append(piece)
        return formats
