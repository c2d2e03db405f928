"""The one typeface of every letter, loaded once and embedded in part."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock

from font_source_sans_pro import font_files_ttf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

UNKNOWN = "?"
WORDS_KEPT = 4096
_FILES = {
    "regular": "SourceSansPro",
    "semibold": "SourceSansProSemibold",
    "bold": "SourceSansProBold",
}
_SPACES = frozenset({"Zl", "Zp", "Zs"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_LOADING = Lock()


class Face:
    """One weight of the typeface; its widths are kept for the words met most."""

    def __init__(self, font: TTFont) -> None:
        self.font = font
        self.name: str = font.fontName
        widths: dict[str, int] = {chr(code): width for code, width in font.face.charWidths.items()}
        widths["\u00a0"] = widths[" "]

        def units(text: str) -> int:
            return sum(map(widths.__getitem__, text))

        self._units = lru_cache(maxsize=WORDS_KEPT)(units)

    def width(self, text: str, size: float) -> float:
        """The width of `text` in points; every character must have passed `para`."""
        return self._units(text) * size / 1000


class Printable(dict[int, str]):
    """What is printed for a character, found when it is first met; for str.translate."""

    def __init__(self, known: frozenset[int]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, code: int) -> str:
        self[code] = printed = self._printed(chr(code))
        return printed

    def _printed(self, character: str) -> str:
        kind = unicodedata.category(character)
        if character in "\t\n\v\f\r" or (kind in _SPACES and character != "\u00a0"):
            return " "
        if kind in _UNSEEN:
            return ""
        if ord(character) in self._known:
            return character
        plainer = unicodedata.normalize("NFKD", character)
        if plainer != character and all(ord(each) in self._known for each in plainer):
            return plainer
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class Typeface:
    """The weights, the characters they can print, and a lock around the cutting of subsets.

    reportlab reads one shared font file position while it cuts a subset, so two documents must
    not be finished at once.
    """

    regular: Face
    semibold: Face
    bold: Face
    printable: Printable
    finishing: Lock

    def para(self, text: str) -> str:
        """The only way of text into a letter: plain characters, with no meaning but themselves.

        Line ends and tabs become spaces, controls and marks of direction go, what the typeface
        lacks becomes its simpler form or a question mark. Nothing is read as markup anywhere.
        """
        return unicodedata.normalize("NFC", text).translate(self.printable)


def typeface() -> Typeface:
    """Source Sans Pro, read from its files at the first call."""
    with _LOADING:
        return _loaded()


def _font(name: str) -> TTFont:
    """A font of which only the characters in use are embedded, not all of ASCII."""
    return TTFont(name, font_files_ttf[name], asciiReadable=False)


@cache
def _loaded() -> Typeface:
    fonts = {weight: _font(name) for weight, name in _FILES.items()}
    for font in fonts.values():
        pdfmetrics.registerFont(font)
    faces = {weight: Face(font) for weight, font in fonts.items()}
    known = frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts.values()))
    return Typeface(**faces, printable=Printable(known - {0}), finishing=Lock())
