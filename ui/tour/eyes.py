"""Finding things in a window by what they are, what they are called and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from ui.tour.patience import TourStopped, wait_until
from ui.widgets.record_list import RecordList

W = TypeVar("W", bound=QWidget)
R = TypeVar("R")


def visible(inside: QWidget, kind: type[W], name: str = "") -> W | None:
    """The first widget of this kind, with this accessible name, that can be seen."""
    for each in inside.findChildren(kind):
        if each.isVisible() and name in {"", each.accessibleName()}:
            return each
    return None


def found(inside: QWidget, kind: type[W], name: str = "") -> W:
    """The same, waited for. Raises TourStopped."""
    sentence = f"{name or kind.__name__} was not to be seen."
    wait_until(lambda: visible(inside, kind, name) is not None, sentence)
    seen = visible(inside, kind, name)
    if seen is None:
        raise TourStopped(sentence)
    return seen


def button(inside: QWidget, words: str) -> QAbstractButton | None:
    """The button with these words on it, if it can be seen."""
    every = inside.findChildren(QAbstractButton)
    return next((each for each in every if each.isVisible() and each.text() == words), None)


def texts(inside: QWidget) -> Iterator[str]:
    """Every text that can be read now, outside of lists and fields."""
    for label in inside.findChildren(QLabel):
        if label.isVisible() and label.text():
            yield label.text()


def reads(inside: QWidget, words: str) -> bool:
    """Whether these words stand somewhere."""
    return any(words in text for text in texts(inside))


def row(rows: RecordList | None, kind: type[R], fits: Callable[[R], bool]) -> R | None:
    """The first row of a list that is of this kind and fits."""
    records = rows.records.records() if rows is not None else ()
    return next((each for each in records if isinstance(each, kind) and fits(each)), None)
