"""The map in docs/ARCHITECTURE.md tells what the folders are now."""

from __future__ import annotations

from tests.architecture.folder_map import folder_map, written


def test_the_map_is_up_to_date() -> None:
    assert written() == folder_map(), "run: python -m tests.architecture.folder_map"
