"""The operator's letters, read once: templates by language and the brands they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from backend.communication.rules import House
from backend.party.rules import DIRECT
from backend.rest.errors import Refused
from letters import Brand, Template, parse_brand, parse_template, parse_words

FIRST_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Stationery:
    """Templates by language and letter id, brands by reseller."""

    templates: Mapping[str, Mapping[str, Template]]
    brands: Mapping[str, Brand]

    def template(self, letter_id: str, languages: Iterable[str] = ()) -> Template:
        """The letter in the first of `languages` that has it, else in the operator's own.

        Refused when there is no such letter.
        """
        for language in (*languages, FIRST_LANGUAGE):
            found = self.templates.get(language, {}).get(letter_id)
            if found is not None:
                return found
        raise Refused(f"There is no letter {letter_id}.", code="noSuchLetter")

    def brand(self, reseller: str) -> Brand:
        """Who writes to a reseller's customers."""
        return self.brands.get(reseller, self.brands[DIRECT])

    def houses(self) -> dict[str, House]:
        """Who messages come from, by reseller."""
        return {
            reseller: House(brand.name, f"service@{brand.web}", _e164(brand.phone))
            for reseller, brand in self.brands.items()
        }


def read_stationery() -> Stationery:
    """The letters that ship with the program; LetterFault when one can not be read."""
    folder = files("resources") / "letters"
    languages = [one for one in folder.iterdir() if (one / "words.toml").is_file()]
    return Stationery(
        templates={language.name: _templates(language) for language in languages},
        brands={
            one.name.removesuffix(".toml"): parse_brand(one.read_text(encoding="utf-8"))
            for one in (folder / "brands").iterdir()
            if one.name.endswith(".toml")
        },
    )


def _templates(language: Traversable) -> dict[str, Template]:
    words = parse_words((language / "words.toml").read_text(encoding="utf-8"))
    texts = [one for one in language.iterdir() if one.name.startswith("LT")]
    templates = [parse_template(one.read_text(encoding="utf-8"), words) for one in texts]
    return {template.id: template for template in templates}


def _e164(phone: str) -> str:
    return "+44" + "".join(filter(str.isdecimal, phone)).removeprefix("0")
