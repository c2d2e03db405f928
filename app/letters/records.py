"""What the Letters tab shows, ready to be painted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from app.accounts.records import Fact, Tone

Fate = Literal["done", "open", "bad"]


@dataclass(frozen=True, slots=True)
class Happening:
    """What became of one way a letter was sent."""

    id: str
    fate: Fate
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, an e-mail or a text. `document_id` is empty where no file was kept.

    `words` are searched by the filter, `content` is shown where there is no file.
    """

    id: str
    icon: str
    title: str
    note: str
    tone: Tone
    at: dt.datetime
    when: str
    number: str
    kind: str
    happened: tuple[Happening, ...]
    facts: tuple[Fact, ...]
    document_id: str = ""
    order_id: str = ""
    sha256: str = ""
    content: str = ""
    words: str = ""

    def spoken(self) -> str:
        return f"{self.title}, {self.note}, {self.when}"

    def can_be_current(self) -> bool:
        return True
