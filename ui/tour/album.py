"""Numbered pictures of windows, kept in one folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.tour.patience import TourStopped


class Album:
    """`NN-name.png`, in the order taken; an older tour's pictures make room."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: list[str] = []

    def take(self, window: QWidget, name: str) -> None:
        """Keep what the window shows now. Raises TourStopped where it cannot be written."""
        file = f"{len(self.names) + 1:02}-{name}.png"
        if not window.grab().save(str(self.folder / file)):
            raise TourStopped(f"{file} could not be written in {self.folder}.")
        self.names.append(file)
