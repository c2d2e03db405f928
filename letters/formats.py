"""How money, dates and telephone numbers are written in a language."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import phonenumbers

from letters.faults import LetterFault
from letters.words import Words, filled

MINUS = "\u2212"
NO_BREAK = "\u00a0"
_PENNY = Decimal("0.01")


def money(value: object, words: Words) -> str:
    """`£1,234.50`, with the typographic minus before the sign of the currency."""
    try:
        amount = Decimal(str(value)).quantize(_PENNY, ROUND_HALF_UP)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise LetterFault(f"{value} is not an amount of money.")
    grouped = f"{abs(amount):,.2f}"
    if (words.group, words.point) != (",", "."):
        grouped = grouped.translate({ord(","): words.group, ord("."): words.point})
    written = filled(words.money, amount=grouped)
    return f"{MINUS}{written}" if amount < 0 else written


def long_date(value: object, words: Words) -> str:
    """`24 November 2026`, from a date or its ISO form; the day keeps to its month."""
    day = _day(value)
    return filled(
        words.date, day=str(day.day), month=words.months[day.month - 1], year=str(day.year)
    ).replace(" ", NO_BREAK, 1)


def weekday_date(value: object, words: Words) -> str:
    """`Tuesday 24 November 2026`."""
    weekday = words.weekdays[_day(value).weekday()]
    return filled(words.weekday_date, weekday=weekday, date=long_date(value, words))


def phone(value: object, words: Words) -> str:
    """A number as it is dialled at home, `07700 900471`; it never breaks over lines."""
    number = str(value)
    try:
        parsed = phonenumbers.parse(number, words.region)
    except phonenumbers.NumberParseException:
        return number.replace(" ", NO_BREAK)
    home = phonenumbers.country_code_for_region(words.region) == parsed.country_code
    form = phonenumbers.PhoneNumberFormat
    style = form.NATIONAL if home else form.INTERNATIONAL
    return phonenumbers.format_number(parsed, style).replace(" ", NO_BREAK)


def plain(value: object, words: Words) -> str:
    """Text as it is, a date written out."""
    return long_date(value, words) if isinstance(value, date) else str(value)


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise LetterFault(f"{value} is not a date.") from error


FORMATS = {
    "text": plain,
    "money": money,
    "date": long_date,
    "weekday": weekday_date,
    "phone": phone,
}
