"""Folds addresses and what people type of them into words that meet."""

from __future__ import annotations

import re
import unicodedata

# ø meets o, æ and ä meet a; the spellings aa, ae, oe meet them as well
_LETTERS = str.maketrans({"ø": "o", "æ": "a", "ð": "d", "þ": "th", "ß": "ss", "'": "", "’": ""})
_DOUBLES = (("aa", "a"), ("ae", "a"), ("oe", "o"))
_WORD = re.compile(r"[a-z0-9]+")
_OUTWARD, _INWARD = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?"), re.compile(r"[0-9][a-z]{2}")


def folded(text: str) -> list[str]:
    """The words of `text`, in order, in small plain letters."""
    plain = text.casefold().translate(_LETTERS)
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign)
    )
    for double, single in _DOUBLES:
        plain = plain.replace(double, single)
    return _WORD.findall(plain)


def index_words(label: str) -> list[str]:
    """What an address is found by: its words, and its postcode also without the space."""
    words = folded(label)
    return sorted({*words, words[-2] + words[-1]})


def search_words(text: str) -> list[str]:
    """What to look for; a postcode written in two parts is looked for as one."""
    words = folded(text)
    found: list[str] = []
    for word in words:
        if found and _INWARD.fullmatch(word) and _OUTWARD.fullmatch(found[-1]):
            found[-1] += word
        else:
            found.append(word)
    return found
