"""Turns a typed text into expressions for the index; only letters and digits get through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from app.store.kinds import digits_of, is_number, is_postcode
from app.store.records import Conventions
from app.store.spelling import letters_of, plain, spellings, words_of
from app.store.terms import (
    ADDRESS,
    CUSTOMER,
    EMAIL,
    ICCID,
    LAST,
    LONGEST_INDEXED,
    ORDER,
    OTHER,
    POSTCODE,
    TAIL,
    TELEPHONE,
    WRITTEN,
    national,
)

_SHORTEST_TAIL = 4
_SURE = 6  # so many letters and digits that agree to the end leave no doubt
_MOST_WORDS = 12
_LONGEST_TERM = 64
_TOKEN = re.compile(
    r"(?<![^\W_])(?:"
    r"(?P<lettered>(?>[A-Za-z]{1,3}[- ]?\d[\d-]{3,}))(?![^\W_])"
    r"|(?P<postcode>[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2})(?![^\W_])"
    r"|(?P<number>(?>[+(]*\d[\d()./-]*(?:[ ]+\(?\d[\d()./-]*)*))(?![^\W_])"
    r")|(?P<word>[^\W_]+(?:['’ʼ][^\W_]+)*)"  # noqa: RUF001  # O’Hara is written both ways
)


class Tier(NamedTuple):
    """One expression; where `sure`, a hit makes every later tier needless."""

    expression: str
    sure: bool = False


class Asked(NamedTuple):
    """What a text asks for: tiers tried one after the other, and the spellings to mark."""

    tiers: tuple[Tier, ...]
    marked: tuple[str, ...] = ()


class Asking:
    """Makes the expressions; `longer` gives the known words that begin with a long one.

    `longer` answers None where there are too many to name.
    """

    def __init__(
        self, conventions: Conventions, longer: Callable[[str], Sequence[str] | None]
    ) -> None:
        self._conventions = conventions
        self._longer = longer

    def ask(self, text: str) -> Asked | None:
        """What `text` asks for; None where it holds nothing to look for."""
        if "@" in text:
            letters = letters_of(text)
            return Asked((Tier(self._any([(EMAIL, letters)])),)) if letters else None
        words = _split(text)
        if not words:
            return None
        marked = tuple(way for word in words if word.isalpha() for way in spellings(word))
        if len(words) == 1:
            tiers = [tier for tier in self._single(words[0]) if tier.expression]
        else:
            parts = [self._one_of_several(word) for word in words]
            tiers = [Tier(" AND ".join(f"({part})" for part in parts))] if all(parts) else []
        return Asked(tuple(tiers), marked)

    def _single(self, word: str) -> list[Tier]:
        if _is_long_number(word):
            return self._single_number(word)
        ways = spellings(word)
        if any(letter.isdigit() for letter in word):
            numbers = _pairs((CUSTOMER, ORDER, POSTCODE), ways)
            whole = Tier(_whole(numbers), sure=len(word) >= _SURE)
            rest = _pairs((ADDRESS, LAST, OTHER), ways)
            return [whole, Tier(self._any(numbers)), Tier(self._any(rest))]
        rest = _pairs((ADDRESS, POSTCODE, EMAIL, CUSTOMER, ORDER), ways)
        return [
            Tier(_whole(_pairs((LAST, OTHER), ways))),
            Tier(self._any(_pairs((LAST,), ways))),
            Tier(self._any(_pairs((OTHER,), ways))),
            Tier(_whole(_pairs((ADDRESS,), ways))),
            Tier(self._any(rest)),
        ]

    def _single_number(self, word: str) -> list[Tier]:
        digits, front, tail = self._readings(word)
        numbers = [(CUSTOMER, digits), (ORDER, digits), (ICCID, digits), (TELEPHONE, front)]
        return [
            Tier(_whole(numbers), sure=len(digits) > _SURE),
            Tier(self._any([(TAIL, tail[::-1]), *numbers])),
            Tier(self._any([(ADDRESS, digits), (POSTCODE, digits)])),
        ]

    def _one_of_several(self, word: str) -> str:
        if _is_long_number(word):
            digits, front, tail = self._readings(word)
            numbers = [(CUSTOMER, digits), (ORDER, digits), (TELEPHONE, front), (ADDRESS, digits)]
            return self._any([*numbers, (TAIL, tail[::-1])])
        ways = spellings(word)
        if word.isdigit():
            return self._any(_pairs((ADDRESS, POSTCODE), ways))
        if any(letter.isdigit() for letter in word):
            return self._any(_pairs((POSTCODE, ADDRESS, CUSTOMER, ORDER), ways))
        return self._any(_pairs((LAST, OTHER, ADDRESS), ways))

    def _readings(self, word: str) -> tuple[str, str, str]:
        """All digits; those of a telephone number from its front; those it ends with."""
        digits = digits_of(word)
        front = national(word, self._conventions)
        return digits, front, front if word.startswith(("+", "00")) else digits

    def _any(self, pairs: Iterable[tuple[str, str]]) -> str:
        found: list[str] = []
        for letter, way in pairs:
            if way:
                found.extend(self._beginning(letter + way[:_LONGEST_TERM]))
        return " OR ".join(found)

    def _beginning(self, term: str) -> list[str]:
        if len(term) > LONGEST_INDEXED and term[0] in WRITTEN:
            known = self._longer(term)
            if known is not None:
                return [f'"{word}"' for word in known]
        return [f'"{term}" *']


def _split(text: str) -> list[str]:
    """The words of a typed text; a number in groups and a postcode with its blank are one."""
    stripped = text.strip()
    if is_number(stripped) or is_postcode(stripped):
        return [_tight(stripped)]
    words: list[str] = []
    for match in _TOKEN.finditer(plain(stripped)):
        if match.lastgroup == "word":
            words.extend(words_of(match[0]))
        else:
            words.append(_tight(match[0]))
    return [word for word in words if spellings(word)][:_MOST_WORDS]


def _tight(text: str) -> str:
    return plain("".join(letter for letter in text if letter.isalnum() or letter == "+"))


def _is_long_number(word: str) -> bool:
    digits = digits_of(word)
    return len(digits) >= _SHORTEST_TAIL and len(digits) >= len(word.replace("+", ""))


def _pairs(classes: Iterable[str], ways: Iterable[str]) -> list[tuple[str, str]]:
    every = tuple(ways)
    return [(one, way) for one in classes for way in every]


def _whole(pairs: Iterable[tuple[str, str]]) -> str:
    return " OR ".join(f'"{letter}{way[:_LONGEST_TERM]}"' for letter, way in pairs if way)
