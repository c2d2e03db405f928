"""Conditions of forms: a small, bounded part of CEL over a form's values and a few facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

import cel

FACTS, OFFER = "facts", "offer"
"""`facts.segment` is a fact of the catalogue's context; `offer` the code of what is ordered."""
MOST_SIGNS = 400
_ORDERS = frozenset({"<", "<=", ">", ">="})
_COMPARISONS = _ORDERS | {"==", "!=", "in"}
_WORDS = frozenset({"true", "false", "null", "in"})
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)
      | (?P<sign>&&|\|\||==|!=|<=|>=|[<>!()\[\],?:-])
    )""",
    re.VERBOSE,
)


class BadCondition(Exception):  # noqa: N818 - says what is wrong with it
    """A condition that can not be read, or asks for what is not there."""


@dataclass(frozen=True, slots=True)
class Token:
    """One sign, word or constant; `kind` is text, number, name or sign."""

    kind: str
    text: str

    @property
    def constant(self) -> str:
        """What a text in quotation marks says."""
        return re.sub(r"\\(.)", r"\1", self.text[1:-1])


@dataclass(frozen=True, slots=True)
class Condition:
    """`names` are the characteristics it reads, `facts` the facts, without `facts.`."""

    source: str
    names: frozenset[str]
    facts: frozenset[str]
    compared: Mapping[str, frozenset[str]] = field(compare=False)
    """Name (facts as `facts.x`) to the texts it is compared with."""
    loose: frozenset[str] = field(compare=False)
    """Names that are compared with something else than a constant."""
    ordered: frozenset[str] = field(compare=False)
    """Names that are compared by their order."""
    numbers: frozenset[Decimal] = field(compare=False)
    texts: frozenset[str] = field(compare=False)
    program: cel.Program = field(compare=False, repr=False)

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it is met; one that compares with a value that is not set is not."""
        try:
            return self.program.execute(dict(values)) is True
        except (KeyError, TypeError):
            return False

    def decides(self, values: Mapping[str, Any]) -> bool:
        """Whether it gives a yes or a no for these values."""
        try:
            return isinstance(self.program.execute(dict(values)), bool)
        except (KeyError, TypeError, RuntimeError, ValueError):
            return False


def read_condition(source: str) -> Condition:
    """Read a condition. BadCondition says what is wrong.

    Allowed are comparisons, `in`, `&&`, `||`, `!`, `? :`, brackets, constants, lists of
    constants, and `size()`. Without arithmetic and macros its cost is bounded by its length,
    and the values at which it can change are those it names, so forms are decided exactly.
    """
    if len(source) > MOST_SIGNS:
        raise BadCondition(f"a condition has {MOST_SIGNS} signs at most")
    tokens = tuple(_tokens(source))
    _require_plain(tokens)
    try:
        program = cel.compile(source)
    except ValueError as fault:
        raise BadCondition("this is not a CEL expression") from fault
    names = {token.text for token in tokens if _named(token) and token.text != "size"}
    return Condition(
        source=source,
        names=frozenset(name for name in names if "." not in name and name != OFFER),
        facts=frozenset(name.partition(".")[2] for name in names if "." in name),
        compared=_compared(tokens),
        loose=frozenset(_loose(tokens)),
        ordered=frozenset(_ordered(tokens)),
        numbers=frozenset(_numbers(tokens)),
        texts=frozenset(token.constant for token in tokens if token.kind == "text"),
        program=program,
    )


def _tokens(source: str) -> Iterator[Token]:
    place, end = 0, len(source.rstrip())
    while place < end:
        found = _TOKEN.match(source, place)
        if found is None or found.lastgroup is None:
            raise BadCondition(f"“{source[place:].strip()[:12]}” can not be used in a condition")
        yield Token(found.lastgroup, found[found.lastgroup])
        place = found.end()
    if not end:
        raise BadCondition("the condition is empty")


def _require_plain(tokens: tuple[Token, ...]) -> None:
    """BadCondition where a call, an index, a calculation or a name of two parts is used."""
    before = Token("sign", "(")
    for token, after in zip(tokens, (*tokens[1:], Token("sign", ")")), strict=True):
        name = _named(before)
        if token.text == "(" and name and before.text != "size":
            raise BadCondition(f"{before.text}() can not be used in a condition")
        if token.text == "[" and (name or before.text in {")", "]"}):
            raise BadCondition("a part of a value can not be taken in a condition")
        if token.text == "-" and (after.kind != "number" or name or before.kind == "number"):
            raise BadCondition("a condition does not calculate")
        if token.kind == "name" and "." in token.text:
            root, _, rest = token.text.partition(".")
            if root != FACTS or "." in rest:
                raise BadCondition(f"{token.text} can not be used in a condition")
        before = token


def _compared(tokens: tuple[Token, ...]) -> dict[str, frozenset[str]]:
    """Which texts each name is compared with, so that a slip of the pen is found at load."""
    found: dict[str, set[str]] = {}
    for place, (left, sign) in enumerate(pairwise(tokens)):
        right = tokens[place + 2] if place + 2 < len(tokens) else left
        if sign.text not in {"==", "!=", "in"}:
            continue
        if left.kind == "text" and right.kind == "name":
            found.setdefault(right.text, set()).add(left.constant)
        elif left.kind == "name" and right.kind == "text":
            found.setdefault(left.text, set()).add(right.constant)
        elif left.kind == "name" and right.text == "[":
            found.setdefault(left.text, set()).update(_listed(tokens[place + 3 :]))
    return {name: frozenset(texts) for name, texts in found.items()}


def _loose(tokens: tuple[Token, ...]) -> Iterator[str]:
    for left, sign, right in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if sign.text in _COMPARISONS:
            if _named(left) and (_named(right) or right.text == "("):
                yield left.text
            if _named(right) and (_named(left) or left.text == ")"):
                yield right.text


def _ordered(tokens: tuple[Token, ...]) -> Iterator[str]:
    for left, sign, right in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if sign.text in _ORDERS:
            yield from (each.text for each in (left, right) if _named(each))


def _named(token: Token) -> bool:
    return token.kind == "name" and token.text not in _WORDS


def _listed(tokens: tuple[Token, ...]) -> Iterator[str]:
    for token in tokens:
        if token.text == "]":
            return
        if token.kind == "text":
            yield token.constant


def _numbers(tokens: tuple[Token, ...]) -> Iterator[Decimal]:
    for before, token in zip((Token("sign", "("), *tokens), tokens, strict=False):
        if token.kind == "number":
            yield -Decimal(token.text) if before.text == "-" else Decimal(token.text)
