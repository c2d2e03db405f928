"""Every file ever written opens with today's code, and a failed step leaves it as it was."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.store.database import DESK, Database
from app.store.desk_tables import METADATA
from app.store.drafts import Drafts, DraftState
from app.store.faults import FaultKind, StoreFault
from app.store.leases import Lease, Leases
from app.store.migrations import NEWEST, SCRIPTS, migrate
from app.store.outbox import CommandState, Outbox
from app.store.preferences import Preferences
from tests.app.store.make_golden import GOLDEN, KEY
from tests.app.store.people import NOON

SECOND = '''"""A second step, for this test."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade():
    op.add_column("preference", sa.Column("note", sa.Text))
    {then}
'''


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Database]:
    """The file of version 1, as it was written then."""
    path = tmp_path / "desk.db"
    shutil.copy(GOLDEN / "desk-v1.db", path)
    database = Database(path, KEY, DESK)
    yield database
    database.close()


def with_second(tmp_path: Path, then: str = "pass") -> Path:
    scripts = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "v0002_second.py").write_text(SECOND.format(then=then))
    return scripts


def columns(database: Database) -> set[str]:
    with database.read() as connection:
        return {column["name"] for column in sa.inspect(connection).get_columns("preference")}


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
def test_a_desk_of_each_version_is_read_whole(tmp_path: Path, version: int) -> None:
    path = tmp_path / "desk.db"
    shutil.copy(GOLDEN / f"desk-v{version}.db", path)
    database = Database(path, KEY, DESK)
    migrate(database)
    (draft,) = Drafts(database).open_drafts("maren")
    assert (draft.id, draft.title, draft.step) == ("d1", "Jorun Netherfold", "needs")
    assert (draft.payload, draft.version, draft.created) == (b'{"name":"Jorun"}', 2, NOON)
    assert draft.state is DraftState.OPEN
    back = Drafts(database).back("d1", "maren")
    assert back is not None
    assert back.payload == b"{}"
    outbox = Outbox(database)
    assert [command.state for command in outbox.listed("maren")] == [
        CommandState.SENDING,
        CommandState.QUEUED,
    ]
    assert Leases(database).of("d1") == (Lease("07700900471", "d1", NOON),)
    assert Preferences(database).get("density") == "compact"
    database.close()


def test_the_scripts_make_exactly_the_tables_the_code_uses(tmp_path: Path) -> None:
    database = Database(tmp_path / "desk.db", KEY, DESK)
    migrate(database)
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    database.close()


def test_the_newest_version_is_the_number_of_the_last_script() -> None:
    names = [path.name for path in (SCRIPTS / "versions").glob("v*.py")]
    numbers = [int(found[1]) for name in names if (found := re.match(r"v(\d{4})_", name))]
    assert sorted(numbers) == list(range(1, NEWEST + 1))


def test_a_new_file_needs_no_copy_and_a_current_one_no_step(tmp_path: Path) -> None:
    database = Database(tmp_path / "desk.db", KEY, DESK)
    assert migrate(database) is None
    assert migrate(database) is None
    assert [path.name for path in tmp_path.glob("*before*")] == []
    database.close()


def test_before_a_step_the_file_is_copied(old: Database, tmp_path: Path) -> None:
    copy = migrate(old, scripts=with_second(tmp_path), newest=2)
    assert "note" in columns(old)
    assert copy is not None
    kept = Database(copy, KEY, DESK)
    assert "note" not in columns(kept)
    assert Drafts(kept).open_drafts("maren") == Drafts(old).open_drafts("maren")
    kept.close()


def test_a_step_that_fails_half_way_leaves_the_file_as_it_was(
    old: Database, tmp_path: Path
) -> None:
    scripts = with_second(tmp_path, then='raise ArithmeticError("half way")')
    with pytest.raises(ArithmeticError):
        migrate(old, scripts=scripts, newest=2)
    assert "note" not in columns(old)
    assert migrate(old) is None
    assert len(Drafts(old).open_drafts("maren")) == 1


def test_a_newer_file_is_refused(old: Database) -> None:
    with pytest.raises(StoreFault) as refused:
        migrate(old, newest=0)
    assert refused.value.kind is FaultKind.NEWER
