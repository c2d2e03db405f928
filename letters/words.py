"""The words and patterns of one language: months, money, the closing, page numbers."""

from __future__ import annotations

from dataclasses import dataclass, fields

from letters.declared import entries_of, text_at, texts_at
from letters.faults import LetterFault

MONTHS = 12
WEEKDAYS = 7


@dataclass(frozen=True, slots=True)
class Words:
    """One language; patterns carry their places in braces, as `{amount} a month`."""

    language: str
    region: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    date: str
    weekday_date: str
    money: str
    group: str
    point: str
    monthly: str
    once: str
    monthly_and_once: str
    free: str
    letter: str
    customer: str
    page: str
    closing: str


_PLACES = {
    "date": ("day", "month", "year"),
    "weekday_date": ("weekday", "date"),
    "money": ("amount",),
    "monthly": ("amount",),
    "once": ("amount",),
    "monthly_and_once": ("monthly", "once"),
    "letter": ("number",),
    "customer": ("number",),
    "page": ("page", "pages"),
}


def parse_words(text: str) -> Words:
    """A language's words from its TOML; raises LetterFault."""
    names = [field.name for field in fields(Words)]
    entries = entries_of(text, frozenset(names))
    lists = {name: texts_at(entries, name) for name in ("months", "weekdays")}
    if len(lists["months"]) != MONTHS or len(lists["weekdays"]) != WEEKDAYS:
        raise LetterFault("Give twelve months and seven weekdays.", "months")
    singles = {name: text_at(entries, name) for name in names if name not in lists}
    for name, places in _PLACES.items():
        for place in places:
            if f"{{{place}}}" not in singles[name]:
                raise LetterFault(f"Write {{{place}}} into {name}.", name)
    return Words(months=lists["months"], weekdays=lists["weekdays"], **singles)


def filled(pattern: str, **places: str) -> str:
    """`pattern` with its places filled; nothing else in it means anything."""
    for name, value in places.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern
