"""One desk for each profile; further starts and calls are handed to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.settings import Settings
from tests.ui.desk import SOON
from ui.instance import Instance, hand_over_call


def test_a_second_start_raises_the_first(
    qapp: QApplication, qtbot: QtBot, own_folders: Path
) -> None:
    first, second = Instance(Settings()), Instance(Settings())
    assert first.begin()
    with qtbot.waitSignal(first.raised, timeout=SOON):
        assert not second.begin()
    first.end()
    assert second.begin()
    second.end()


def test_two_profiles_are_two_desks(qapp: QApplication, own_folders: Path) -> None:
    one, other = Instance(Settings()), Instance(Settings(profile="demo"))
    assert one.begin()
    assert other.begin()
    one.end()
    other.end()


def test_a_ringing_number_reaches_the_running_desk(
    qapp: QApplication, qtbot: QtBot, own_folders: Path
) -> None:
    desk = Instance(Settings(profile="demo"))
    assert desk.begin()
    with qtbot.waitSignal(desk.called, timeout=SOON) as called:
        assert hand_over_call(Settings(), "07700 900471") == 0
    assert called.args == ["07700 900471"]
    desk.end()


def test_without_a_desk_the_caller_is_told(
    qapp: QApplication, own_folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hand_over_call(Settings(), "07700 900471") == 1
    assert "No desk is running here." in capsys.readouterr().err
