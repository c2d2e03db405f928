"""The log keeps no secrets and no personal data."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.logs import redacted, write_log


@pytest.mark.parametrize(
    ("line", "canary"),
    [
        ("Authorization: Bearer abc.def.ghi", "abc.def"),
        ("token=s3cr3t-value", "s3cr3t"),
        ("password: hunter2", "hunter2"),
        ("PIN 4711", "4711"),
        ("mail to edda.marrowby@example.com", "edda"),
        ("called 07700 900471", "900471"),
        ("eyJhbGciOi.eyJzdWIi.sig", "eyJ"),
    ],
)
def test_secrets_and_people_are_taken_out(line: str, canary: str) -> None:
    assert canary not in redacted(line)


def test_what_helps_to_find_a_fault_stays() -> None:
    line = "command waits: Unreachable 503 PUT /desk-api/v1/creation/{id} request=dd97f525"
    assert redacted(line) == line


@pytest.fixture
def root_log() -> Iterator[logging.Logger]:
    """The root logger, as it was before afterwards."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield root
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_the_file_is_the_owners_alone_and_tells_where_but_not_what(
    tmp_path: Path, root_log: logging.Logger, expected_log: list[str]
) -> None:
    expected_log.append("work failed")
    write_log(tmp_path / "log")
    try:
        {"Edda": 1}["edda.marrowby@example.com"]
    except KeyError:
        logging.getLogger("ui.background").exception("work failed: %s", "KeyError")
    file = tmp_path / "log" / "desk.log"
    text = file.read_text()
    assert "work failed: KeyError" in text
    assert "test_logs.py:" in text
    assert "edda" not in text
    assert file.stat().st_mode & 0o077 == 0
    assert root_log.handlers


def test_without_the_right_to_write_there_is_no_log(
    tmp_path: Path, root_log: logging.Logger
) -> None:
    (tmp_path / "file").write_text("")
    before = list(root_log.handlers)
    write_log(tmp_path / "file")
    assert root_log.handlers == before
