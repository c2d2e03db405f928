"""Folds what people write into what is looked up, so that ø meets o and å meets aa."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

# The letters people write in more than one way; the first spelling is the one of the records.
_SPELT: dict[str, tuple[str, ...]] = {
    "å": ("aa", "a"),
    "ä": ("ae", "a"),
    "æ": ("ae", "a"),
    "ö": ("oe", "o"),
    "ø": ("oe", "o"),
    "ü": ("ue", "u"),
    "œ": ("oe", "o"),
    "ß": ("ss",),
    "þ": ("th",),
    "ð": ("d",),
    "đ": ("d",),
    "ł": ("l",),
    "ı": ("i",),
}
_MOST_SPELLINGS = 8
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")  # noqa: RUF001  # O’Hara is written both ways
_LONGEST_WORD = 40
_MOST_WORDS = 12


def plain(text: str) -> str:
    """Lower case and composed, with nothing in it that a database could not hold."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())


def letters_of(text: str) -> str:
    """Only the letters and digits of `text`, lower case, in their plainest spelling."""
    ways = spellings(plain(text))
    return ways[-1] if ways else ""


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of `text` begin and end; hyphens part words, apostrophes do not."""
    return [match.span() for match in _WORD.finditer(text)]


def words_of(text: str) -> list[str]:
    """The words of `text`, in plain letters; the first twelve, each at most 40 letters long."""
    small = plain(text)
    found = [small[begin:end] for begin, end in word_spans(small)]
    return [word[:_LONGEST_WORD] for word in found[:_MOST_WORDS]]


@lru_cache(maxsize=20_000)
def spellings(word: str) -> tuple[str, ...]:
    """Every way to write `word` without the special letters; at most eight, plainest last.

    `word` is in plain letters. What is neither letter nor digit is left out; the result is empty
    where nothing remains.
    """
    if word.isascii():
        kept = "".join(letter for letter in word if letter.isalnum())
        return (kept,) if kept else ()
    parts = [_ways(letter) for letter in word]
    if 2 ** sum(len(ways) > 1 for ways in parts) > _MOST_SPELLINGS:
        options = ["".join(ways[0] for ways in parts), "".join(ways[-1] for ways in parts)]
    else:
        options = ["".join(ways) for ways in product(*parts)]
    return tuple(dict.fromkeys(option for option in options if option))


def _ways(letter: str) -> tuple[str, ...]:
    known = _SPELT.get(letter)
    if known:
        return known
    decomposed = unicodedata.normalize("NFKD", letter)
    return ("".join(part for part in decomposed.lower() if part.isalnum()),)


def match_spans(name: str, sought: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Which letters of `name` the sought words hit, as (begin, end), in order and apart.

    `sought` holds spellings; each hits the beginnings of words.
    """
    spans = []
    for begin, end in word_spans(name):
        hit = max((_hit(name[begin:end], one) for one in sought), default=0)
        if hit:
            spans.append((begin, begin + hit))
    return tuple(spans)


def _hit(word: str, sought: str) -> int:
    if not any(way.startswith(sought) for way in spellings(plain(word))):
        return 0
    if word.isalnum() and word.isascii():
        return len(sought)
    for length in range(1, len(word) + 1):
        if any(way.startswith(sought) for way in spellings(plain(word[:length]))):
            return length
    return 0
