"""Pictures with numbers, the letter with the order's number, and what an older tour left."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QLabel

from tests.support.qt import Show
from ui.tour.album import Album
from ui.tour.eyes import button, found, reads, visible
from ui.tour.keychain import OwnKeychain
from ui.tour.letter import keep_letter
from ui.tour.patience import TourStopped
from ui.tour.run import REPORT, Report, run_tour


def letter(words: str) -> bytes:
    """A PDF with these words on its page."""
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    bytes_ = BytesIO()
    canvas = Canvas(bytes_)
    canvas.drawString(72, 700, words)
    canvas.save()
    return bytes_.getvalue()


def test_pictures_are_numbered_in_the_order_taken(show: Show, tmp_path: Path) -> None:
    window = show(QLabel("Good morning, Maren"))
    album = Album(tmp_path)
    album.take(window, "sign-in")
    album.take(window, "home")
    assert album.names == ["01-sign-in.png", "02-home.png"]
    assert sorted(path.name for path in tmp_path.iterdir()) == album.names


def test_a_folder_that_is_gone_is_told(show: Show, tmp_path: Path) -> None:
    with pytest.raises(TourStopped, match="could not be written"):
        Album(tmp_path / "gone").take(show(QLabel("x")), "home")


def test_the_letter_is_kept_under_the_orders_number(tmp_path: Path) -> None:
    data = letter("Its number is KO-0093331-0; please give it when you call.")
    name = keep_letter(data, "KO-0093331-0", tmp_path)
    assert (tmp_path / name).read_bytes() == data
    assert "KO-0093331-0" in name


def test_a_letter_without_the_number_ends_the_tour(tmp_path: Path) -> None:
    with pytest.raises(TourStopped, match="does not hold the order number KO-0000000-0"):
        keep_letter(letter("Its number is KO-0093331-0."), "KO-0000000-0", tmp_path)


def test_only_what_can_be_seen_is_found(show: Show) -> None:
    seen, hidden = QLabel("No open orders"), QLabel("Try again")
    window = show(seen, hidden)
    hidden.hide()
    assert reads(window, "open orders")
    assert not reads(window, "Try again")
    assert visible(window, QLabel) is found(window, QLabel) is seen
    assert button(window, "Create") is None


def test_the_keychain_of_the_tour_keeps_and_forgets() -> None:
    ring = OwnKeychain()
    ring.check()
    ring.write("jackfield/desk", "maren", "secret")
    assert ring.read("jackfield/desk", "maren") == "secret"
    ring.delete("jackfield/desk", "maren")
    assert ring.read("jackfield/desk", "maren") is None


def test_where_nothing_can_be_written_one_sentence_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("a file, no folder")
    assert run_tour(tmp_path / "out") == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_an_older_tour_makes_room_and_nothing_else_is_touched(tmp_path: Path) -> None:
    from ui.tour.run import _clear

    report = Report(
        order_number="KO-1", order_state="completed", steps=[], tabs=[], pdf="letter.pdf",
        pictures=["01-sign-in.png"], seconds=1.0, version="", platform="", keychain="",
        wizard_keys=0, wizard_letters=0,
    )  # fmt: skip
    for name in ("01-sign-in.png", "letter.pdf", "holiday.png"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / REPORT).write_bytes(msgspec.json.encode(report))
    _clear(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.png"]
