"""TMF630 query parameters, built from values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from backend_client.calls import Params

Value = str | int | bool | Decimal | date | datetime

_RESERVED = frozenset(
    {"fields", "offset", "limit", "sort", "filter", "depth", "expand", "before", "after"}
)
_SPECIAL = frozenset(",;\"'<>=")


@dataclass(frozen=True, slots=True)
class Where:
    """What a list shall hold: conditions are joined by and, several values of one by or.

    `attribute` is a dotted TMF path. Two conditions on an array may meet in different elements;
    `element` asks for one element that fits them all.

        Where().equal("state", "held", "pending").from_("orderDate", monday)
    """

    params: Params = ()

    def equal(self, attribute: str, *values: Value) -> Where:
        """One of the values."""
        if not values:
            raise ValueError("a condition needs a value")
        return self._and(attribute, ",".join(_quoted(text_of(value)) for value in values))

    def from_(self, attribute: str, value: Value) -> Where:
        """The value or more."""
        return self._and(f"{attribute}.gte", _quoted(text_of(value)))

    def above(self, attribute: str, value: Value) -> Where:
        return self._and(f"{attribute}.gt", _quoted(text_of(value)))

    def until(self, attribute: str, value: Value) -> Where:
        """The value or less."""
        return self._and(f"{attribute}.lte", _quoted(text_of(value)))

    def below(self, attribute: str, value: Value) -> Where:
        return self._and(f"{attribute}.lt", _quoted(text_of(value)))

    def like(self, attribute: str, pattern: str) -> Where:
        """Matches a regular expression, in the server's own dialect."""
        return self._and(f"{attribute}.regex", pattern)

    def element(self, array: str, **equal: str) -> Where:
        """One element of the array has all these values (TMF630 part 6)."""
        if not equal:
            raise ValueError("an element needs a condition")
        tests = " && ".join(f"@.{name}=='{_escaped(value)}'" for name, value in equal.items())
        return replace(self, params=(*self.params, ("filter", f"$[?(@.{array}[?({tests})])]")))

    def _and(self, attribute: str, text: str) -> Where:
        if not attribute or attribute.partition(".")[0] in _RESERVED:
            raise ValueError(f"{attribute!r} is no attribute to filter by")
        return replace(self, params=(*self.params, (attribute, text)))


def text_of(value: Value) -> str:
    """A value as TMF630 writes it in a query. ValueError for a time without offset."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("a time needs its offset")
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _quoted(text: str) -> str:
    """Quoted only where it must be: some servers do not take the quotes off.

    TMF630 knows no way to escape a quote, so the other kind is used; a text with both kinds is
    sent with the outer quotes alone.
    """
    if text and text == text.strip() and not _SPECIAL.intersection(text):
        return text
    return f"'{text}'" if '"' in text and "'" not in text else f'"{text}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
