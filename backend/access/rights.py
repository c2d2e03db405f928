"""What each role may do, read from one table; whatever is not in it is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from importlib.resources import files
from typing import Any


class Level(IntEnum):
    """How far a right goes; of several roles the farthest counts."""

    NONE = 0
    SECOND = 1
    """Only with a second person, who is somebody else."""
    OWN = 2
    """Own customers, or own team."""
    FULL = 3


_LEVELS = {"x": Level.FULL, "own": Level.OWN, "second": Level.SECOND}


@dataclass(frozen=True, slots=True)
class Step:
    """Up to this amount (None: any) the right has this level."""

    up_to: Decimal | None
    level: Level


@dataclass(frozen=True, slots=True)
class Rights:
    """The whole table: right -> role -> level, and right -> role -> steps by amount."""

    roles: frozenset[str]
    plain: Mapping[str, Mapping[str, Level]]
    limited: Mapping[str, Mapping[str, tuple[Step, ...]]]

    def level(self, roles: Iterable[str], right: str, amount: Decimal | None = None) -> Level:
        """How far `roles` may use `right`; for a limited right, for this amount.

        Unknown roles and rights have none. A limited right without an amount is refused.
        """
        if right in self.limited:
            by_role = self.limited[right]
            found = [_at(by_role.get(role, ()), amount) for role in roles]
        else:
            found = [self.plain.get(right, {}).get(role, Level.NONE) for role in roles]
        return max(found, default=Level.NONE)

    def held(self, roles: Iterable[str]) -> frozenset[str]:
        """The rights that `roles` may use alone, at least for some amount or their own."""
        mine = list(roles)
        plain = {name for name in self.plain if self.level(mine, name) >= Level.OWN}
        limited = {
            name
            for name, by_role in self.limited.items()
            if any(step.level >= Level.OWN for role in mine for step in by_role.get(role, ()))
        }
        return frozenset(plain | limited)

    def levels(self, roles: Iterable[str]) -> dict[str, str]:
        """Each right of `roles` with its level as the desk shows it: x, own, second, limited."""
        mine = list(roles)
        names = {level: name for name, level in _LEVELS.items()}
        found = {
            right: names[level]
            for right in self.plain
            if (level := self.level(mine, right)) is not Level.NONE
        }
        found |= {
            right: "limited"
            for right, by_role in self.limited.items()
            if any(role in by_role for role in mine)
        }
        return dict(sorted(found.items()))


def read_rights() -> Rights:
    """The table that ships with the program."""
    return parse_rights((files("resources") / "rights.toml").read_text(encoding="utf-8"))


def parse_rights(text: str) -> Rights:
    """A table from TOML; an unknown role or level in it is a ValueError."""
    table = tomllib.loads(text)
    roles = frozenset(table["roles"])
    for name, by_role in [*table["rights"].items(), *table["limited"].items()]:
        if unknown := set(by_role) - roles:
            raise ValueError(f"{name} names roles that do not exist: {sorted(unknown)}")
    return Rights(
        roles=roles,
        plain={
            name: {role: _level(word) for role, word in by_role.items()}
            for name, by_role in table["rights"].items()
        },
        limited={
            name: {role: tuple(map(_step, steps)) for role, steps in by_role.items()}
            for name, by_role in table["limited"].items()
        },
    )


def _step(entry: dict[str, Any]) -> Step:
    up_to = entry.get("up_to")
    return Step(None if up_to is None else Decimal(up_to), _level(entry["level"]))


def _level(word: str) -> Level:
    try:
        return _LEVELS[word]
    except KeyError:
        raise ValueError(f"no such level: {word}") from None


def _at(steps: tuple[Step, ...], amount: Decimal | None) -> Level:
    if amount is None or amount.is_nan() or amount < 0:
        return Level.NONE
    for step in steps:
        if step.up_to is None or amount <= step.up_to:
            return step.level
    return Level.NONE
