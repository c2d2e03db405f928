"""The Letters tab: the very bytes, on the screen, on paper, in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.letters.files import OtherBytes
from tests.support import edda, edda_orders
from tests.support.account_desk import AccountDesk
from tests.support.qt import press, press_in_window
from tests.ui.account.conftest import Open
from tests.ui.account.test_orders_tab import named, rows
from ui.account.account_page import AccountPage
from ui.letters.letter_side import Seal
from ui.widgets.pdf_view import PdfView
from ui.widgets.search_field import SearchField

CONTROL = Qt.KeyboardModifier.ControlModifier


def pdf(page: AccountPage) -> PdfView:
    found = page.findChild(PdfView)
    assert found is not None
    return found


def opened(open_page: Open, qtbot: QtBot) -> AccountPage:
    page = open_page("letters")
    qtbot.waitUntil(lambda: pdf(page).page_count() > 0)
    return page


def said(page: QWidget) -> list[str]:
    return [each.accessibleName() for each in page.findChildren(QWidget) if each.isVisible()]


def test_the_newest_letter_is_shown_as_it_was_sent(open_page: Open, qtbot: QtBot) -> None:
    page = opened(open_page, qtbot)
    assert named(page, "Letters").current_id() == "D-9"
    assert pdf(page).original() == edda_orders.letter_bytes("LT09")
    seal = page.findChild(Seal)
    assert seal is not None
    assert seal.accessibleName().startswith("The exact bytes that were sent. SHA-256 ")


def test_what_happened_to_it_stands_beside_it(open_page: Open, qtbot: QtBot) -> None:
    page = opened(open_page, qtbot)
    assert "Text to 07700 900471 delivered, 18 Nov 09:05" in said(page)
    assert rows(named(page, "Facts of the letter"))[0] == "Letter: KL-0301177-9"


def test_down_shows_the_next_letter(open_page: Open, qtbot: QtBot) -> None:
    page = opened(open_page, qtbot)
    press(named(page, "Letters"), Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: pdf(page).original() == edda_orders.letter_bytes("LT01"))


def test_words_find_letters_and_leave_the_focus_where_it_is(open_page: Open, qtbot: QtBot) -> None:
    page = opened(open_page, qtbot)
    search = page.findChild(SearchField)
    assert search is not None
    search.setFocus()
    press(search, "contract")
    letters = named(page, "Letters")
    qtbot.waitUntil(lambda: letters.records.rowCount() == 1)
    assert letters.current_id() == "D-2"
    assert search.hasFocus()


def test_looking_at_the_letters_makes_them_old(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    opened(open_page, qtbot)
    qtbot.waitUntil(lambda: desk.accounts.seen == [edda.CUSTOMER])


def test_saving_writes_the_bytes_that_were_sent(
    open_page: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(open_page, qtbot)
    suggested: list[str] = []

    def choose(_owner: QWidget, _title: str, path: str, _kinds: str) -> tuple[str, str]:
        suggested.append(Path(path).name)
        return str(tmp_path / "letter.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    press_in_window(page.window(), Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: "Saved as letter.pdf." in said(page.messages))
    assert suggested == ["LT09 Engineer appointment KL-0301177-9.pdf"]
    assert (tmp_path / "letter.pdf").read_bytes() == edda_orders.letter_bytes("LT09")


def test_where_nothing_can_be_written_the_person_is_told(
    open_page: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    expected_log: list[str],
) -> None:  # fmt: skip
    page = opened(open_page, qtbot)
    expected_log.append("work failed")
    nowhere = str(tmp_path / "no such folder" / "letter.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (nowhere, ""))
    press_in_window(page.window(), Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: any("Not saved." in each for each in said(page.messages)))


def test_printing_goes_to_the_printer_that_was_chosen(
    open_page: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(open_page, qtbot)
    paper = tmp_path / "paper.pdf"

    def accept(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(paper))
        return int(QPrintDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    press_in_window(page.window(), Qt.Key.Key_P, CONTROL)
    assert paper.read_bytes().startswith(b"%PDF")


def test_other_bytes_are_not_shown(desk: AccountDesk, open_page: Open, qtbot: QtBot) -> None:
    desk.letters.fault = OtherBytes()
    page = open_page("letters")
    sentence = "This file is not the one that was sent, so it is not shown."
    wanted = f"The letter could not be read. {sentence}"
    qtbot.waitUntil(lambda: wanted in said(page))
    assert pdf(page).page_count() == 0


def test_a_text_without_a_file_is_shown_in_words(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    document = edda.account()
    document["documents"] = []
    desk.accounts.document = json.dumps(document).encode()
    page = open_page("letters")
    shown = [str(each.property("text")) for each in page.findChildren(QWidget) if each.isVisible()]
    assert "Kestrelfjord Telecom: your engineer comes on Tuesday 24 November." in shown


def test_the_order_of_a_letter_is_one_step_away(open_page: Open, qtbot: QtBot) -> None:
    page = opened(open_page, qtbot)
    facts = named(page, "Facts of the letter")
    facts.choose("order")
    press(facts, Qt.Key.Key_Return)
    assert page.body.tabs.current_id() == "orders"


def test_without_letters_the_tab_says_so(desk: AccountDesk, open_page: Open) -> None:
    document = {**edda.account(), "documents": [], "messages": []}
    desk.accounts.document = json.dumps(document).encode()
    page = open_page("letters")
    assert "No letters. Nothing has been sent to this customer." in said(page)
