"""`jackfield tour`: a desk of its own, led through the main job, and what it leaves behind."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication

from app.arrival import Arrival
from app.desk_state import DeskState
from app.logs import harden_process, write_log
from app.settings import Settings
from app.version import program_version
from ui.application import DeskApplication
from ui.collector import CycleCollector
from ui.tour.album import Album
from ui.tour.faults import heard_faults
from ui.tour.guide import Guide, Seen
from ui.tour.keychain import OwnKeychain
from ui.tour.patience import TourStopped
from ui.tour.story import CHAPTERS

REPORT = "tour.json"
_SHORT_HOLD = "2"
"""Seconds in which the order may be undone: enough to be seen, and not waited for."""
_FOLDERS = {
    "HOME": "home",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA": "data",
    "WIN_PD_OVERRIDE_APPDATA": "config",
}


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What tour.json says."""

    order_number: str
    order_state: str
    steps: list[dict[str, str | float]]
    tabs: list[str]
    pictures: list[str]
    pdf: str
    seconds: float
    version: str
    platform: str
    keychain: str
    wizard_keys: int
    wizard_letters: int
    failure: str = ""


def run_tour(out: Path) -> int:
    """Go the whole way and leave pictures, the letter and tour.json in `out`.

    0 when the order completed and the letter holds its number, else 1 and a sentence.
    """
    clock = QElapsedTimer()
    clock.start()
    out = out.resolve()
    try:
        out.mkdir(parents=True, exist_ok=True)
        _clear(out)
    except OSError as error:
        sys.stderr.write(f"The tour cannot write to {out}: {error.strerror}.\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="jackfield-tour-") as place, _at_home_in(Path(place)):
        return _lead(out, clock)


def _lead(out: Path, clock: QElapsedTimer) -> int:
    harden_process()
    settings = Settings()
    write_log(settings.log_folder)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError(type(app).__name__)
    collector = CycleCollector(app)
    collector.begin()
    arrival = Arrival(
        settings, demo=True, keychain=OwnKeychain(), backend_options=("--hold", _SHORT_HOLD)
    )
    desk = DeskApplication(app, arrival, DeskState(theme="light"))
    album = Album(out)
    guide = Guide(desk, album)
    with heard_faults() as faults:
        failure = _go(desk, guide)
        desk.end()
    collector.end()
    failure = next(iter(faults), failure)
    if failure:
        _keep_logs(settings.log_folder, out)
    report = _report(guide.seen, album, clock.elapsed() / 1000, app.platformName(), failure)
    (out / REPORT).write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    _tell(report, out)
    return 1 if failure else 0


def _go(desk: DeskApplication, guide: Guide) -> str:
    """Tell the story; an empty text, or the sentence with which it ended early."""
    desk.start()
    try:
        for chapter in CHAPTERS:
            chapter(guide)
    except TourStopped as stopped:
        guide.last_look()
        return stopped.sentence
    return ""


def _keep_logs(logs: Path, out: Path) -> None:
    """What desk and backend wrote, for whoever looks into a tour that ended early."""
    for log in logs.glob("*.log"):
        shutil.copyfile(log, out / log.name)


def _report(seen: Seen, album: Album, seconds: float, platform: str, failure: str) -> Report:
    return Report(
        order_number=seen.order_number,
        order_state=seen.order_state,
        steps=seen.steps,
        tabs=seen.tabs,
        pictures=album.names,
        pdf=seen.pdf,
        seconds=round(seconds, 1),
        version=program_version(),
        platform=platform,
        keychain="memory, for this tour only",
        wizard_keys=seen.wizard_keys,
        wizard_letters=seen.wizard_letters,
        failure=failure,
    )


def _tell(report: Report, out: Path) -> None:
    if report.failure:
        sys.stderr.write(f"The tour ended early. {report.failure}\n")
        return
    sys.stdout.write(
        f"{report.order_number} completed, {len(report.pictures)} pictures and the letter "
        f"are in {out} ({report.seconds:.0f} s).\n"
    )


def _clear(out: Path) -> None:
    """Take away what an earlier tour left here, by its own list."""
    try:
        before = msgspec.json.decode((out / REPORT).read_bytes(), type=Report)
    except (OSError, msgspec.DecodeError):
        return
    for name in (*before.pictures, before.pdf, REPORT):
        if name:
            (out / Path(name).name).unlink(missing_ok=True)


@contextmanager
def _at_home_in(place: Path) -> Iterator[None]:
    """All folders of the desk lie in `place`, so that a person's own desk is not touched."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name == "nt"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    before = {name: os.environ.get(name) for name in (*_FOLDERS, "XAUTHORITY")}
    # the display's key lies in the real home
    os.environ.setdefault("XAUTHORITY", str(Path.home() / ".Xauthority"))
    for name, folder in _FOLDERS.items():
        (place / folder).mkdir(exist_ok=True)
        os.environ[name] = str(place / folder)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
