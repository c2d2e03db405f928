"""Opening the backend on a database: brought up to date, or refused with a sentence."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import sqlalchemy as sa

from backend.access.rules import SignInRefused
from backend.database import Database
from backend.faults import ExitCode, StartError
from backend.migrations.upgrade import Schema, schema
from backend.settings import Settings
from backend.start import Application, build, opened, wall_clock
from tests.support.database import DatabaseServer


def on(database: Database, *, demo: bool = False) -> Application:
    return build(Settings(database_url=database.url, demo=demo), database, wall_clock)


def users(database: Database) -> int:
    with database.read() as connection:
        return int(connection.scalar(sa.text("SELECT count(*) FROM app_user")) or 0)


def test_an_empty_database_is_brought_up_to_date(database_server: DatabaseServer) -> None:
    url = database_server.clone("template1")
    with opened(Settings(database_url=url)) as application:
        assert schema(application.parts.database) is Schema.CURRENT


def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    with database.begin() as connection:
        connection.execute(sa.text("INSERT INTO alembic_version VALUES ('from-the-future')"))
    with pytest.raises(StartError, match="newer version") as fault:
        on(database).open()
    assert fault.value.code is ExitCode.NEWER_DATABASE
    assert schema(database) is Schema.NEWER


def test_a_database_that_does_not_answer_is_named_in_one_sentence() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"postgresql://nobody@127.0.0.1:{nobody.getsockname()[1]}/nothing"
        with pytest.raises(StartError, match="does not answer") as fault:
            on(Database(url)).open()
    assert fault.value.code is ExitCode.DATABASE


@pytest.mark.parametrize("url", ["nonsense", "mysql://root@127.0.0.1/x", ""])
def test_a_database_url_that_is_none_is_named_in_one_sentence(url: str) -> None:
    with (
        pytest.raises(StartError, match="postgresql://") as fault,
        opened(Settings(database_url=url, data_folder=Path("unused"))),
    ):
        pass
    assert fault.value.code is ExitCode.USAGE


def test_the_demos_people_are_added_once(database: Database) -> None:
    on(database, demo=True).open(fill=False)
    assert users(database) == 7
    on(database, demo=True).open(fill=False)
    assert users(database) == 7


def test_without_the_demo_nobody_is_added(database: Database) -> None:
    on(database).open()
    assert users(database) == 0


def test_the_demos_people_can_not_sign_in_once_the_demo_is_over(database: Database) -> None:
    on(database, demo=True).open(fill=False)
    after = on(database).parts.access
    with pytest.raises(SignInRefused):
        after.sign_in("agent", "agent", "127.0.0.1")


def test_a_sign_in_of_the_demo_is_not_renewed_once_the_demo_is_over(database: Database) -> None:
    demo = on(database, demo=True)
    demo.open(fill=False)
    grant = demo.parts.access.sign_in("agent", "agent", "127.0.0.1")
    with pytest.raises(SignInRefused):
        on(database).parts.access.renew(grant.refresh_token, "127.0.0.1")
