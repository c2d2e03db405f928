"""The tour is the main job: it must end with a completed order and its letter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage

from tests.support.backend import ROOT

pytestmark = pytest.mark.journey

TABS = ["customer", "subscriptions", "orders", "letters"]
PATIENCE = 300  # seconds; the tour has limits of its own for each thing it waits for


def colours(picture: Path) -> int:
    """How many colours a picture has, seen from afar; a blank one has one."""
    seen = QImage(str(picture)).scaled(160, 100)
    return len({seen.pixel(x, y) for x in range(seen.width()) for y in range(seen.height())})


def test_a_person_is_not_needed_to_go_from_sign_in_to_the_order_confirmation(
    tmp_path: Path,
) -> None:
    """The child's home is the test's folder: what it leaves there must be nothing."""
    out, home = tmp_path / "out", tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "app", "tour", "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((out / "tour.json").read_text())

    assert told["order_number"].startswith("KO-")
    assert told["order_number"] in done.stdout
    assert told["order_state"] == "completed"
    assert told["failure"] == ""
    assert set(TABS) <= set(told["tabs"])

    seconds = [step["seconds"] for step in told["steps"]]
    assert len(seconds) >= 5
    assert seconds == sorted(seconds), "steps turn green one after the other"

    assert len(told["pictures"]) >= 12
    for number, name in enumerate(told["pictures"], start=1):
        assert name.startswith(f"{number:02}-")
        picture = QImage(str(out / name))
        assert (picture.width(), picture.height()) == (1440, 900)
        assert colours(out / name) > 10, f"{name} is blank"

    letter = PdfReader(out / told["pdf"])
    words = "\n".join(page.extract_text() for page in letter.pages)
    assert told["order_number"] in words
    assert "Stormcastle" in words

    assert told["wizard_keys"] <= 25, "what a practised agent may need (the day's budget)"
    assert not list(home.iterdir()), "the tour touched the person's own home"
