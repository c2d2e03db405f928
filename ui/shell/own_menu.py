"""The own menu behind the initials: who I am, look, zoom, sign out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.language import tr
from app.session import User
from ui.theme.theme import Theme, Wish
from ui.widgets.button import KeyButton
from ui.widgets.label import Label
from ui.widgets.panel import Hairline
from ui.widgets.popover import Popover
from ui.widgets.segments import Option, Segments

_WISHES: tuple[Wish, ...] = ("system", "light", "dark", "high_contrast")


class OwnMenu(Popover):
    """Look and zoom act at once; `look_changed` when they are to be remembered."""

    look_changed = Signal()
    sign_out_wanted = Signal()
    products_wanted = Signal()

    def __init__(
        self, theme: Theme, window: QWidget, user: User, about: str, *, products: bool = False
    ) -> None:
        super().__init__(theme, window)
        self._theme = theme
        self.setAccessibleName(tr("Own menu"))
        names = dict(
            zip(
                _WISHES,
                (
                    tr("As the system"),
                    tr("Light"),
                    tr("Dark"),
                    tr("High contrast"),
                ),
                strict=True,
            )
        )
        look = tuple(Option(wish, names[wish]) for wish in _WISHES)
        self.look = Segments(theme, tr("Look"), look, current=theme.wish)
        zooms = tuple(Option(str(step), f"{step:.0%}") for step in theme.tokens.meta.zoom)
        self.zoom = Segments(theme, tr("Zoom"), zooms, current=str(theme.zoom))
        self.sign_out = KeyButton(theme, tr("Sign out"), icon="key")
        self._fill(user, about, products=products)
        self.look.chosen.connect(self._show_look)
        self.zoom.chosen.connect(self._show_zoom)
        self.sign_out.clicked.connect(self.sign_out_wanted)

    def _fill(self, user: User, about: str, *, products: bool) -> None:
        theme, px = self._theme, self._theme.px
        self.body.setSpacing(px(8))
        self.body.addWidget(Label(theme, user.name, "strong", strong=True))
        roles = ", ".join(sorted(user.roles))
        who = " · ".join(part for part in (user.team, roles) if part)
        self.body.addWidget(Label(theme, who, "caption", "ink2"))
        self.body.addWidget(Hairline(theme))
        for words, part in ((tr("Look"), self.look), (tr("Zoom"), self.zoom)):
            self.body.addWidget(Label(theme, words, "caption", "ink3"))
            self.body.addWidget(part)
        self.body.addWidget(Hairline(theme))
        if products:
            words = tr("Products")
            button = KeyButton(
                theme, words, "quiet", icon="box", key="Ctrl+Shift+P", bind_key=False
            )
            button.clicked.connect(self._go_to_products)
            self.body.addWidget(button)
            self.body.addWidget(Hairline(theme))
        foot = QHBoxLayout()
        foot.addWidget(Label(theme, about, "caption", "ink3"))
        foot.addStretch(1)
        foot.addWidget(self.sign_out)
        self.body.addLayout(foot)

    def _go_to_products(self) -> None:
        self.close_up()
        self.products_wanted.emit()

    def _show_look(self, wish: str) -> None:
        chosen = next(known for known in _WISHES if known == wish)
        self._theme.set_wish(chosen)
        self.look_changed.emit()

    def _show_zoom(self, zoom: str) -> None:
        self._theme.set_zoom(float(zoom))
        self.adjustSize()
        self.look_changed.emit()
