"""Suspending: why, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.deeds.checks import LONGEST_REST, is_urgent, until_of
from app.deeds.deed import set_field
from app.deeds.wording import rest_words, suspend_reason
from app.language import tr
from ui.deeds.deed_desk import DeedDesk
from ui.deeds.deed_form import DeedForm
from ui.theme.theme import Theme
from ui.widgets.date_field import DateField
from ui.widgets.note import Note
from ui.widgets.segments import Option, Segments
from ui.widgets.status_bar import KeyHint

REASONS = ("request", "lost", "stolen", "seasonal")


class SuspendForm(DeedForm):
    """A lost or stolen phone is blocked at once."""

    def __init__(self, theme: Theme, desk: DeedDesk) -> None:
        super().__init__(theme, desk)
        options = tuple(Option(each, suspend_reason(each)) for each in REASONS)
        self.reason = Segments(theme, tr("Why"), options, current=desk.deed.said("reason"))
        self.until = DateField(
            theme, tr("Until"), lambda: desk.today, day=until_of(desk.deed), may_choose=self._may
        )
        self.until.setFixedWidth(theme.px(200))
        self._urgent = Note(theme, "warn")
        self.add(tr("Why"), self.reason)
        self.rows.addWidget(self._urgent)
        words = tr("Then it works again by itself. Empty: until somebody resumes it.")
        self.add(tr("Until"), self.until, words)
        self.reason.chosen.connect(lambda why: desk.edit(set_field("reason", why)))
        self.until.chosen.connect(self._until)
        self.until.entered.connect(self.done)
        self.refresh()

    def refresh(self) -> None:
        urgent = is_urgent(self.desk.deed)
        words = tr("It is blocked at once, without ten seconds to undo. Resume brings it back.")
        self._urgent.say(words if urgent else "")

    def stops(self) -> Sequence[tuple[str, QWidget]]:
        return (("reason", self.reason), ("until", self.until))

    def keys(self) -> Sequence[KeyHint]:
        return (KeyHint("Left Right", tr("why")),)

    def _may(self, day: dt.date) -> bool:
        return self.desk.today < day <= self.desk.today + LONGEST_REST

    def _until(self, day: dt.date | None) -> None:
        self.desk.edit(set_field("until", day.isoformat() if day else ""))


class ResumeForm(DeedForm):
    """Resuming needs nothing: it says how it came to rest."""

    def __init__(self, theme: Theme, desk: DeedDesk) -> None:
        super().__init__(theme, desk)
        self._words = Note(theme, "info")
        self.rows.addWidget(self._words)
        self.refresh()

    def refresh(self) -> None:
        view = self.desk.view
        words = rest_words(view.account, self.desk.deed.product_id) if view else ""
        self._words.say(words)
