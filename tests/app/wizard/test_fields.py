"""The customer's details: each mistake has one sentence that says what would be right."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wizard.fields import form_for, problems_of, read_date, write_postcode
from tests.app.wizard.stories import JORUN, NOW

TODAY = NOW.date()


def sentence(name: str, value: str) -> str:
    problems = problems_of({**JORUN, name: value}, today=TODAY)
    return problems[0].sentence if problems else ""


def test_jorun_is_complete() -> None:
    assert problems_of(JORUN, today=TODAY) == []


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("email", "", "E-mail is missing: the contract summary goes there."),
        ("email", "jorun.example.com", "An e-mail address has an @, such as name@example.com."),
        ("email", "jorun@", "An e-mail address looks like name@example.com."),
        ("email", "a b@example.com", "An e-mail address looks like name@example.com."),
        ("pin", "12", "A PIN has four to six digits."),
        ("pin", "12a4", "A PIN has four to six digits."),
        ("telephone", "12", "A telephone number has ten or eleven digits, such as 07700 900000."),
        ("telephone", "x", "A telephone number has ten or eleven digits, such as 07700 900000."),
        ("birthDate", "soon", "A date of birth looks like 8 May 1992 or 08/05/1992."),
        ("birthDate", "1 Jan 2030", "This date of birth is in the future."),
        ("birthDate", "1 Jan 1850", "This date of birth is more than 120 years ago."),
    ],
)
def test_a_mistake_says_what_would_be_right(name: str, value: str, wanted: str) -> None:
    assert sentence(name, value) == wanted


@pytest.mark.parametrize("pin", ["1111", "1234", "9876", "1985"])
def test_a_pin_that_is_easy_to_guess_is_refused(pin: str) -> None:
    assert sentence("pin", pin).startswith("This PIN is easy to guess")


def test_a_slip_in_a_familiar_mail_host_is_a_question_with_a_fix() -> None:
    (problem,) = problems_of({**JORUN, "email": "jorun@exmaple.com"}, today=TODAY)
    assert (problem.sentence, problem.fix) == ("Did you mean example.com?", "jorun@example.com")
    assert not problem.blocks


@pytest.mark.parametrize("name", ["Jens <b Olsen", "Ærøskov", "O’Hara-Ødegårdsen", "李"])
def test_a_name_may_hold_any_letters(name: str) -> None:
    assert sentence("familyName", name) == ""


def test_a_company_is_asked_for_its_name_and_number() -> None:
    names = [field.name for field in form_for({"partyType": "organization"})]
    assert "tradingName" in names
    assert "birthDate" not in names
    firm = {**JORUN, "partyType": "organization", "tradingName": "Wrenhallow Joinery Ltd"}
    assert problems_of(firm, today=TODAY) == []
    (problem,) = problems_of({**firm, "companyNumber": "12"}, today=TODAY)
    assert problem.sentence == "A company number has eight digits, or two letters and six digits."
    assert problems_of({**firm, "companyNumber": "SC123456"}, today=TODAY) == []


@pytest.mark.parametrize(
    "text", ["8 May 1992", "08/05/1992", "8.5.1992", "1992-05-08", " 8  may 1992 ", "8 may. 1992"]
)
def test_a_day_may_be_written_as_people_do(text: str) -> None:
    assert read_date(text) == dt.date(1992, 5, 8)


@given(st.text(max_size=30))
def test_reading_a_day_never_fails(text: str) -> None:
    assert read_date(text) is None or isinstance(read_date(text), dt.date)


@given(st.dates(min_value=dt.date(1900, 1, 1)))
def test_a_written_day_reads_back(day: dt.date) -> None:
    assert read_date(f"{day.day}/{day.month}/{day.year}") == day


def test_a_postcode_gets_its_usual_form() -> None:
    assert write_postcode("qx47tr") == "QX4 7TR"
    assert write_postcode("QX4 7T") is None
