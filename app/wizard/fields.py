"""The customer's details: which are asked, which are required and why, what would be right."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from rapidfuzz.distance import DamerauLevenshtein

from app.language import tr

FieldKind = Literal["text", "segments", "choice", "date", "secret", "tick", "address"]

OLDEST_YEARS = 120
PIN_LENGTHS = range(4, 7)
POSTCODE = re.compile(r"^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$")
FAMILIAR_MAIL_HOSTS = ("example.com", "example.org", "gmail.com", "outlook.com", "icloud.com")


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the form. `needed_for` says why it is required; empty: it may stay empty."""

    name: str
    label: str
    kind: FieldKind = "text"
    needed_for: str = ""
    options: tuple[Option, ...] = ()
    example: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field, in one sentence that says what would be right."""

    field: str
    sentence: str
    blocks: bool = True
    fix: str | None = None


LANGUAGES = ("en", "da", "sv", "nb", "fi")


def form_for(fields: Mapping[str, str]) -> tuple[FormField, ...]:
    """Fields that are asked, in their order; a company is asked other things than a person."""
    organization = fields.get("partyType") == "organization"
    own = _organization_fields() if organization else _individual_fields()
    return (*_first_fields(), *own, *_contact_fields(), _identity_field())


def _first_fields() -> tuple[FormField, ...]:
    kinds = (Option("individual", tr("Private")), Option("organization", tr("Business")))
    reseller = tr("prices and offers depend on it")
    return (
        FormField("partyType", tr("Customer"), "segments", options=kinds, default="individual"),
        FormField("reseller", tr("Reseller"), "choice", reseller, default="R0"),
    )


def _individual_fields() -> tuple[FormField, ...]:
    contract = tr("the contract is in this name")
    return (
        FormField("givenName", tr("Given name"), needed_for=contract),
        FormField("familyName", tr("Family name"), needed_for=contract),
        FormField(
            "birthDate",
            tr("Date of birth"),
            "date",
            tr("offers depend on the age"),
            example=tr("8 May 1992"),
        ),
    )


def _organization_fields() -> tuple[FormField, ...]:
    person = tr("letters are addressed to a person")
    return (
        FormField("tradingName", tr("Company"), needed_for=tr("the contract is in this name")),
        FormField("companyNumber", tr("Company number"), example="12345678"),
        FormField("givenName", tr("Contact, given name"), needed_for=person),
        FormField("familyName", tr("Contact, family name"), needed_for=person),
    )


def _contact_fields() -> tuple[FormField, ...]:
    letters = tr("the contract summary goes there")
    network = tr("networks and letters depend on it")
    proof = tr("the customer proves with it who is calling")
    languages = tuple(
        Option(code, name) for code, name in zip(LANGUAGES, _languages(), strict=True)
    )
    return (
        FormField("email", tr("E-mail"), needed_for=letters, example="name@example.com"),
        FormField("telephone", tr("Telephone"), example="07700 900000"),
        FormField("address", tr("Address"), "address", network, example="QX4 7TR"),
        FormField("pin", tr("Customer PIN"), "secret", proof),
        FormField("language", tr("Letters in"), "choice", options=languages, default="en"),
    )


def _languages() -> tuple[str, ...]:
    return (tr("English"), tr("Danish"), tr("Swedish"), tr("Norwegian"), tr("Finnish"))


def _identity_field() -> FormField:
    seen = (
        Option("", tr("Not yet")),
        Option("passport", tr("Passport")),
        Option("licence", tr("Driving licence")),
        Option("photo", tr("Photo check")),
    )
    return FormField("identity", tr("Identity seen"), "choice", options=seen)


def problems_of(fields: Mapping[str, str], *, today: dt.date) -> list[Problem]:
    """Everything that is missing or wrong, in the order of the form."""
    checked = (check(field, fields, today=today) for field in form_for(fields))
    return [problem for problem in checked if problem]


def check(field: FormField, fields: Mapping[str, str], *, today: dt.date) -> Problem | None:
    """What is wrong with one field now; None when it is right."""
    value = fields.get(field.name, field.default).strip()
    if not value:
        # a partner's own code may not be known yet: the server takes it by itself
        if field.needed_for and field.name != "reseller":
            text = tr("{field} is missing: {reason}.", field=field.label, reason=field.needed_for)
            return Problem(field.name, text)
        return None
    checker = _CHECKS.get(field.name)
    return checker(value, fields, today) if checker else None


def _email(value: str, _fields: Mapping[str, str], _today: dt.date) -> Problem | None:
    if "@" not in value:
        return Problem("email", tr("An e-mail address has an @, such as name@example.com."))
    try:
        # demo addresses are under names that never receive mail
        checked = validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return Problem("email", tr("An e-mail address looks like name@example.com."))
    host = checked.domain.lower()
    near = [known for known in FAMILIAR_MAIL_HOSTS if DamerauLevenshtein.distance(known, host) == 1]
    if near and host not in FAMILIAR_MAIL_HOSTS:
        fixed = f"{checked.local_part}@{near[0]}"
        question = tr("Did you mean {host}?", host=near[0])
        return Problem("email", question, blocks=False, fix=fixed)
    return None


def _telephone(value: str, _fields: Mapping[str, str], _today: dt.date) -> Problem | None:
    sentence = tr("A telephone number has ten or eleven digits, such as 07700 900000.")
    try:
        number = phonenumbers.parse(value, "GB")
    except phonenumbers.NumberParseException:
        return Problem("telephone", sentence)
    return None if phonenumbers.is_possible_number(number) else Problem("telephone", sentence)


def _birth_date(value: str, _fields: Mapping[str, str], today: dt.date) -> Problem | None:
    born = read_date(value)
    if born is None:
        return Problem("birthDate", tr("A date of birth looks like 8 May 1992 or 08/05/1992."))
    if born > today:
        return Problem("birthDate", tr("This date of birth is in the future."))
    if born.year < today.year - OLDEST_YEARS:
        text = tr("This date of birth is more than {years} years ago.", years=OLDEST_YEARS)
        return Problem("birthDate", text)
    return None


def _pin(value: str, fields: Mapping[str, str], _today: dt.date) -> Problem | None:
    if not value.isascii() or not value.isdigit() or len(value) not in PIN_LENGTHS:
        return Problem("pin", tr("A PIN has four to six digits."))
    steps = {int(after) - int(before) for before, after in pairwise(value)}
    born = read_date(fields.get("birthDate", ""))
    if steps in ({0}, {1}, {-1}) or (born and value == f"{born.year}"):
        return Problem(
            "pin", tr("This PIN is easy to guess; choose one that is not a run or a year of birth.")
        )
    return None


def _company_number(value: str, _fields: Mapping[str, str], _today: dt.date) -> Problem | None:
    if re.fullmatch(r"[A-Za-z]{2}\d{6}|\d{7,8}", value):
        return None
    return Problem(
        "companyNumber", tr("A company number has eight digits, or two letters and six digits.")
    )


_CHECKS: Mapping[str, Callable[[str, Mapping[str, str], dt.date], Problem | None]] = {
    "email": _email,
    "telephone": _telephone,
    "birthDate": _birth_date,
    "pin": _pin,
    "companyNumber": _company_number,
}

_YEAR = 4  # digits
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_date(text: str) -> dt.date | None:
    """Read a day as people write it: 8 May 1992, 08/05/1992, 8.5.1992, 1992-05-08."""
    parts = [part for part in re.split(r"[\s./-]+", text.strip()) if part]
    if len(parts) != 3:  # noqa: PLR2004  # day, month, year
        return None
    if len(parts[0]) == 4:  # noqa: PLR2004  # a year in front
        parts.reverse()
    day, month, year = parts
    if month[:3].lower() in _MONTHS:
        month = str(_MONTHS.index(month[:3].lower()) + 1)
    if not (day.isdigit() and month.isdigit() and year.isdigit() and len(year) == _YEAR):
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def write_postcode(text: str) -> str | None:
    """Give a postcode its usual form (`QX4 7TR`); None when it cannot be one."""
    letters = re.sub(r"\s+", "", text).upper()
    written = f"{letters[:-3]} {letters[-3:]}"
    return written if POSTCODE.match(written) else None
