"""Who a letter comes from: name, colour and the small print at the foot."""

from __future__ import annotations

import re
from dataclasses import dataclass

from letters.declared import entries_of, text_at, texts_at
from letters.faults import LetterFault
from letters.formats import NO_BREAK

_KNOWN = frozenset({"name", "accent", "phone", "web", "foot"})
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Brand:
    """The sender; `accent` is `#RRGGBB`, `foot` the lines a company must print.

    The telephone number holds together wherever it stands.
    """

    name: str
    accent: str
    phone: str
    web: str
    foot: tuple[str, ...]

    def fields(self) -> dict[str, str]:
        """Merge fields that every template may use."""
        return {"brand.name": self.name, "brand.phone": self.phone, "brand.web": self.web}


def parse_brand(text: str) -> Brand:
    """A brand from its TOML; raises LetterFault."""
    entries = entries_of(text, _KNOWN)
    accent = text_at(entries, "accent")
    if not _COLOUR.fullmatch(accent):
        raise LetterFault("Write the accent as #RRGGBB.", "accent")
    number = text_at(entries, "phone")
    phone = number.replace(" ", NO_BREAK)
    return Brand(
        name=text_at(entries, "name"),
        accent=accent,
        phone=phone,
        web=text_at(entries, "web"),
        foot=tuple(line.replace(number, phone) for line in texts_at(entries, "foot")),
    )
