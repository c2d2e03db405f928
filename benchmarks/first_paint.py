"""How long until the desk's first window is painted, beside a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

BAR = 2.0
ROUNDS = 5

_BARE = """
import time
began = time.perf_counter()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
app = QApplication([])
window = QWidget()
label = QLabel("Jackfield", window)
window.resize(1440, 900)
window.show()
"""

_OURS = """
import time
began = time.perf_counter()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.arrival import Arrival
from app.desk_state import DeskState
from app.settings import Settings
from ui.application import DeskApplication
app = QApplication([])
desk = DeskApplication(app, Arrival(Settings(server="http://127.0.0.1:9")), DeskState())
desk.start()
"""

_END = """
def painted():
    print(time.perf_counter() - began)
    import os
    os._exit(0)
QTimer.singleShot(0, painted)
app.exec()
"""


def run() -> None:
    """Print both times, each the best of some rounds in a process of its own, and their ratio."""
    bare, ours = float("inf"), float("inf")
    with tempfile.TemporaryDirectory() as home:  # keeps the compiled modules between the rounds
        for _ in range(ROUNDS):
            bare = min(bare, _seconds(_BARE + _END, home))
            ours = min(ours, _seconds(_OURS + _END, home))
    ratio = ours / bare
    word = "holds" if ratio <= BAR else "MISSED"
    print(
        f"first paint: {ours * 1000:.0f} ms, bare window {bare * 1000:.0f} ms, "
        f"{ratio:.2f} x bare (bar {BAR}): {word}"
    )


def _seconds(program: str, home: str) -> float:
    folders = {"HOME": home, "XDG_STATE_HOME": home, "XDG_DATA_HOME": home}
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **folders}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(  # noqa: S603  # the two programs above
        [sys.executable, "-X", f"pycache_prefix={home}", "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)
