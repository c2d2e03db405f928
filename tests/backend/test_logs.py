"""Logs: JSON lines with ids and figures, and nothing of people, whoever writes them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
import structlog

from backend import logs
from backend.database import Database


@pytest.fixture
def stream(expected_log: list[str]) -> Iterator[io.StringIO]:
    """Where the logs go, with the root logger as it was afterwards."""
    expected_log += ["cannot reach", "it broke", "refused"]
    root = logging.getLogger()
    worker = logging.getLogger("procrastinate.worker")
    handlers, level, filters = root.handlers, root.level, list(worker.filters)
    stream = io.StringIO()
    logs.configure(stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers, worker.filters = handlers, filters
    root.setLevel(level)


def last(stream: io.StringIO) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(stream.getvalue().splitlines()[-1])
    return line


def test_our_own_lines_keep_only_fields_that_are_on_the_list(stream: io.StringIO) -> None:
    log = structlog.stdlib.get_logger("backend.test")
    log.info("request", route="/customer/{id}", ms=1.5, name="Edda Marrowby", body="{}")
    line = last(stream)
    assert (line["event"], line["route"], line["ms"]) == ("request", "/customer/{id}", 1.5)
    assert not {"name", "body"} & set(line)


def test_a_line_carries_the_request_it_belongs_to(stream: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        structlog.stdlib.get_logger("backend.test").info("request")
        assert logs.request_id() == "abc"
    assert last(stream)["request_id"] == "abc"
    assert logs.request_id() is None


@pytest.mark.parametrize(
    "private",
    [
        "07700 900471", "+44 7700 900471", "edda.marrowby@example.org", "8944500123456789012",
        "Bearer abc.def", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln",
    ],
)  # fmt: skip
def test_what_other_libraries_say_is_cleared_of_people(stream: io.StringIO, private: str) -> None:
    logging.getLogger("some.library").warning("cannot reach %s now", private)
    assert last(stream)["event"] == "cannot reach […] now"


def test_a_fault_is_named_by_kind_and_place_never_by_its_text(stream: io.StringIO) -> None:
    try:
        raise ValueError("Edda Marrowby")  # noqa: TRY301 - to have a traceback
    except ValueError:
        logging.getLogger("some.library").exception("it broke")
    line = last(stream)
    assert line["fault"] == "ValueError"
    assert line["frames"][-1].startswith("test_logs.py:")
    assert "Marrowby" not in stream.getvalue()


def test_a_database_error_tells_its_constraint_but_not_the_row(
    stream: io.StringIO, database: Database
) -> None:
    with database.begin() as connection:
        connection.execute(sa.text("CREATE TABLE one (name text CONSTRAINT uq_one UNIQUE)"))
        connection.execute(sa.text("INSERT INTO one VALUES ('Edda Marrowby')"))
    with pytest.raises(sa.exc.IntegrityError) as fault, database.begin() as connection:
        connection.execute(sa.text("INSERT INTO one VALUES ('Edda Marrowby')"))
    structlog.stdlib.get_logger("backend.test").warning("refused", exc_info=fault.value)
    line = last(stream)
    assert (line["sqlstate"], line["constraint"]) == ("23505", "uq_one")
    assert "Marrowby" not in stream.getvalue()


def test_lines_go_to_what_is_stderr_when_they_are_written(
    stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.configure()
    for _ in range(2):  # the first one is closed before the second line
        with io.StringIO() as now:
            monkeypatch.setattr("sys.stderr", now)
            logging.getLogger("other").info("said %s", "\udcff")
            assert json.loads(now.getvalue())["event"] == "said ?"
    monkeypatch.setattr("sys.stderr", None)
    logging.getLogger("other").info("said to nobody")
    assert stream.getvalue() == ""
