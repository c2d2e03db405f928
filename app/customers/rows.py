"""What was found, as rows for people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.customers.search import Answer
from app.language import tr
from app.store.records import Found, Tone
from app.texts import moment, short_day

ChipKind = Literal["plain", "info", "good", "warn", "bad"]

_CHIPS: dict[Tone, ChipKind] = {
    Tone.GOOD: "good",
    Tone.WARN: "warn",
    Tone.BAD: "bad",
    Tone.INFO: "info",
}
ABSENT = "–"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A customer found; `marks` are the (begin, end) of the letters of the name that were hit."""

    id: str
    name: str
    marks: tuple[tuple[int, int], ...]
    number: str
    address: str
    telephone: str
    chip: str
    chip_kind: ChipKind
    last_contact: str

    def spoken(self) -> str:
        parts = (self.name, self.number, self.address, self.telephone, self.chip)
        last = tr("last contact {when}", when=self.last_contact)
        return ", ".join([part for part in parts if part] + [last])

    def can_be_current(self) -> bool:
        return True


def result_row(found: Found, now: dt.datetime) -> ResultRow:
    """Write one customer found as the list shows him."""
    number = found.number
    if found.may_ask_for:
        number = tr("may ask for {number}", number=found.may_ask_for)
    shown = telephone(found.telephone)
    if found.more_telephones:
        shown = f"{shown} +{found.more_telephones}"
    return ResultRow(
        id=found.id,
        name=found.name,
        marks=found.matched,
        number=number,
        address=found.address,
        telephone=shown,
        chip=found.chip.text if found.chip else "",
        chip_kind=_CHIPS[found.chip.tone] if found.chip else "plain",
        last_contact=_last(found.last_contact, now),
    )


def result_rows(answer: Answer, now: dt.datetime, most: int) -> tuple[ResultRow, ...]:
    return tuple(result_row(found, now) for found in answer.rows[:most])


def searched_note(answer: Answer, shown: int) -> str:
    """Say how many of how many, and how fast: `5 of 250 customers · 1 ms`."""
    took = max(1, round(answer.milliseconds))
    return tr("{shown} of {total} customers · {took} ms", shown=shown, total=f"{answer.total:,}",
              took=took)  # fmt: skip


@cache
def telephone(number: str) -> str:
    """Group a number as its country does: `07700 900471`; what is no number stays as it is."""
    import phonenumbers  # late: its tables take their time

    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return number
    home = parsed.country_code == phonenumbers.country_code_for_region("GB")
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if home else form.INTERNATIONAL)


@cache
def is_mobile(number: str) -> bool:
    """Whether a text can be sent there."""
    import phonenumbers  # late, as above

    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return False
    kinds = phonenumbers.PhoneNumberType
    kind = phonenumbers.number_type(parsed)
    return kind in {kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE} or _is_made_up(number)


def _is_made_up(number: str) -> bool:
    """Ofcom keeps 07700 900000 to 900999 for drama: the demo's customers have these."""
    return number.replace(" ", "").removeprefix("+44").removeprefix("0").startswith("7700900")


def _last(contact: dt.datetime | None, now: dt.datetime) -> str:
    if contact is None:
        return ABSENT
    day = contact.astimezone(now.tzinfo).date()
    if day == now.date():
        return moment(contact, now=now)
    if day == now.date() - dt.timedelta(days=1):
        return tr("Yesterday")
    return short_day(day, today=now.date())
