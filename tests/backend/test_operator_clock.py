"""How fast the operator's time passes: said by the server, taken over by workers."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from backend import commands, operator_clock
from backend.__main__ import main
from backend.database import Database
from backend.settings import DEMO_TIME_SCALE, USUAL_TIME_SCALE, Settings
from tests.support.backend import ChildBackend
from tests.support.database import DatabaseServer


def test_where_no_server_ever_was_time_passes_as_usual(
    database: Database, database_server: DatabaseServer
) -> None:
    assert operator_clock.told(database) == USUAL_TIME_SCALE
    empty = Database(database_server.clone("template1"))
    assert operator_clock.told(empty) == USUAL_TIME_SCALE
    empty.close()


def test_the_last_word_counts(database: Database) -> None:
    for scale in (60.0, 1200.0):
        operator_clock.tell(database, scale)
        assert operator_clock.told(database) == scale
    with pytest.raises(sa.exc.IntegrityError):
        operator_clock.tell(database, 0)


def test_a_server_says_its_pace(child_backend: ChildBackend) -> None:
    database = Database(child_backend.arguments[-1])
    assert operator_clock.told(database) == DEMO_TIME_SCALE
    database.close()


@pytest.mark.parametrize(
    ("line", "scale"),
    [
        ("serve", USUAL_TIME_SCALE),
        ("serve --demo", DEMO_TIME_SCALE),
        ("serve --demo --time-scale 5", 5),
        ("worker", None),
        ("worker --time-scale 7", 7),
    ],
)
def test_only_a_worker_leaves_the_pace_to_the_server(
    line: str, scale: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Settings] = []
    for name in ("serve", "work"):
        monkeypatch.setattr(commands, name, lambda settings, _signals: taken.append(settings))
    monkeypatch.setattr("backend.logs.configure", lambda: None)
    main(line.split())
    assert [settings.time_scale for settings in taken] == [scale]
