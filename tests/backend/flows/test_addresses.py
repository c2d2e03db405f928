"""The operator's file of network systems: read whole, or refused with what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.faults import StartError
from backend.flows.adapters.addresses import read_addresses, reporter_of


def systems(folder: Path, text: str) -> Path:
    path = folder / "systems.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_system_has_its_address_and_its_secrets_from_files(tmp_path: Path) -> None:
    (tmp_path / "hlr.secret").write_text("ours\n")
    (tmp_path / "hlr.theirs").write_text("theirs\n")
    text = """
        [hlr]
        url = "https://hlr.example.net/"
        token_file = "hlr.secret"
        report_token_file = "hlr.theirs"
        seconds = 4
        [warehouse]
        url = "http://127.0.0.1:8640"
    """
    known = read_addresses(systems(tmp_path, text))
    hlr = known["hlr"]
    assert (hlr.url, hlr.token, hlr.seconds) == ("https://hlr.example.net", "ours", 4.0)
    assert "ours" not in repr(hlr)
    assert reporter_of(known, "theirs") == "hlr"
    assert reporter_of(known, "ours") is None
    assert reporter_of(known, "") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[hlr]\nurl = 7", "hlr needs a url"),
        ('[hlr]\nurl = "http://hlr.example.net"', "must be https"),
        ('[hlr]\nurl = "https://h"\nsecnods = 3', "has no secnods"),
        ('[hlr]\nurl = "https://h"\nseconds = 3600', "between 0 and 60"),
        ('[hlr]\nurl = "https://h"\ntoken_file = "gone"', "secret of hlr"),
        ("hlr = 3", "hlr is not a table"),
        ("[hlr", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(StartError, match=said):
        read_addresses(systems(tmp_path, text))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="cannot be read"):
        read_addresses(tmp_path / "none.toml")
