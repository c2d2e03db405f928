"""The theme: answers every question about colour, size, type and icons, and can change."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QToolTip

from ui.theme.dress import Dress
from ui.theme.fonts import load_typeface
from ui.theme.icons import Icons
from ui.theme.sheet import fill_sheet, style_templates
from ui.theme.system import follow_system, system_scheme
from ui.theme.tokens import Role, Scheme, TextStyle, Tokens, Tone, read_tokens

Wish = Literal["system", "light", "dark", "high_contrast"]

_PALETTE: dict[QPalette.ColorRole, Tone] = {
    QPalette.ColorRole.Window: "surface",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "subtle",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "ink3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "on_bad",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "subtle",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line_strong",
    QPalette.ColorRole.Shadow: "line_strong",
}
_OFF = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def _font(tokens: Tokens, pixels: int, weight: int) -> QFont:
    font = QFont([tokens.meta.family, *tokens.meta.fallback])
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    return font


class Theme(QObject):
    """Made once in the composition and handed to every widget.

    `changed` is emitted after the application has the new colours and sizes.
    """

    changed = Signal()

    def __init__(
        self,
        tokens: Tokens | None = None,
        *,
        wish: Wish = "system",
        zoom: float = 1.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.tokens = tokens or read_tokens()
        self.icons = Icons()
        self._wish: Wish = wish
        self._scheme: Scheme = "light" if wish == "system" else wish
        self._zoom = self._allowed(zoom)
        self._app: QApplication | None = None
        self._colors: dict[Tone, QColor] = {}
        self._fonts: dict[tuple[Role, int, bool], QFont] = {}
        self._metrics: dict[tuple[Role, bool], QFontMetrics] = {}

    @property
    def scheme(self) -> Scheme:
        return self._scheme

    @property
    def wish(self) -> Wish:
        return self._wish

    @property
    def zoom(self) -> float:
        return self._zoom

    @property
    def high_contrast(self) -> bool:
        """Whether soft grounds need a border of their own colour."""
        return self._scheme == "high_contrast"

    def apply(self, app: QApplication) -> None:
        """Give `app` typeface, style and palette, and follow the system."""
        first = self._app is None
        self._app = app
        if first:
            load_typeface(app)
            follow_system(app, self._system_changed)
        self._dress()

    def set_wish(self, wish: Wish) -> None:
        """Show another scheme from now on; "system" follows the system."""
        self._wish = wish
        self._dress()

    def set_zoom(self, zoom: float) -> None:
        """Show everything `zoom` times as large; the nearest allowed step is taken."""
        self._zoom = self._allowed(zoom)
        self._dress()

    def color(self, tone: Tone) -> QColor:
        """The colour a token has in the scheme shown now."""
        found = self._colors.get(tone)
        if found is None:
            found = self._colors[tone] = QColor(self.tokens.color[self._scheme][tone])
        return found

    def px(self, length: float) -> int:
        """A length of zoom 1.0 in pixels of the zoom shown now."""
        return round(length * self._zoom)

    def style(self, role: Role) -> TextStyle:
        """Size, line height and weight of a text role, at zoom 1.0."""
        return self.tokens.type[role]

    def line(self, role: Role) -> int:
        """The height of one line of a text role, in pixels."""
        return self.px(self.style(role).line)

    def font(self, role: Role, *, strong: bool = False, italic: bool = False) -> QFont:
        """The font of a text role; `strong` makes it 600."""
        style = self.style(role)
        key = (role, 600 if strong else style.weight, italic)
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = _font(self.tokens, self.px(style.size), key[1])
            found.setItalic(italic)
            if style.spacing:
                spacing = style.spacing * self._zoom
                found.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
        return found

    def metrics(self, role: Role, *, strong: bool = False) -> QFontMetrics:
        """Widths of texts in `font(role)`, in pixels."""
        found = self._metrics.get((role, strong))
        if found is None:
            metrics = QFontMetrics(self.font(role, strong=strong))
            found = self._metrics[role, strong] = metrics
        return found

    def pixmap(self, name: str, tone: Tone, size: int, ratio: float = 1.0) -> QPixmap:
        """Icon `name` in a token's colour, `size` pixels at zoom 1.0."""
        return self.icons.pixmap(name, self.color(tone), self.px(size), ratio)

    def _allowed(self, zoom: float) -> float:
        return min(self.tokens.meta.zoom, key=lambda step: abs(step - zoom))

    def _system_changed(self) -> None:
        if self._wish == "system":
            self._dress()

    def _dress(self) -> None:
        if self._app is not None and self._wish == "system":
            self._scheme = system_scheme(self._app)
        elif self._wish != "system":
            self._scheme = self._wish
        self._colors.clear()
        self._fonts.clear()
        self._metrics.clear()
        if self._app is None:
            return
        palette = self._palette()
        self._app.setFont(self.font("body"))
        # now and not a turn later, so that sizes and contents change together
        self._app.sendPostedEvents(None, QEvent.Type.ApplicationFontChange.value)
        self._app.setPalette(palette)
        self._dress_widgets(self._app)
        QToolTip.setFont(self.font("caption"))  # another style forgets it
        QToolTip.setPalette(palette)
        self.changed.emit()

    def _dress_widgets(self, app: QApplication) -> None:
        """Those that are shown now change, those to come are dressed when they are shown."""
        colors = {str(tone): value for tone, value in self.tokens.color[self._scheme].items()}
        sheets = {
            kind: fill_sheet(template, colors, self._zoom)
            for kind, template in style_templates().items()
        }
        dress = app.style()
        if not isinstance(dress, Dress):
            dress = Dress(self)
            dress.wear(self, sheets)
            app.setStyle(dress)
        dress.wear(self, sheets)
        for widget in app.allWidgets():
            dress.change(widget)

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, tone in _PALETTE.items():
            palette.setColor(role, self.color(tone))
        for role in _OFF:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("disabled"))
        return palette
