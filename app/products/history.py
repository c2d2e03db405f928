"""Edits of a working copy: done, undone, done again; typing in one field is one edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.products.documents import Documents

KEPT = 200  # edits that can be undone
Edit = Callable[[Documents], Documents]


@dataclass(frozen=True, slots=True)
class Step:
    """The documents, and the edit that made them: `what` in words, `of` where it was made."""

    documents: Documents
    what: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """All steps in order; `at` is the one in front. Nothing here is ever written into."""

    steps: tuple[Step, ...]
    at: int = 0

    @classmethod
    def begin(cls, documents: Documents) -> History:
        return cls((Step(documents),))

    @property
    def now(self) -> Documents:
        return self.steps[self.at].documents

    @property
    def undoes(self) -> str:
        """What `back` would take back; empty where there is nothing."""
        return self.steps[self.at].what if self.at else ""

    @property
    def redoes(self) -> str:
        """What `forth` would do again; empty where there is nothing."""
        return self.steps[self.at + 1].what if self.at + 1 < len(self.steps) else ""

    def done(self, edit: Edit, what: str, of: str = "") -> History:
        """The history with one more edit; one in the same place goes on with the last one.

        `of` names the field, so that its typing is undone at once; empty: always an edit of its
        own. An edit that changes nothing leaves no trace.
        """
        made = edit(self.now)
        if made == self.now:
            return self
        held = self.steps[: self.at + 1]
        goes_on = bool(of) and self.at > 0 and self.steps[self.at].of == of
        if goes_on:
            held = held[:-1]
        steps = (*held, Step(made, what, of))[-KEPT:]
        return replace(self, steps=steps, at=len(steps) - 1)

    def settled(self) -> History:
        """The same, but whatever is typed next is an edit of its own."""
        now = replace(self.steps[self.at], of="")
        return replace(self, steps=(*self.steps[: self.at], now, *self.steps[self.at + 1 :]))

    def back(self) -> History:
        return replace(self, at=max(0, self.at - 1)).settled()

    def forth(self) -> History:
        return replace(self, at=min(len(self.steps) - 1, self.at + 1)).settled()
