"""The wizard itself: one draft, the way through its steps, and everybody who watches it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from msgspec.structs import replace

from app.wizard import edits
from app.wizard.choices import Choices, Question, about, lines_of, priced, question_of
from app.wizard.draft import Draft
from app.wizard.ledger import Ledger
from app.wizard.report import Finding, Report, check_draft
from app.wizard.steps import Step, following, preceding, steps_on_the_way

MOST_SNAPSHOTS = 200


class Wizard:
    """Holds the draft of one wizard; free of screens, network and files.

    Every change goes to `journal` at once, which writes it to disk. Pages read `draft`,
    `choices` and `report` and are told by `on_change`.
    """

    def __init__(
        self,
        draft: Draft,
        *,
        journal: Callable[[Draft], None],
        clock: Callable[[], dt.datetime],
    ) -> None:
        self.draft = draft
        self.choices: Choices | None = None
        self.unchecked = False
        self.answered: Question | None = None
        self.news: tuple[str, ...] = ()
        self.news_is_own = False
        self._ledger = Ledger(draft, journal)
        self._clock = clock
        self._past: list[Draft] = []
        self._watchers: list[Callable[[], None]] = []

    # --- what is known ------------------------------------------------------------------

    @property
    def report(self) -> Report:
        checked = None if self.unchecked else self.choices
        return check_draft(self.draft, checked, now=self._clock())

    @property
    def question(self) -> Question:
        return question_of(self.draft)

    @property
    def knows_the_place(self) -> bool:
        """Whether the choices are of the address that the draft has now."""
        answered = self.answered
        return (answered.address_id if answered else None) == self.draft.address_id

    @property
    def is_answered(self) -> bool:
        """Whether the choices answer the question that the draft asks now."""
        return self.answered == self.question

    @property
    def lags(self) -> bool:
        """Whether prices and facts are still those of an older question."""
        return self.answered is None or priced(self.answered) != priced(self.question)

    @property
    def way(self) -> tuple[Step, ...]:
        """Steps that Next and Back pass. Numbers stay on the way until it is known they are not."""
        choices = self.choices
        needed = (
            choices is None or not self.draft.picks or bool(lines_of(self.draft.picks, choices))
        )
        return steps_on_the_way(only_account=self.draft.only_account, needs_numbers=needed)

    @property
    def blockers(self) -> tuple[Finding, ...]:
        """What stops the creation now; empty: it can be pressed."""
        return self.report.blockers(self.draft)

    def on_change(self, watcher: Callable[[], None]) -> Callable[[], None]:
        """Call `watcher` after each change; the result ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    # --- changes ------------------------------------------------------------------------

    def apply(self, edit: edits.Edit) -> None:
        """Make a change, keep the way back, journal it, tell the pages."""
        changed = edit(self.draft)
        if changed == self.draft:
            return
        if changed.step is self.draft.step:
            self._past = [*self._past[-(MOST_SNAPSHOTS - 1) :], self.draft]
        self._take(changed)

    def fill_in(self, edit: edits.Edit) -> None:
        """Make a change that nobody made by hand, so that none takes it back."""
        changed = edit(self.draft)
        if changed != self.draft:
            self._take(changed)

    def undo(self) -> bool:
        """Take the last change back; the step stays. False: there is none.

        Holds are not taken back: the server gave them and they may be gone.
        """
        if not self._past:
            return False
        before = self._past.pop()
        self._take(replace(before, step=self.draft.step, holds=self.draft.holds))
        return True

    def go(self, step: Step, field: str = "") -> None:
        self.apply(edits.go_to(step, field))

    def stand_at(self, field: str) -> None:
        """Note where the agent stands; no change that could be taken back."""
        if field != self.draft.field:
            self.draft = replace(self.draft, field=field)
            self._ledger.write(self.draft, self.choices, self.report)

    def next(self) -> None:
        target = following(self.draft.step, self.way)
        if target:
            self.go(target)

    def back(self) -> None:
        target = preceding(self.draft.step, self.way)
        if target:
            self.go(target)

    def take_choices(self, choices: Choices, asked: Question) -> bool:
        """Take the server's answer, unless the draft has moved on since it was asked."""
        if asked != self.question:
            return False
        own = self.answered is not None and about(self.answered) != about(asked)
        self.news = self._ledger.compare(choices)
        self.news_is_own = own
        self.choices = choices
        self.answered = asked
        self.unchecked = False
        self._ledger.take(self.draft, choices, self.report)
        self.tell()
        return True

    def take_old_choices(self, choices: Choices | None) -> None:
        """The server cannot be asked: go on with an older answer, which proves nothing."""
        self.choices = choices or self.choices
        self.unchecked = True
        self.tell()

    def _take(self, draft: Draft) -> None:
        self.draft = draft
        self._ledger.write(self.draft, self.choices, self.report)
        self.tell()

    def tell(self) -> None:
        """Let the pages look again, because draft, answer, time or the world have moved on."""
        for watcher in tuple(self._watchers):
            watcher()
