"""Which carrier a setting chooses, and that passwords go in the clear to this machine only."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.__main__ import parser
from backend.communication.carriers import Kind
from backend.communication.folder import MailFolder, PostFolder, TextFolder
from backend.communication.outlets import outlets
from backend.communication.smtp import MailServer, SmtpCarrier, Tls
from backend.database import Database
from backend.faults import ExitCode, StartError
from backend.settings import Settings
from backend.start import build, wall_clock


def chosen(mail: str | None, password: str = "") -> MailServer:
    carrier = outlets(mail, password, Path("data"))[Kind.EMAIL]
    assert isinstance(carrier, SmtpCarrier)
    return carrier.server


def test_without_a_setting_everything_lies_in_the_data_folder(tmp_path: Path) -> None:
    found = outlets(None, "", tmp_path)
    assert isinstance(found[Kind.EMAIL], MailFolder)
    assert isinstance(found[Kind.TEXT], TextFolder)
    assert isinstance(found[Kind.LETTER], PostFolder)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("mail", "server"),
    [
        ("smtp://mail.example.com", MailServer("mail.example.com", 587, Tls.START)),
        ("smtps://mail.example.com", MailServer("mail.example.com", 465, Tls.WHOLE)),
        ("smtp://127.0.0.1:2525", MailServer("127.0.0.1", 2525, Tls.NONE)),
        ("smtp://localhost:25", MailServer("localhost", 25, Tls.NONE)),
        ("smtp://[::1]:25", MailServer("::1", 25, Tls.NONE)),
        ("smtps://localhost", MailServer("localhost", 465, Tls.WHOLE)),
    ],
)
def test_a_mail_server_is_spoken_to_in_private(mail: str, server: MailServer) -> None:
    assert chosen(mail) == server


def test_a_password_is_given_apart_and_never_shown() -> None:
    server = chosen("smtp://desk%40kestrelfjord.example.com@mail.example.com", "secret")
    assert (server.user, server.password) == ("desk@kestrelfjord.example.com", "secret")
    assert "secret" not in repr(server)


@pytest.mark.parametrize(
    "mail", ["folder:", "mail.example.com", "smtp://", "smtp://a:b@c", "http://x", "smtp://x/y"]
)
def test_a_setting_that_can_not_be_read_is_refused_at_the_start(mail: str) -> None:
    with pytest.raises(ValueError, match="--mail must read"):
        outlets(mail, "", Path("data"))


def test_the_backend_does_not_start_with_a_setting_it_can_not_read() -> None:
    settings = Settings(mail="nonsense", database_url="postgresql://nobody@localhost/none")
    with pytest.raises(StartError, match="--mail must read") as fault:
        build(settings, Database("postgresql://nobody@localhost/none"), wall_clock)
    assert fault.value.code == ExitCode.USAGE


def test_the_command_line_takes_the_password_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("s3cret\n")
    options = ["--mail", "smtps://desk@mail.example.com", "--mail-password-file", str(secret)]
    for command in ("serve", "worker"):
        given = parser().parse_args([command, *options])
        assert (given.mail, given.mail_password) == ("smtps://desk@mail.example.com", "s3cret")


def test_a_password_file_that_can_not_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["serve", "--mail-password-file", str(tmp_path / "none")])
    assert "--mail-password-file: a file that can be read" in capsys.readouterr().err
