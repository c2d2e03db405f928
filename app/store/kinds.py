"""Tells what a typed text is meant to be: a name, a telephone number or something else."""

from __future__ import annotations

import re
from enum import StrEnum

from app.store.records import Conventions

_POSTCODE = r"[a-z]{1,2}\d[a-z\d]?"
_INWARD = r"\d[a-z]{2}"
_WHOLE_POSTCODE = re.compile(rf"\b({_POSTCODE})\s*({_INWARD})\b", re.IGNORECASE | re.ASCII)
_BEGUN_POSTCODE = re.compile(
    rf"(?:{_POSTCODE}|{_POSTCODE}\s+\d[a-z]?|[a-z]{{1,2}}\d[a-z\d]?\s*\d[a-z]?)",
    re.IGNORECASE | re.ASCII,
)
_NUMBER = re.compile(r"[+(]*\d[\d\s()./–-]*")  # also the dash of a letter
_SHORTEST_TAIL = 4
_ICCID = re.compile(r"89\d{15,18}")
_TELEPHONE_LENGTH = 10


class Kind(StrEnum):
    """What a text was taken for; the value is the word in the search field."""

    NAME = "Name"
    TELEPHONE = "Telephone"
    ORDER = "Order"
    POSTCODE = "Postcode"
    ICCID = "ICCID"
    EMAIL = "E-mail"
    CUSTOMER = "Customer"


def kind_of(text: str, conventions: Conventions | None = None) -> Kind:
    """What `text` is most likely meant to be, also while it is still being typed."""
    ways = conventions or Conventions()
    stripped = text.strip()
    if "@" in stripped:
        return Kind.EMAIL
    if _carries(stripped, ways.customer):
        return Kind.CUSTOMER
    if _carries(stripped, ways.order):
        return Kind.ORDER
    if _NUMBER.fullmatch(stripped):
        return _kind_of_digits(stripped)
    if is_postcode(stripped):
        return Kind.POSTCODE
    return Kind.NAME


def is_postcode(text: str) -> bool:
    """Whether `text` is a British postcode or the beginning of one with its district."""
    return bool(_WHOLE_POSTCODE.fullmatch(text) or _BEGUN_POSTCODE.fullmatch(text))


def join_postcodes(text: str) -> str:
    """`text` with the blank inside each whole postcode taken out."""
    return _WHOLE_POSTCODE.sub(r"\1\2", text)


def is_number(text: str) -> bool:
    """Whether `text` is nothing but one number, however it is grouped."""
    return bool(_NUMBER.fullmatch(text))


def digits_of(text: str) -> str:
    """The ASCII digits of `text`, in order; digits of other scripts count."""
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())


def _carries(text: str, letters: str) -> bool:
    return bool(re.match(rf"{re.escape(letters)}[\s-]*\d", text, re.IGNORECASE))


def _kind_of_digits(text: str) -> Kind:
    digits = digits_of(text)
    if _ICCID.fullmatch(digits):
        return Kind.ICCID
    if len(digits) >= _SHORTEST_TAIL and (
        digits.startswith("0") or text.startswith(("+", "(")) or len(digits) <= _TELEPHONE_LENGTH
    ):
        return Kind.TELEPHONE
    return Kind.ICCID if digits.startswith("89") else Kind.NAME
