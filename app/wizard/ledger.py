"""What is written down of a draft at each change, and what the world has changed since."""

from __future__ import annotations

from collections.abc import Callable

from app.wizard.choices import Choices
from app.wizard.draft import Draft
from app.wizard.news import news_since
from app.wizard.report import Report
from app.wizard.standing import with_standing


class Ledger:
    """Writes to the journal with how far the draft has come, and knows what was answered last."""

    def __init__(self, draft: Draft, journal: Callable[[Draft], None]) -> None:
        self._journal = journal
        self._known = draft.standing
        self._noted = draft.standing

    def write(self, draft: Draft, choices: Choices | None, report: Report) -> None:
        """Write the draft down."""
        noted = with_standing(draft, choices, report)
        self._noted = noted.standing
        self._journal(noted)

    def compare(self, choices: Choices) -> tuple[str, ...]:
        """Say in sentences what an answer has that the one before it had not."""
        return news_since(self._known, choices)

    def take(self, draft: Draft, choices: Choices, report: Report) -> None:
        """Know an answer that was taken; it changes no draft, but what lists say of it."""
        self._known = with_standing(draft, choices, report).standing
        if self._known != self._noted:
            self.write(draft, choices, report)
