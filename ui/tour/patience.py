"""Waiting for what the windows show, with the event loop running and an end to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer

LOOK_EVERY = 15  # ms between two looks; only how soon it is seen hangs on it
LONG = 20.0  # seconds; what a person would call broken


class TourStopped(Exception):  # noqa: N818  # an outcome that is told, not a fault of the program
    """The story could not go on; `sentence` says where."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def wait_until(happened: Callable[[], bool], sentence: str, seconds: float = LONG) -> float:
    """Let the windows work until `happened()`; the seconds it took.

    Raises TourStopped with `sentence` when it has not happened in `seconds`.
    """
    clock = QElapsedTimer()
    clock.start()
    loop = QEventLoop()
    look = QTimer(loop)
    look.setInterval(LOOK_EVERY)
    broken: list[Exception] = []

    def see() -> None:
        try:
            over = happened() or clock.elapsed() > seconds * 1000
        except Exception as error:  # noqa: BLE001  # raised again below: Qt would only print it
            broken.append(error)
            over = True
        if over:
            loop.quit()

    look.timeout.connect(see)
    look.start()
    loop.exec()
    look.stop()
    if broken:
        raise broken[0]
    if not happened():
        raise TourStopped(sentence)
    return clock.elapsed() / 1000


def let_settle() -> None:
    """Let everything happen that is already asked for: layouts, paints, results on their way.

    A timer of no time comes after all events that wait; twice, because a layout asks for paints.
    """
    for _round in range(2):
        loop = QEventLoop()
        QTimer.singleShot(0, loop, loop.quit)
        loop.exec()
