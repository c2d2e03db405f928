"""The settings step draws every form from the catalogue alone."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.wizard import edits
from app.wizard.choices import Characteristic, Choices, Question
from app.wizard.service import Answered
from app.wizard.steps import Step
from backend_client.choices import Cardinality, CharacteristicValue, FormField
from tests.ui.desk import SOON
from tests.ui.wizard.conftest import Begin, view_of
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField
from ui.widgets.field import Field
from ui.widgets.label import Prose
from ui.widgets.tick import Tick, Toggle
from ui.wizard.draft_page import DraftPage
from ui.wizard.setting_editor import SeveralOf
from ui.wizard.settings_page import SettingsPage

KEY = "M03#1"


def _values(*values: str) -> tuple[CharacteristicValue, ...]:
    return tuple(CharacteristicValue(value=each, label=each.title()) for each in values)


ASKED = (
    Characteristic(name="roaming", label="Roaming", type="boolean", default="true"),
    Characteristic(name="zone", label="Zone", type="choice", values=_values("nordic", "world")),
    Characteristic(
        name="alarm", label="Warn at", type="integer", unit="GB",
        minimum=Decimal(1), maximum=Decimal(20),
    ),
    Characteristic(name="start", label="From", type="date", maximum=Decimal(3000)),
    Characteristic(
        name="days", label="Quiet days", type="several-of", values=_values("fri", "sat", "sun"),
        cardinality=Cardinality(min=0, max=2),
    ),
)  # fmt: skip


def form_of(given: dict[str, str]) -> tuple[FormField, ...]:
    """Without roaming no zone is asked; the world is closed until somebody is warned."""
    roams = given.get("roaming", "true") == "true"
    opened = ("nordic", "world") if given.get("alarm") else ("nordic",)
    why = None if given.get("alarm") else "The whole world needs a warning."
    return (
        FormField(name="zone", visible=roams, required=True, open=opened, reason=why),
        FormField(name="start", problem="Too late." if given.get("start") else None),
    )


@pytest.fixture
def page(begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> DraftPage:
    """A draft on its settings step, with a form of every type."""
    opened = begin()
    view = view_of(opened)
    ask = view.desk.service.choices

    def changed(question: Question) -> Answered:
        answer = ask(replace_settings(question))
        assert answer.choices is not None
        given = dict(question.settings.get(KEY, {}))
        return Answered(with_form(answer.choices, form_of(given)), question, fresh=True)

    monkeypatch.setattr(view.desk.service, "choices", changed)
    view.desk.edit(edits.pick("M03", 1))
    view.go(Step.SETTINGS)
    qtbot.waitUntil(lambda: form_page(opened).has("zone"), timeout=SOON)
    return opened


def replace_settings(question: Question) -> Question:
    """The real server knows nothing of this form."""
    return dataclasses.replace(question, settings={})


def with_form(choices: Choices, fields: tuple[FormField, ...]) -> Choices:
    offers = tuple(
        replace(each, characteristics=ASKED) if each.id == "M03" else each
        for each in choices.offers
    )
    return replace(choices, offers=offers, forms={KEY: fields})


def form_page(page: DraftPage) -> SettingsPage:
    found = view_of(page).pages[Step.SETTINGS]
    assert isinstance(found, SettingsPage)
    return found


def settings(page: DraftPage) -> dict[str, str]:
    return dict(view_of(page).desk.draft.settings.get(KEY, {}))


def test_each_type_has_its_control_and_writes_its_value(page: DraftPage) -> None:
    shown = form_page(page)
    controls = [shown.editor(each.name).control for each in ASKED]
    kinds = [Toggle, Choice, Field, DateField, SeveralOf]
    assert [type(each) for each in controls] == kinds
    toggle, _, alarm, day, several = controls
    assert isinstance(toggle, Toggle)
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    assert isinstance(alarm, Field)
    QTest.keyClicks(alarm.input, "5")
    assert isinstance(day, DateField)
    QTest.keyClicks(day, "24/12/2026")
    QTest.keyClick(day, Qt.Key.Key_Return)
    for tick in several.findChildren(Tick)[1:]:
        QTest.keyClick(tick, Qt.Key.Key_Space)
    assert settings(page) == {
        "roaming": "false", "alarm": "5", "start": "2026-12-24", "days": "sat,sun",
    }  # fmt: skip
    assert day.day() == dt.date(2026, 12, 24)
    off = [tick.text() for tick in several.findChildren(Tick) if not tick.isEnabled()]
    assert off == ["Fri"]  # no more than two


def test_a_day_beyond_its_limit_is_not_taken(page: DraftPage) -> None:
    day = form_page(page).editor("start").control
    assert isinstance(day, DateField)
    QTest.keyClicks(day, "24/12/2046")
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert settings(page) == {}
    said = {each.text() for each in page.findChildren(Prose) if each.isVisible()}
    assert "This may be 3000 days from today at most." in said


def test_a_field_comes_and_goes_with_another(page: DraftPage, qtbot: QtBot) -> None:
    shown = form_page(page)
    zone, toggle = shown.editor("zone"), shown.editor("roaming").control
    assert zone.isVisible()
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    qtbot.waitUntil(zone.isHidden, timeout=SOON)
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    qtbot.waitUntil(zone.isVisible, timeout=SOON)


def test_a_closed_value_is_seen_with_its_reason_and_opens_with_another(
    page: DraftPage, qtbot: QtBot
) -> None:
    shown = form_page(page)
    zone, alarm = shown.editor("zone").control, shown.editor("alarm").control
    assert isinstance(zone, Choice)
    assert isinstance(alarm, Field)
    world = zone.findData("world")
    assert not zone.model().index(world, 0).flags() & Qt.ItemFlag.ItemIsEnabled
    assert zone.accessibleDescription() == "The whole world needs a warning."
    QTest.keyClicks(alarm.input, "5")
    qtbot.waitUntil(
        lambda: bool(zone.model().index(world, 0).flags() & Qt.ItemFlag.ItemIsEnabled),
        timeout=SOON,
    )


def test_what_is_missing_or_wrong_is_said_at_the_field_and_the_report_leads_there(
    page: DraftPage, qtbot: QtBot
) -> None:
    shown, view = form_page(page), view_of(page)
    alarm = shown.editor("alarm").control
    assert isinstance(alarm, Field)
    QTest.keyClicks(alarm.input, "21")
    found = alarm.check_now()
    assert found is not None
    assert found.sentence == "This may be 1 to 20 GB."
    view.desk.edit(edits.set_setting(KEY, "start", "2030-01-01"))
    qtbot.waitUntil(
        lambda: f"setting:{KEY}:start" in {each.code for each in view.desk.report.errors()},
        timeout=SOON,
    )
    view.go(Step.CREATION)
    view.creation.blocks[f"setting:{KEY}:start"].go.emit(Step.SETTINGS, f"{KEY}:start")
    assert view.desk.draft.step is Step.SETTINGS
    assert shown.window().focusWidget() is shown.editor("start").control
