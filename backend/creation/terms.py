"""The terms and conditions in force, as customers agree to them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources

_HEAD = re.compile(r"Version (?P<version>\S+) of (?P<day>[0-9]{1,2} [A-Z][a-z]+ [0-9]{4})")


@dataclass(frozen=True, slots=True)
class Terms:
    """`sha256` is the text's, in hex: it goes into the agreement."""

    version: str
    sha256: str
    text: str
    valid_from: date


def read_terms() -> Terms:
    """The terms that ship with the program; their head says `Version 12 of 1 October 2026`."""
    text = (resources.files("resources") / "letters" / "en" / "terms.txt").read_text("utf-8")
    head = _HEAD.search(text)
    if head is None:
        raise ValueError("terms.txt does not say its version and day")
    day = datetime.strptime(head["day"], "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone
    return Terms(head["version"], hashlib.sha256(text.encode()).hexdigest(), text, day)
