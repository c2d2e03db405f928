"""One field of a unit's form: what may be set, and what is wrong with what is set."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.wizard import edits
from app.wizard.choices import Characteristic, Choices, question_of
from app.wizard.command import creation_of
from app.wizard.report import check_draft
from app.wizard.setting import (
    Setting,
    fault_of,
    limits_of,
    may_be_day,
    setting_of,
    shown_value,
    visible_settings,
)
from app.wizard.settings_view import faulty, form, units
from app.wizard.steps import Step
from backend_client.choices import Cardinality, CharacteristicValue, FormField
from tests.app.wizard.stories import ESIM, NOW, SKARV_100, choices, jorun

CAP = Characteristic(
    name="spendCap",
    label="Spending cap",
    type="choice",
    values=(
        CharacteristicValue(value="25", label="£25 a month"),
        CharacteristicValue(value="50", label="£50 a month"),
    ),
    default="25",
)
ALARM = Characteristic(
    name="alarm",
    label="Warn at",
    type="integer",
    minimum=Decimal(1),
    maximum=Decimal(20),
    unit="GB",
)
DAYS = Characteristic(
    name="days",
    label="Quiet days",
    type="several-of",
    values=(
        CharacteristicValue(value="sat", label="Saturday"),
        CharacteristicValue(value="sun", label="Sunday"),
    ),
    cardinality=Cardinality(min=0, max=2),
)
KEY = "M03#1"


def answer(*fields: FormField) -> Choices:
    """A line with three things to set, of which the server says this."""
    offer = replace(SKARV_100, characteristics=(CAP, ALARM, DAYS))
    return replace(choices(), offers=(offer, ESIM), forms={KEY: fields})


def test_without_a_form_a_characteristic_stands_for_itself() -> None:
    setting = setting_of(CAP, KEY, {}, answer())
    assert (setting.value, setting.visible, setting.closed) == ("25", True, frozenset())


def test_the_server_says_what_is_open_needed_and_wrong() -> None:
    known = FormField(
        name="spendCap", required=True, open=("50",), default="50",
        reason="With roaming £50 is the least.", problem="£25 is too little.",
    )  # fmt: skip
    setting = setting_of(CAP, KEY, {}, answer(known))
    assert (setting.value, setting.required, setting.closed) == ("50", True, frozenset({"25"}))
    assert setting.fixed
    assert setting.reason == "With roaming £50 is the least."
    assert setting.problem == "£25 is too little."


def test_a_field_that_is_not_asked_is_neither_checked_nor_ordered() -> None:
    draft = edits.pick("M03", 1)(jorun())
    draft = edits.set_setting(KEY, "alarm", "99")(draft)
    hidden = answer(FormField(name="alarm", visible=False, required=True))
    assert faulty(KEY, draft, hidden) == ()
    assert visible_settings(KEY, {"alarm": "99", "spendCap": "25"}, hidden) == {"spendCap": "25"}
    order = creation_of(draft, hidden)["order"]
    assert order["productOrderItem"][0]["product"]["productCharacteristic"] == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", ""),
        ("10", ""),
        ("ten", "This is a number, such as 10."),
        ("NaN", "This is a number, such as 10."),
        ("1.5", "This is a whole number, such as 10."),
        ("21", "This may be 1 to 20 GB."),
    ],
)
def test_a_number_is_held_to_its_limits(text: str, sentence: str) -> None:
    assert fault_of(setting_of(ALARM, KEY, {}, answer()), text) == sentence


def test_limits_are_said_as_far_as_there_are_any() -> None:
    def limits(low: int | None, high: int | None) -> str:
        bounds = [None if each is None else Decimal(each) for each in (low, high)]
        asked = replace(ALARM, minimum=bounds[0], maximum=bounds[1])
        return limits_of(setting_of(asked, KEY, {}, answer()))

    assert limits(1, 20) == "1 to 20 GB"
    assert limits(1, None) == "1 GB or more"
    assert limits(None, 20) == "20 GB at most"
    assert limits(None, None) == "GB"
    assert limits_of(setting_of(CAP, KEY, {}, answer())) == ""


def test_a_text_is_held_to_its_pattern_and_what_is_needed_must_be_there() -> None:
    name = Setting("userName", "Who uses it", "string", "", pattern=r"\w{1,5}", required=True)
    assert fault_of(name, "") == "Who uses it is needed."
    assert fault_of(name, "far too long") == "Who uses it is not written as it should be."
    assert fault_of(name, "Edda") == ""


def test_values_are_said_in_words() -> None:
    days = setting_of(DAYS, KEY, {"days": "sat,sun"}, answer())
    assert shown_value(days, "sat,sun") == "Saturday, Sunday"
    assert shown_value(days, "") == "empty"
    start = Setting("start", "From", "date", "2026-11-30")
    assert shown_value(start, "2026-11-30") == "30 Nov 2026"


def test_what_is_wrong_is_an_error_of_the_report_that_leads_to_the_field() -> None:
    draft = edits.pick("M03", 1)(jorun())
    known = answer(FormField(name="alarm", required=True))
    (unit,) = units(draft, known)
    assert unit.wrong == "Warn at"
    found = {each.code: each for each in check_draft(draft, known, now=NOW).errors()}
    error = found["setting:M03#1:alarm"]
    assert (error.step, error.field) == (Step.SETTINGS, "M03#1:alarm")
    assert (error.title, error.text) == ("Warn at is needed.", "Skarv 100")
    right = edits.set_setting(KEY, "alarm", "5")(draft)
    assert not check_draft(right, known, now=NOW).of(Step.SETTINGS)


def test_the_question_carries_what_is_set_but_not_to_which_line_it_belongs() -> None:
    draft = edits.set_setting(KEY, "line", "M03#2")(edits.set_setting(KEY, "alarm", "5")(jorun()))
    assert question_of(draft).settings == {KEY: {"alarm": "5"}}
    alone = edits.set_setting(KEY, "line", "M03#2")(jorun())
    assert question_of(alone).settings == {}


def test_one_that_differs_from_its_fellows_says_how_the_others_are() -> None:
    draft = edits.pick("M03", 3)(jorun())
    draft = edits.set_setting("M03#2", "days", "sat")(draft)
    days = {each.name: each for each in form("M03#2", draft, answer())}["days"]
    assert days.differs == "others: empty"


def test_a_day_is_bounded_from_today() -> None:
    today = NOW.date()
    asked = Characteristic(
        name="day", label="Day", type="date", minimum=Decimal(1), maximum=Decimal(30)
    )
    day = setting_of(asked, KEY, {}, answer())
    assert limits_of(day) == "1 to 30 days from today"
    open_days = [
        each for each in range(-1, 40) if may_be_day(day, today + dt.timedelta(each), today)
    ]
    assert open_days == list(range(1, 31))
    assert limits_of(replace_bounds(asked, Decimal(0), None)) == "today or later"
    assert limits_of(replace_bounds(asked, None, Decimal(5))) == "5 days from today at most"
    assert limits_of(replace_bounds(asked, None, None)) == ""


def replace_bounds(asked: Characteristic, low: Decimal | None, high: Decimal | None) -> Setting:
    return setting_of(replace(asked, minimum=low, maximum=high), KEY, {}, answer())
