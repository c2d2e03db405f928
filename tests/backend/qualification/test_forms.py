"""The demo operator's forms: every family asks what an agent asks, exactly."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any

import pytest

from backend.catalog.characteristics import Characteristic
from backend.catalog.definitions import Definitions
from backend.catalog.forms import Form
from backend.catalog.loading import demo_tables
from backend.catalog.rules import definitions_of
from backend.qualification.settings import amended, form_of, settled
from tests.support.backend import RunningBackend

DAY = dt.date(2026, 11, 20)
ADULT: dict[str, Any] = {"segment": "RES", "age": "26-64", "vdsl": 0, "flat": 0}
WALKS = 150


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return definitions_of(41, *demo_tables())


def asked(
    definitions: Definitions, code: str, facts: Mapping[str, Any] = ADULT, **given: object
) -> Form:
    return form_of(definitions, code, {**ADULT, **facts}, given, DAY)


def opened(form: Form, name: str) -> tuple[str, ...] | None:
    return form.open(known(form, name))


def known(form: Form, name: str) -> Characteristic:
    return next(each for each in form.shape.characteristics if each.name == name)


def test_every_family_has_a_form_and_most_have_what_depends(definitions: Definitions) -> None:
    by_family: dict[str, list[Characteristic]] = {}
    for specification in definitions.specifications.values():
        by_family.setdefault(specification.family, []).extend(specification.characteristics)
    assert all(by_family.values())
    dependent = {family for family, each in by_family.items() if any(x.reads for x in each)}
    assert {"Mobile", "Fastnet", "VoIP", "ADSL", "Internet", "IPTV", "Set-top box"} <= dependent
    assert {"Content", "Mobile prepaid"} <= dependent


def test_nothing_must_be_set_before_an_order_except_what_was_begun(
    definitions: Definitions,
) -> None:
    for code in definitions.catalogue.offers:
        faults = settled(asked(definitions, code)).faults
        assert set(faults) == ({"portedNumber"} if code == "X06" else set()), code


def test_no_cap_needs_the_bar_and_brings_it(definitions: Definitions) -> None:
    assert opened(asked(definitions, "M03"), "spendCap") == ("0", "10", "25", "50", "none")
    form = asked(definitions, "M03", spendCap="none")
    assert opened(form, "premiumBar") == ("true",)
    assert settled(form).values["premiumBar"] == "true"
    closed = asked(definitions, "M03", premiumBar="false")
    assert "none" not in (opened(closed, "spendCap") or ())
    assert "premium numbers must be barred" in closed.reason(known(closed, "spendCap"), "none")
    business = asked(definitions, "M08", {"segment": "BUS"}, premiumBar="false")
    assert "none" in (opened(business, "spendCap") or ())


def test_what_is_asked_depends_on_answers_facts_and_the_offer(definitions: Definitions) -> None:
    assert "ageLimit" in asked(definitions, "T02").shown
    assert "ageLimit" not in asked(definitions, "T02", parentalLock="false").shown
    assert "recording" not in asked(definitions, "T01").shown
    assert "floor" in asked(definitions, "F02", {"flat": 1}).shown
    assert "floor" not in asked(definitions, "F02").shown
    assert "voicemail" not in asked(definitions, "M09").shown
    young = asked(definitions, "M07", {"age": "16-17"})
    assert opened(young, "contentLock") == ("true",)


def test_a_hidden_field_takes_no_value_and_is_named(definitions: Definitions) -> None:
    faults = settled(asked(definitions, "T02", parentalLock="false", ageLimit="12")).faults
    assert faults == {"ageLimit": "Locked from is not asked here: leave it out."}


def test_what_becomes_needed_is_named(definitions: Definitions) -> None:
    faults = settled(asked(definitions, "V01", emergencyAddress="other")).faults
    assert set(faults) == {"emergencyPlace", "emergencyConfirmed"}
    assert faults["emergencyPlace"] == "Send help to is needed."
    colours = asked(definitions, "M20", colour="blue")
    assert opened(colours, "storage") == ("256",)
    assert colours.reason(known(colours, "storage"), "512") == "Because of Colour: Glacier blue."


def test_several_and_days_are_checked(definitions: Definitions) -> None:
    barred = asked(definitions, "L01", callsBarred=["premium", "mobiles"])
    assert settled(barred).values["callsBarred"] == "premium,mobiles"
    late = asked(definitions, "D01", notBefore="2026-11-20")
    assert settled(late).faults == {"notBefore": "Not before: 2026-11-21 or later."}


def test_a_change_keeps_what_still_fits_and_drops_the_rest(definitions: Definitions) -> None:
    had = {"parentalLock": "true", "ageLimit": "12", "language": "da", "recording": "60"}

    def make(given: Mapping[str, object]) -> Form:
        return form_of(definitions, "T02", ADULT, given, DAY)

    unlocked = amended(make, had, {"parentalLock": "false"})
    assert not unlocked.faults
    assert unlocked.values["language"] == "da"
    assert "ageLimit" not in unlocked.values
    older = amended(make, had, {"ageLimit": "15"})
    assert (older.faults, older.values["ageLimit"]) == ({}, "15")
    legacy = amended(make, {**had, "ageLimit": "16"}, {"language": "sv"})
    assert (legacy.faults, legacy.values["ageLimit"]) == ({}, "16")


def test_random_walks_over_every_form_end_in_an_order(definitions: Definitions) -> None:
    """Open values taken one after the other never close the way to a whole form."""
    lot = random.Random(41)  # noqa: S311 - the same walks every time
    codes = list(definitions.catalogue.offers)
    for _ in range(WALKS):
        code = lot.choice(codes)
        facts = {name: lot.choice(values) for name, values in definitions.catalogue.context.items()}
        given: dict[str, object] = {}
        for _step in range(6):
            form = form_of(definitions, code, facts, given, DAY)
            choices = [
                (each.name, text)
                for each in form.shape.characteristics
                if each.name in form.shown and each.type != "several-of"
                for text in form.open(each) or ()
            ]
            if not choices:
                break
            name, text = lot.choice(choices)
            given = {**form.given.accepted, name: text}
            tried = form_of(definitions, code, facts, given, DAY).given
            assert name in tried.accepted, (code, given, tried.refused)
            given = dict(tried.accepted)
        form = form_of(definitions, code, facts, given, DAY)
        for name in form.lacking:
            assert known(form, name).free or form.open(known(form, name)), (code, given, name)


def test_the_desk_is_told_each_units_form(operator_backend: RunningBackend) -> None:
    question = {
        "prospect": {"partyType": "individual", "birthDate": "1985-04-02", "identityChecked": True},
        "picks": {"M03": 2, "M10": 1, "M11": 1},
        "settings": {
            "M03#1": {"spendCap": "none", "line": "M03#2"},
            "M03#2": {"premiumBar": False, "roaming": "false", "roamingCap": "0"},
        },
    }
    answer = operator_backend.call("POST", "/desk-api/v1/choices", "agent", json=question).json()
    told = {key: {each["name"]: each for each in fields} for key, fields in answer["forms"].items()}
    assert set(told) == {"M03#1", "M03#2", "M10#1", "M11#1"}
    bar = told["M03#1"]["premiumBar"]
    assert (bar["open"], bar["default"]) == (["true"], "true")
    assert bar["reason"] == "Because of Spending cap: No cap."
    other = told["M03#2"]
    assert other["spendCap"]["open"] == ["0", "10", "25", "50"]
    assert other["roamingCap"]["problem"] == "Data abroad stops at is not asked here: leave it out."
    assert not other["roamingCap"]["visible"]
    assert other["userName"]["open"] is None
    assert told["M10#1"]["delivery"]["visible"]
    assert told["M11#1"]["profileBy"]["visible"]
    assert not told["M11#1"]["delivery"]["visible"]
