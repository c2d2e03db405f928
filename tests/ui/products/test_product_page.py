"""The product manager's day by keys: edit, prove, undo, propose, approve."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.changes import Kind
from app.products import offers
from app.products.working import Kept, from_json
from app.store.drafts import DraftState
from backend_client.catalogue import Check, Fault
from backend_client.errors import Unreachable
from tests.support.product_desk import APPROVER, EDITOR, FakeCatalogue, FakeDrafts
from tests.support.qt import press, press_in_window
from tests.ui.desk import SOON
from tests.ui.products.conftest import Opened
from ui.page import OpenProducts
from ui.products.product_page import ProductPage
from ui.widgets.chip import Chip

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def name_of(page: ProductPage, code: str) -> str:
    working = page.session.working
    found = offers.offer(working.now, code) if working else None
    return found.name if found else ""


def kept(drafts: FakeDrafts) -> Kept | None:
    found = [each for each in drafts.held.values() if each.state is DraftState.OPEN]
    return from_json(found[0].payload) if found else None


def ids(page: ProductPage) -> list[str]:
    rows = page.editing.offers.model
    return [row.id for at in range(rows.total()) if (row := rows.row(at)) is not None]


def test_typing_over_the_rows_filters_and_enter_edits(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    table = page.editing.offers
    press(table.table.view, "g")
    press(table.filter, "limt 1000 £43")
    qtbot.waitUntil(lambda: ids(page) == ["F03"])
    press(table.filter, ENTER)
    press(table.table.view, ENTER)
    form = page.editing.offer_form
    assert form.name.input.hasFocus()
    press(form.name.input, "Glimt 1100")
    assert name_of(page, "F03") == "Glimt 1100"
    press(form.name.input, ESCAPE)
    assert name_of(page, "F03") == "Glimt 1000"


def test_nothing_typed_is_lost(opened: Opened, drafts: FakeDrafts, qtbot: QtBot) -> None:
    page = opened()
    page.editing.offers.choose("F03")
    page.editing.offer_form.focus_field()
    press(page.editing.offer_form.name.input, "Glimt 1100")
    qtbot.waitUntil(lambda: kept(drafts) is not None, timeout=SOON)
    found = kept(drafts)
    assert found is not None
    assert [(each.id, each.after["name"]) for each in found.changes] == [("F03", "Glimt 1100")]
    press_in_window(page.window(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    press_in_window(page.window(), Qt.Key.Key_Z, CONTROL)
    assert name_of(page, "F03") == "Glimt 1000"
    press_in_window(page.window(), Qt.Key.Key_Z, CONTROL | SHIFT)
    assert name_of(page, "F03") == "Glimt 1100"
    page.session.undo()
    qtbot.waitUntil(lambda: kept(drafts) is None, timeout=SOON)


def test_a_second_bandwidth_is_copied_priced_and_proposed(
    opened: Opened, catalogue: FakeCatalogue, qtbot: QtBot
) -> None:
    page = opened()
    page.editing.offers.choose("F03")
    press_in_window(page.window(), Qt.Key.Key_D, CONTROL)
    box = page.editing.deeds.box
    assert box is not None
    press(box.code.input, "F04", ENTER)
    assert box.isVisible()
    assert box.code.finding() is not None
    box.code.input.selectAll()
    press(box.code.input, "F09x")
    box.name.input.selectAll()
    press(box.name.input, "Glimt 1500", ENTER)
    assert not box.isVisible()
    form = page.editing.offer_form
    form.monthly.selectAll()
    press(form.monthly, "52")
    working = page.session.working
    assert working is not None
    made = offers.offer(working.now, "F09x")
    assert made is not None
    assert (made.name, made.monthly) == ("Glimt 1500", Decimal(52))
    qtbot.waitUntil(page.head.propose.isEnabled, timeout=SOON)
    press_in_window(page.window(), ENTER, CONTROL)
    press_in_window(page.window(), ENTER, CONTROL)  # without a word it stays
    note = page.proposing.box
    assert note is not None
    assert note.isVisible()
    press(note.note, "A second bandwidth")
    press_in_window(page.window(), ENTER, CONTROL)
    qtbot.waitUntil(lambda: len(catalogue.proposed) == 1, timeout=SOON)
    qtbot.waitUntil(lambda: page.tabs.current_id() == "proposals", timeout=SOON)
    assert catalogue.proposed[0].note == "A second bandwidth"
    qtbot.waitUntil(lambda: page.proposals.current() is not None, timeout=SOON)
    assert page.proposals.withdraw.isVisible()
    assert not page.proposals.approve.isVisible()


def test_a_second_person_approves_and_the_copy_stands_on_the_new_version(
    opened: Opened, catalogue: FakeCatalogue, qtbot: QtBot
) -> None:
    page = opened()
    page.session.edit(offers.set_monthly("F03", Decimal(45)), "Monthly")
    page.proposing.propose("Dearer")
    qtbot.waitUntil(lambda: len(catalogue.proposed) == 1, timeout=SOON)
    catalogue.seen_by("supervisor")
    second = opened((APPROVER,), "supervisor")
    assert second.tabs.ids() == ["proposals", "versions"]
    qtbot.waitUntil(second.proposals.approve.isVisible, timeout=SOON)
    assert not second.head.propose.isVisible()
    press_in_window(second.window(), ENTER, CONTROL)
    qtbot.waitUntil(lambda: catalogue.version == 42, timeout=SOON)
    page.workplace.changes.announce(Kind.CATALOGUE)
    qtbot.waitUntil(lambda: page.session.working is not None and page.session.working.version == 42)
    assert page.session.delta == ()
    message = page.messages.shown()
    assert message is not None
    assert message.lead == "Version 42 is in force."
    assert "version 42 in force" in [each.text() for each in page.head.findChildren(Chip)]


def test_what_somebody_else_changed_too_is_named(
    opened: Opened, catalogue: FakeCatalogue, qtbot: QtBot
) -> None:
    page = opened()
    page.session.edit(offers.set_monthly("F03", Decimal(45)), "Monthly")
    theirs = [
        {**each, "name": "Glimt 1000 Plus"} if each["code"] == "F03" else each
        for each in catalogue.documents.catalogue["offers"]
    ]
    catalogue.documents = msgspec.structs.replace(
        catalogue.documents, catalogue={**catalogue.documents.catalogue, "offers": theirs}
    )
    catalogue.version = 42
    page.proposing.propose("Dearer")
    qtbot.waitUntil(lambda: page.session.working is not None and page.session.working.version == 42)
    assert [each.id for each in page.session.delta] == ["F03"]
    qtbot.waitUntil(lambda: _said(page, "Somebody else changed F03"), timeout=SOON)


def _said(page: ProductPage, words: str) -> bool:
    shown = page.messages.shown()
    waiting = page.messages.waiting()
    return (shown is not None and words in shown.spoken()) or waiting > 0


def test_a_rejection_says_why(opened: Opened, catalogue: FakeCatalogue, qtbot: QtBot) -> None:
    page = opened()
    page.session.edit(offers.set_monthly("F03", Decimal(45)), "Monthly")
    page.proposing.propose("Dearer")
    qtbot.waitUntil(lambda: len(catalogue.proposed) == 1, timeout=SOON)
    catalogue.seen_by("supervisor")
    second = opened((APPROVER,), "supervisor")
    part = second.proposals
    qtbot.waitUntil(part.reject.isVisible, timeout=SOON)
    part.reject.click()
    assert part.box is not None
    press_in_window(second.window(), ENTER, CONTROL)  # without a reason it does nothing
    assert part.box.isVisible()
    press(part.box.note, "Too dear")
    press_in_window(second.window(), ENTER, CONTROL)
    qtbot.waitUntil(lambda: catalogue.proposed[0].state == "rejected", timeout=SOON)
    assert catalogue.proposed[0].reason == "Too dear"
    assert catalogue.version == 41


def test_the_proofs_lead_to_what_is_wrong(
    opened: Opened, catalogue: FakeCatalogue, qtbot: QtBot
) -> None:
    page = opened()
    catalogue.answer = Check(
        faults=(Fault(where="rule R40", text="lhs is empty"), Fault(where="offer C08", text="dead"))
    )
    before = catalogue.checks
    page.session.edit(offers.set_name("F03", "Glimt X"), "Name")
    qtbot.waitUntil(lambda: page.session.proofs is not None and page.session.proofs.faults == 2)
    assert not page.head.propose.isEnabled()
    assert catalogue.checks == before + 1
    press_in_window(page.window(), Qt.Key.Key_F8)
    assert page.tabs.current_id() == "rules"
    assert page.editing.rules.table.current_id() == "R40"
    press_in_window(page.window(), Qt.Key.Key_F8)
    assert page.tabs.current_id() == "offers"
    assert page.editing.offers.table.current_id() == "C08"
    assert page.editing.offer_form.name.input.hasFocus()


def test_a_rule_is_written_in_words(opened: Opened) -> None:
    page = opened(tab="rules")
    page.editing.rules.choose("R30")
    form = page.editing.rule_form
    form.figure.changed.emit(2)
    form.add_condition.click()
    (row,) = form.rows
    row.what.chosen.emit("segment")
    row = form.rows[0]
    row.values.tick("BUS")
    form.of.tick("FIB")
    form.text.setPlainText("Two at most for offices.")
    working = page.session.working
    assert working is not None
    (change,) = working.changes()
    assert change.after == {
        "id": "R30", "kind": "cardinality", "when": [["ctx", "segment", ["BUS"]]],
        "lhs": ["BB", "FIB"], "op": "<=", "k": 2, "msg": "Two at most for offices.",
    }  # fmt: skip
    row.remove.click()
    assert form.rows == []


def test_each_change_can_be_taken_back(opened: Opened) -> None:
    page = opened()
    page.editing.deeds.copy_offer("F03", "F99", "Glimt 1500")
    page.session.edit(offers.set_name("M01", "Skarv"), "Name")
    page._turn_to("changes")  # as Alt+3 does
    changes = page.editing.changes.rows
    changes.choose("offer:F99")
    press_in_window(page.window(), Qt.Key.Key_B, CONTROL)
    assert [each.id for each in page.session.delta] == ["M01"]
    changes.choose("offer:M01")
    press(changes, ENTER)
    assert page.tabs.current_id() == "offers"
    assert page.editing.offers.table.current_id() == "M01"


def test_a_row_is_copied_with_what_is_seen_of_it(opened: Opened) -> None:
    page = opened()
    table = page.editing.offers
    table.choose("F03")
    table._show_column("family", shown=False)  # as the tick in the menu does
    press_in_window(page.window(), Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "F03\tGlimt 1000\t£43.00\t£0.00\t24\t1\t"
    assert table.look.kept()["hidden"] == ["family"]


def test_tried_as_a_customer_the_copy_answers(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    page.session.edit(offers.set_name("M03", "Skarv 120"), "Name")
    page._turn_to("trial")  # as Alt+4 does
    part = page.trial
    qtbot.waitUntil(lambda: part.view is not None, timeout=SOON)
    part.offers.choose("M03")
    press(part.offers, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: _picked(part.view) == {"M03": 1}, timeout=SOON)
    part.who.usual.chosen.emit("young")
    assert part.trial.facts["age"] == "16-17"
    part.who.ticks["gpon"].click()
    assert part.trial.facts["gpon"] == 0
    part.who.choices["credit"].chosen.emit("D")
    assert part.trial.facts["credit"] == "D"
    spoken = [each.spoken() for each in part.offers.records.records()]
    assert any("Skarv 120" in words for words in spoken)
    assert any("R25: No fibre at this address yet" in words for words in spoken)


def test_a_customer_is_tried_by_his_number_where_customers_may_be_seen(
    opened: Opened, qtbot: QtBot
) -> None:
    assert not opened().trial.who.customer.isVisibleTo(opened().trial.who)
    page = opened((EDITOR, "customer.read"))
    page._turn_to("trial")
    part = page.trial
    qtbot.waitUntil(lambda: part.view is not None, timeout=SOON)
    part.who.customer.set_text("KF-0041873-6")
    press(part.who.customer.input, ENTER)
    assert (part.trial.customer, part.trial.facts) == ("KF-0041873-6", {})
    qtbot.waitUntil(lambda: part.who.facts == {"segment": "RES", "age": "26-64"}, timeout=SOON)
    part.who.ticks["gpon"].click()
    assert (part.trial.customer, part.trial.facts["gpon"]) == ("KF-0041873-6", 1)
    part.who.usual.chosen.emit("young")
    assert (part.trial.customer, part.who.customer.text()) == ("", "")


def test_without_an_answer_it_says_so_and_asks_again(
    opened: Opened, catalogue: FakeCatalogue, qtbot: QtBot
) -> None:
    catalogue.fault = Unreachable()
    page = opened()
    qtbot.waitUntil(lambda: page.failed is not None and page.failed.isVisible(), timeout=SOON)
    catalogue.fault = None
    assert page.failed is not None
    page.failed.acted.emit()
    qtbot.waitUntil(lambda: page.session.working is not None, timeout=SOON)
    assert not page.failed.isVisible()


@pytest.mark.parametrize("width", [1386, 1207, 560])
def test_there_is_room_for_what_is_in_front(opened: Opened, width: int) -> None:
    page = opened(width=width)
    page.editing.focus_list()
    assert page.editing.offers.isVisible()
    assert page.editing.offer_form.isVisible() == (width > 760)
    assert page.editing.proofs.isVisible() == (width > 1240)
    page.editing.turn_proofs()
    assert page.editing.proofs.isVisible()
    assert QApplication.focusWidget() is page.editing.proofs.rows
    assert page.width() <= width


def test_it_says_where_it_is(opened: Opened) -> None:
    page = opened((EDITOR, APPROVER))
    page.go(OpenProducts("versions"))
    assert page.destination() == OpenProducts("versions")
    assert page.tab().id == "products"
    page.go(OpenProducts())
    assert page.tabs.current_id() == "versions"
    assert page.regions()
    assert page.keys() is not None
    assert len(page.key_groups()) == 2


def _picked(view: object) -> dict[str, int]:
    families = getattr(view, "families", ())
    return {
        each.id: each.quantity for family in families for each in family.offers if each.quantity
    }


def test_the_store_keeps_little_of_a_large_catalogue(
    opened: Opened, catalogue: FakeCatalogue, drafts: FakeDrafts, qtbot: QtBot
) -> None:
    base = catalogue.documents.catalogue["offers"]
    many = [*base, *({**base[0], "code": f"Z{at}", "name": f"Offer {at}"} for at in range(5_000))]
    catalogue.documents = msgspec.structs.replace(
        catalogue.documents, catalogue={**catalogue.documents.catalogue, "offers": many}
    )
    page = opened()
    assert page.editing.offers.model.total() == len(many)
    page.session.edit(offers.set_name("Z4999", "The last"), "Name")
    qtbot.waitUntil(lambda: kept(drafts) is not None, timeout=SOON)
    assert max(len(each.payload) for each in drafts.held.values()) < 2_000
