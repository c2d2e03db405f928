"""Messages in folders: whole or not there, and for their owner only."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest

from backend.communication.carriers import Delayed, Party, Undeliverable
from backend.communication.folder import MailFolder, PostFolder, TextFolder
from tests.backend.communication.test_mail import outgoing


def test_an_e_mail_lies_in_the_folder_under_its_id(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "mail"
    MailFolder(folder).carry(outgoing())
    (file,) = folder.iterdir()
    assert file.name == "0f7a.eml"
    assert message_from_bytes(file.read_bytes())["Subject"] == "Your order KO-0093317-4"
    assert file.stat().st_mode & 0o077 == 0


def test_an_e_mail_laid_down_twice_is_one_file(tmp_path: Path) -> None:
    carrier = MailFolder(tmp_path)
    carrier.carry(outgoing())
    before = (tmp_path / "0f7a.eml").read_bytes()
    carrier.carry(outgoing())
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [before]


def test_the_demo_has_an_address_that_is_always_returned(tmp_path: Path) -> None:
    gone = outgoing(receiver=Party("Edda Marrowby", "edda@gone.example.com"))
    with pytest.raises(Undeliverable, match="no such mailbox"):
        MailFolder(tmp_path).carry(gone)


def test_a_text_is_number_and_words(tmp_path: Path) -> None:
    message = outgoing(receiver=Party("Edda", "+447700900471"), content="Line up.")
    TextFolder(tmp_path).carry(message)
    text = (tmp_path / "0f7a.txt").read_text()
    assert text == "Kestrelfjord Telecom -> +447700900471\n\nLine up.\n"


def test_a_letter_is_laid_down_to_be_printed(tmp_path: Path) -> None:
    message = outgoing()
    twice = replace(message, enclosures=message.enclosures * 2)
    PostFolder(tmp_path).carry(twice)
    assert {one.name for one in tmp_path.iterdir()} == {"0f7a.pdf", "0f7a-2.pdf"}
    assert (tmp_path / "0f7a.pdf").read_bytes() == message.enclosures[0].data
    with pytest.raises(Undeliverable, match="nothing to print"):
        PostFolder(tmp_path).carry(outgoing(enclosures=()))


def test_a_folder_that_can_not_be_written_is_tried_again_later(tmp_path: Path) -> None:
    in_the_way = tmp_path / "mail"
    in_the_way.write_text("a file, not a folder")
    with pytest.raises(Delayed, match="can not be written"):
        MailFolder(in_the_way).carry(outgoing())
