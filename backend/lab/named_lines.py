"""Where the offers and rules of a catalogue's text stand, by their names."""

from __future__ import annotations

from collections.abc import Iterable

from backend.product_rules.catalogue import Fault
from backend.product_rules.lines import parse

_PARTS = {"offer": ("offers", "code"), "rule": ("rules", "id")}


class NamedLines:
    """The line on which each offer and rule of a text begins; the text is a catalogue's."""

    def __init__(self, text: str) -> None:
        document, lines = parse(text)
        self._known = {
            (noun, item.get(key)): lines.of(part, place)
            for noun, (part, key) in _PARTS.items()
            for place, item in enumerate(document[part])
        }

    def of(self, noun: str, names: Iterable[str]) -> dict[str, int | None]:
        """The lines of these offers or rules."""
        return {name: self._known.get((noun, name)) for name in names}

    def fault(self, noun: str, name: str, text: str) -> Fault:
        return Fault(f"{noun} {name}", text, self._known.get((noun, name)))

    def dead(self, code: str, rules: Iterable[str]) -> Fault:
        """That nobody can buy an offer, and the rules that together say so, with their lines."""
        sentence = "nobody can buy this, whatever the rest of the order"
        told = [f"{rule} (line {line})" for rule, line in self.of("rule", rules).items()]
        return self.fault("offer", code, f"{sentence}: {' and '.join(told)}" if told else sentence)
