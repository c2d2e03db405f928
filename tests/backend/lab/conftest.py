"""Files for the lab, and the lab's command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from backend import logs
from backend.__main__ import main

Write = Callable[[str, Any], Path]


@dataclass(frozen=True)
class Said:
    """What one command answered."""

    code: int
    answers: list[dict[str, Any]]
    fault: str


Lab = Callable[..., Said]


@pytest.fixture(autouse=True)
def the_tests_keep_their_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command takes the whole log of its process; this process is the tests'."""
    monkeypatch.setattr(logs, "configure", lambda: None)


@pytest.fixture
def demo_path(tmp_path: Path) -> Path:
    path = tmp_path / "demo.json"
    path.write_bytes(files("resources.demo").joinpath("catalogue.json").read_bytes())
    return path


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a document as JSON, or each of a list as a line."""

    def put(name: str, content: Mapping[str, Any] | Iterable[Any]) -> Path:
        path = tmp_path / name
        if isinstance(content, Mapping):
            path.write_text(json.dumps(content, indent=1), encoding="utf-8")
        else:
            lines = (item if isinstance(item, str) else json.dumps(item) for item in content)
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return put


@pytest.fixture
def lab(capsys: pytest.CaptureFixture[str]) -> Lab:
    def run(*arguments: object) -> Said:
        code = main(["lab", *map(str, arguments)])
        said = capsys.readouterr()
        return Said(code, [json.loads(line) for line in said.out.splitlines()], said.err)

    return run
