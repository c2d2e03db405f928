"""What the desk remembers of its window."""

from __future__ import annotations

from pathlib import Path

from app.desk_state import DeskState, load_state, save_state


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "state" / "window.json"
    state = DeskState(width=1300, theme="dark", zoom=1.25, user_name="agent", restore_tabs=False)
    save_state(state, file)
    assert load_state(file) == state
    assert file.stat().st_mode & 0o077 == 0
    assert list(file.parent.iterdir()) == [file]


def test_nothing_and_nonsense_mean_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    assert load_state(file) == DeskState()
    file.write_text('{"width": "wide"}')
    assert load_state(file) == DeskState()


def test_a_place_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    save_state(DeskState(), blocked / "window.json")
