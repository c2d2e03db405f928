"""The words a customer is found by.

A word carries one letter for its class in front, so that a hit in the last name can go before
one in the address.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.store.kinds import digits_of
from app.store.records import Conventions, Customer
from app.store.spelling import letters_of, spellings, words_of

LAST, OTHER, ADDRESS, POSTCODE = "l", "f", "a", "z"
CUSTOMER, ORDER, TELEPHONE, TAIL, ICCID, EMAIL = "c", "o", "p", "r", "i", "e"
WRITTEN = LAST + OTHER + ADDRESS
# Class and six letters: the longest beginning that the index holds ready. Seven digits of a
# telephone number, which may still be the beginning of a thousand, are a word of their own.
LONGEST_INDEXED = 7


def terms_of(customer: Customer, conventions: Conventions) -> str:
    """All words of a customer for the index, parted by blanks."""
    found: dict[str, None] = {}
    names = words_of(customer.name)
    family = set(names[-1:] if customer.family is None else words_of(customer.family))
    for word in names:
        _add(found, LAST if word in family else OTHER, spellings(word))
    for word in words_of(customer.address):
        _add(found, ADDRESS, spellings(word))
    _add(found, POSTCODE, (letters_of(customer.postcode),))
    for number in filter(None, (customer.number, customer.may_ask_for)):
        _add(found, CUSTOMER, _numberings(number))
    for number in customer.orders:
        _add(found, ORDER, _numberings(number))
    for telephone in customer.telephones:
        digits = national(telephone, conventions)
        _add(found, TELEPHONE, (digits, digits[:LONGEST_INDEXED]))
        _add(found, TAIL, (digits[::-1],))
    _add(found, ICCID, map(digits_of, customer.iccids))
    _add(found, EMAIL, map(letters_of, customer.emails))
    return " ".join(found)


def long_words(terms: str) -> list[str]:
    """Those of the words that are longer than the beginnings the index holds, for its word list."""
    return [word for word in terms.split() if len(word) > LONGEST_INDEXED and word[0] in WRITTEN]


def national(telephone: str, conventions: Conventions) -> str:
    """The digits of a telephone number without the trunk zero and the own country's code.

    A number of another country keeps its code, so that its last digits still find it.
    """
    digits = digits_of(telephone)
    own = conventions.country_code
    abroad = telephone.lstrip(" (").startswith("+")
    if digits.startswith("00"):
        digits, abroad = digits[2:], True
    if abroad and digits.startswith(own):
        digits = digits[len(own) :]
    elif abroad:
        return digits
    return digits.removeprefix(conventions.trunk)


def _numberings(number: str) -> Iterable[str]:
    digits = digits_of(number)
    return (letters_of(number), digits, digits.lstrip("0"))


def _add(found: dict[str, None], letter: str, ways: Iterable[str]) -> None:
    for way in ways:
        if way:
            found[letter + way] = None
