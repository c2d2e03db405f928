"""Settings: the policy goes before the user, both before our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import BadSettings, read_settings


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "policy.toml", tmp_path / "user.toml"


def test_without_files_there_is_no_server(files: tuple[Path, Path]) -> None:
    policy, user = files
    settings = read_settings(policy=policy, user=user)
    assert settings.server is None
    assert (settings.profile, settings.theme, settings.zoom) == ("default", "system", 1.0)


def test_the_command_line_goes_before_the_user_and_the_policy_before_both(
    files: tuple[Path, Path],
) -> None:
    policy, user = files
    user.write_text('server = "https://mine.example"\nzoom = 1.25')
    assert read_settings(policy=policy, user=user).set_by == "user"
    command = read_settings(server="https://typed.example", policy=policy, user=user)
    assert (command.server, command.set_by, command.zoom) == (
        "https://typed.example", "command", 1.25,
    )  # fmt: skip
    policy.write_text('server = "https://desk.kestrelfjord.example"\nca_file = "/etc/ca.pem"')
    set_ = read_settings(server="https://typed.example", policy=policy, user=user)
    assert (set_.server, set_.set_by) == ("https://desk.kestrelfjord.example", "policy")
    assert set_.ca_file == Path("/etc/ca.pem")


def test_a_file_that_cannot_be_read_is_named(files: tuple[Path, Path]) -> None:
    policy, user = files
    user.write_text("server = ")
    with pytest.raises(BadSettings, match=r"user\.toml"):
        read_settings(policy=policy, user=user)
