"""Frees Python's cycles in the window's thread and between events, never amid Qt's own work."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000  # ms


class CycleCollector(QObject):
    """Takes the place of Python's own collector.

    That one runs wherever an object happens to be made. In a thread of the background it would
    destroy a window's widgets there; in the window's thread it may do so while Qt walks over all
    widgets and asks one of ours for its size. Either ends the program.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(collect_what_is_due)

    def begin(self) -> None:
        """From now on only this one collects."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def spare(self) -> None:
        """Never look again at what is there now: it stays, and looking at all of it takes long."""
        gc.collect()
        gc.freeze()

    def end(self) -> None:
        """Python collects by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect_what_is_due() -> int:
    """Collect the oldest generation that is due by Python's own thresholds; how many were freed."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            return gc.collect(generation)
    return 0
