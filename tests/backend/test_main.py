"""The command line: what it takes, and what it says about what it cannot take."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend import logs
from backend.__main__ import main, parser
from backend.faults import ExitCode
from backend.settings import Settings, default_data_folder


@pytest.fixture(autouse=True)
def the_tests_keep_their_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command takes the whole log of its process; this process is the tests'."""
    monkeypatch.setattr(logs, "configure", lambda: None)


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["dance"], ["seed"], ["seed", "--customers", "0"], ["seed", "--customers", "many"],
        ["serve", "--port", "70000"], ["serve", "--port", "-1"], ["serve", "--port", "x"],
        ["serve", "--time-scale", "0"], ["serve", "--time-scale", "nan"],
        ["serve", "--data-dir", "a", "--database-url", "b"], ["worker", "--demo"],
    ],
)  # fmt: skip
def test_what_it_does_not_understand_it_explains(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == ExitCode.USAGE
    assert capsys.readouterr().err.startswith("usage: jackfield-backend")


def test_serving_takes_every_option() -> None:
    line = "serve --demo --host ::1 --port 0 --data-dir d --no-worker --time-scale 60"
    given = parser().parse_args([*line.split(), "--callback-host", "partner.example"])
    assert (given.demo, given.host, given.port, given.worker) == (True, "::1", 0, False)
    assert (given.data_dir, given.time_scale) == (Path("d"), 60.0)
    assert given.callback_hosts == ["partner.example"]


def test_the_data_is_kept_in_a_folder_of_its_own_named_backend() -> None:
    assert default_data_folder().name == "backend"
    assert "jackfield" in str(default_data_folder())


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True),
        ("::", False), ("10.0.0.1", False), ("192.0.2.1", False), ("desk.example", False),
    ],
)  # fmt: skip
def test_only_this_machine_counts_as_loopback(host: str, local: bool) -> None:  # noqa: FBT001 - a column
    assert Settings(host=host).on_loopback is local
