"""How memorable a telephone number is, by the published formula on its last six digits."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import pairwise


class Grade(Enum):
    """A grade, the best first; each is one price, paid once."""

    PLATINUM = "platinum"
    GOLD = "gold"
    SILVER = "silver"
    BRONZE = "bronze"
    STANDARD = "standard"

    @property
    def once(self) -> Decimal:
        """Pounds, VAT as in the price list."""
        return _ONCE[self]

    @property
    def right(self) -> str | None:
        """The right that taking such a number asks for."""
        return _RIGHTS.get(self)

    @property
    def title(self) -> str:
        return self.value.capitalize()


_ONCE = {
    Grade.PLATINUM: Decimal("500.00"),
    Grade.GOLD: Decimal("150.00"),
    Grade.SILVER: Decimal("40.00"),
    Grade.BRONZE: Decimal("10.00"),
    Grade.STANDARD: Decimal("0.00"),
}
_RIGHTS = {Grade.PLATINUM: "number.platinum", Grade.GOLD: "number.gold"}
_KEYPAD = {
    letter: str(key)
    for key, letters in enumerate(("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"), 2)
    for letter in letters
}
_NORDIC = str.maketrans({"ø": "o", "æ": "ae", "å": "aa", "ö": "o", "ä": "ae", "ß": "ss"})
_GRADED = 6
_FEW = 3


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade, why, and the digits at the end that people remember."""

    grade: Grade
    why: str
    memorable: str


def grade_of(number: str) -> Graded:
    """The grade of a national number such as 07700900477.

    Platinum: the last three digits are equal, or ABCABC. Gold: they run up or down by one,
    or are x00. Silver: a pair of neighbours or a mirror in them. Bronze: the number ends in 0,
    or its last six digits hold at most three different ones. The first that fits counts.
    """
    six, last = number[-_GRADED:], number[-3:]
    grade, why = next(_reasons(six, last), (Grade.STANDARD, ""))
    return Graded(grade, why, six if why.endswith("twice") else last)


def _reasons(six: str, last: str) -> Iterator[tuple[Grade, str]]:
    a, b, c = last[0], last[1], last[2]
    if a == b == c:
        yield Grade.PLATINUM, last
    if six == last + last:
        yield Grade.PLATINUM, f"{last} twice"
    if _runs(last):
        yield Grade.GOLD, f"run {last}"
    if b == c == "0":
        yield Grade.GOLD, last
    if b in {a, c}:
        yield Grade.SILVER, f"pair {b}{b}"
    if a == c:
        yield Grade.SILVER, f"mirror {last}"
    if c == "0":
        yield Grade.BRONZE, "ends in 0"
    if len(set(six)) <= _FEW:
        yield Grade.BRONZE, "three digits"


def _runs(digits: str) -> bool:
    steps = {int(after) - int(before) for before, after in pairwise(digits)}
    return steps in ({1}, {-1})


def keypad(word: str) -> str | None:
    """The keys that spell `word` (ITU-T E.161); None when it has none or holds other signs."""
    plain = unicodedata.normalize("NFC", word.casefold()).translate(_NORDIC)
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign)
    ).replace(" ", "")
    keys = [sign if sign.isascii() and sign.isdigit() else _KEYPAD.get(sign) for sign in plain]
    return "".join(key for key in keys if key) if keys and all(keys) else None
