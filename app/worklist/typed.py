"""What a person has typed about a step: the answers of its form, and a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Typed:
    """`answers` by the names of the form's fields."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""

    @classmethod
    def of(cls, kept: object) -> Typed:
        """What was kept; whatever is odd in it is as if nothing had been."""
        if not isinstance(kept, Mapping):
            return cls()
        answers = kept.get("answers")
        return cls(
            dict(answers) if isinstance(answers, Mapping) else {}, str(kept.get("reason", ""))
        )

    def kept(self) -> dict[str, Any]:
        return {"answers": dict(self.answers), "reason": self.reason}

    def answered(self, name: str, value: object) -> Typed:
        """With another answer; an empty one is none."""
        rest = {each: held for each, held in self.answers.items() if each != name}
        return replace(self, answers=rest if value in {"", None} else {**rest, name: value})

    def because(self, reason: str) -> Typed:
        return replace(self, reason=reason)
