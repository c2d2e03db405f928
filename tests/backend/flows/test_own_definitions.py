"""An operator's own definitions are laid over the shipped ones, without touching code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backend.__main__ import main
from backend.flows.engine import FLOW
from backend.flows.own_definitions import shipped
from tests.backend.flows.conftest import Operation, mobile

FIRST = "PF01"
NEW = """
id = "PF21"
name = "Callback"
description = "Somebody calls back."

[[step]]
id = "called"
name = "Called back"
who = "Front desk"
kind = "manual"
department = "FD"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which a new line is called something else, and a flow is new."""
    text = shipped()[FIRST].text.replace('"New mobile line"', '"Our mobile line"')
    (tmp_path / "mobile.toml").write_text(text, encoding="utf-8")
    (tmp_path / "callback.toml").write_text(NEW, encoding="utf-8")
    return tmp_path


def publish(operation: Operation, folder: Path | None) -> None:
    with operation.at(FLOW) as context:
        operation.flows.library.publish_all(context, folder)


def in_force(operation: Operation, code: str = FIRST) -> tuple[str, int]:
    with operation.database.read() as connection:
        found = operation.flows.library.in_force(connection, code)
    assert found is not None
    return found.name, found.version


def test_new_flows_begin_with_the_operators_own(operation: Operation, folder: Path) -> None:
    before = operation.place(operation.customer(), *mobile())
    publish(operation, folder)
    assert in_force(operation) == ("Our mobile line", 2)
    assert in_force(operation, "PF21") == ("Callback", 1)
    after = operation.place(operation.customer(), *mobile())
    names = [
        operation.flow(flow)["processFlowSpecificationRef"]["name"]
        for order in (before, after)
        for flow in operation.flow_ids(order)
    ]
    assert names == ["New mobile line", "Our mobile line"]


def test_who_does_not_know_the_folder_leaves_them_as_they_are(
    operation: Operation, folder: Path
) -> None:
    publish(operation, folder)
    publish(operation, None)
    assert in_force(operation) == ("Our mobile line", 2)


def test_what_is_taken_out_of_the_folder_is_the_shipped_one_again(
    operation: Operation, folder: Path
) -> None:
    publish(operation, folder)
    (folder / "mobile.toml").unlink()
    publish(operation, folder)
    assert in_force(operation) == ("New mobile line", 3)


def test_a_broken_file_is_named_with_its_line_and_the_old_stays(
    operation: Operation,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
    expected_log: list[str],
) -> None:
    expected_log.append("flow not published")
    publish(operation, folder)
    broken = (folder / "mobile.toml").read_text(encoding="utf-8")
    broken = broken.replace('does = "customer.check"', 'does = "customer.guess"')
    (folder / "mobile.toml").write_text(broken, encoding="utf-8")
    publish(operation, folder)
    assert in_force(operation) == ("Our mobile line", 2)
    line = broken.splitlines().index('does = "customer.guess"') + 1
    (told,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert f"'line': {line}" in told.getMessage()
    assert "mobile.toml" in told.getMessage()


def test_the_command_says_every_fault_with_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = folder / "bad.toml"
    bad.write_text(NEW.replace("manual", "magic"), encoding="utf-8")
    gone = folder / "gone.toml"
    assert main(["flows", "check", str(folder / "mobile.toml"), str(bad), str(gone)]) == 1
    faults = json.loads(capsys.readouterr().out)
    assert [(fault["file"], fault["line"]) for fault in faults] == [(str(bad), 10), (str(gone), 1)]
    assert main(["flows", "check", str(folder / "callback.toml")]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_the_command_gives_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["flows", "schema"]) == 0
    assert json.loads(capsys.readouterr().out)["properties"]["step"]["minItems"] == 1


def test_the_command_shows_what_is_in_force(
    operation: Operation, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(operation, folder)
    where = ["--database-url", operation.database.url]
    assert main(["flows", "show", "PF21", *where]) == 0
    assert capsys.readouterr().out == NEW
    assert main(["flows", "show", "PF99", *where]) != 0
    assert "There is no process flow PF99." in capsys.readouterr().err
