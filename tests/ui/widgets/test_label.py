"""Labels show what stands there, never what it could mean as markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.support.qt import Show
from ui.theme.theme import Theme
from ui.widgets.chip import Badge, Chip
from ui.widgets.gallery_parts import parts_sheet
from ui.widgets.gallery_states import states_sheet
from ui.widgets.keycap import KeyCap
from ui.widgets.label import ElidedLabel, Label, Prose, Run

TRAP = "<b>Olsen</b><img src='file:///etc/passwd' width=600>"


def test_markup_in_a_name_is_shown_as_it_stands(theme: Theme) -> None:
    label = Label(theme, TRAP)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.sizeHint().width() == theme.metrics("row").horizontalAdvance(TRAP)


def test_no_label_of_any_widget_guesses_whether_its_text_is_markup(theme: Theme) -> None:
    sheets = (states_sheet(theme), parts_sheet(theme))
    labels = [label for sheet in sheets for label in sheet.findChildren(QLabel)]
    assert len(labels) > 60
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert {
        kind.textFormat() for kind in (KeyCap(theme, "E"), Chip(theme, "x"), Badge(theme, "1"))
    } == {Qt.TextFormat.PlainText}


def test_a_shortened_label_has_the_whole_text_as_a_plain_tooltip(theme: Theme, show: Show) -> None:
    label = ElidedLabel(theme, f"{TRAP} and a long rest that does not fit")
    show(label, width=200)
    assert "&lt;b&gt;Olsen" in label.toolTip()
    assert "<b>" not in label.toolTip()
    wide = ElidedLabel(theme, "Edda")
    show(wide, width=400)
    assert wide.toolTip() == ""


def test_a_label_is_as_high_as_its_line(theme: Theme) -> None:
    heights = [Label(theme, "Edda", role).sizeHint().height() for role in ("title", "row", "key")]
    assert heights == [32, 20, 16]


def test_prose_grows_by_whole_lines(theme: Theme) -> None:
    prose = Prose(theme, "The server did not answer. Your text is kept. " * 4)
    wide, narrow = prose.heightForWidth(1200), prose.heightForWidth(200)
    assert wide % 20 == narrow % 20 == 0
    assert narrow > wide


def test_prose_reads_as_one_text_whatever_is_strong_in_it(theme: Theme) -> None:
    prose = Prose(theme, (Run("Cosmo", strong=True), Run(" changed this.", tone="warn")))
    assert prose.text() == "Cosmo changed this."
    assert prose.sizeHint().height() == 20


def test_a_label_can_change_its_tone(theme: Theme) -> None:
    label = Label(theme, "Returned", tone="ink2")
    label.set_tone("warn")
    assert label.tone() == "warn"
