"""A catalogue with all that stands beside it, as it is written, sent and proved."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from backend.catalog import places
from backend.catalog.bundles import read_bundles
from backend.catalog.definitions import BadDefinitions, Definitions, read_definitions
from backend.catalog.shapes import misshapen
from backend.catalog.sizes import oversized
from backend.product_rules import BadCatalogue, read_catalogue_text
from backend.product_rules.catalogue import Fault
from backend.rest.errors import Field, Invalid

Document = dict[str, Any]
PARTS = ("catalogue", "specifications", "prices", "golden")
"""What an edition is sent as."""
_BESIDE = ("specifications", "prices")
_NAMED_BY = {"specification": "id", "characteristic": "name", "values": "value"}
"""What a fault of a form names, from the outside in, and by which of their members."""
_MOST_GOLDEN = 2_000
_NEEDED = "Send the catalogue: offers, groups, context and rules."


@dataclass(frozen=True, slots=True)
class Sent:
    """A part as it was sent: its text, and the line on which it began."""

    text: str
    line: int = 1

    def fault(self, fault: Fault) -> Fault:
        """The same fault, with its line in the whole of what was sent."""
        return fault if fault.line is None else replace(fault, line=fault.line + self.line - 1)


@dataclass(frozen=True, slots=True)
class Edition:
    """Offers and rules, specifications, prices, and orders that must stay as they are.

    `sent` has the text of those parts that came from a client: faults are told by its lines.
    """

    rules: Any
    specifications: Any
    prices: Any
    golden: Any = field(default_factory=list)
    sent: Mapping[str, Sent] = field(default_factory=dict, compare=False)

    @property
    def text(self) -> str:
        """The offers and rules as JSON, as they were sent where they were."""
        written = self.sent.get("catalogue")
        return written.text if written else json.dumps(self.rules)

    def definitions(self, number: int = 0) -> Definitions:
        """All of it, read and checked. Raises BadCatalogue with every fault and its line."""
        faults = list(self._faults())
        if faults:
            raise BadCatalogue(tuple(faults))
        catalogue = read_catalogue_text(self.text)
        read_bundles(catalogue, self.specifications)
        try:
            return read_definitions(number, catalogue, self.specifications, self.prices)
        except BadDefinitions as error:
            raise BadCatalogue(tuple(map(self._of_form, str(error).splitlines()))) from None
        except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            sentence = f"this cannot be read: {error}"
            raise BadCatalogue((Fault("specifications and prices", sentence),)) from None

    def _of_form(self, sentence: str) -> Fault:
        """A fault of specifications or prices: "mobile-line, spendCap: …" says where it is."""
        where, colon, text = sentence.partition(": ")
        if not colon:
            return Fault("specifications and prices", sentence)
        sent = self.sent.get("specifications")
        path = _path(self.specifications, where.split(", ")) if sent else ()
        if not sent or not path:
            return Fault(where, text)
        return sent.fault(Fault(where, text, places.line(sent.text, path)))

    @property
    def oversized(self) -> Fault | None:
        """What makes it too large to be read and proved."""
        return oversized(self.rules)

    def _faults(self) -> Iterator[Fault]:
        if (too_large := self.oversized) is not None:
            yield too_large
            return
        try:
            read_catalogue_text(self.text)
            if not isinstance(self.rules, dict):  # a text that only some readers take, as "\\ud800"
                yield Fault("file", "not JSON: it holds text that cannot be stored")
        except BadCatalogue as error:
            sent = self.sent.get("catalogue")
            for fault in error.faults:
                yield sent.fault(fault) if sent else fault
        for part in _BESIDE:
            sent = self.sent.get(part)
            for path, where, text in misshapen(part, getattr(self, part)):
                line = places.line(sent.text, path) if sent else None
                fault = Fault(where, text, line)
                yield sent.fault(fault) if sent else fault


def read(body: bytes, wanted: Document, in_force: Edition) -> Edition:
    """The edition in a request's body, `wanted` being the same as parsed.

    The catalogue may be an object, or its file's text. What is left out stays as it is in force.
    """
    if wanted.get("catalogue") is None:
        raise Invalid(
            "There is no catalogue in this.",
            _NEEDED,
            code="invalidBody",
            fields=(Field("catalogue", _NEEDED),),
        )
    text = body.decode()
    sent = {}
    for part in ("catalogue", *_BESIDE):
        if wanted.get(part) is not None and (found := places.cut_out(text, (part,))):
            sent[part] = Sent(*found)
    rules = wanted["catalogue"]
    if isinstance(rules, str):
        sent["catalogue"] = Sent(rules)
        rules = _parsed(rules)
    golden = _or(wanted.get("golden"), in_force.golden)
    if not isinstance(golden, list) or len(golden) > _MOST_GOLDEN:
        sentence = f"Golden orders are a list, {_MOST_GOLDEN} at most."
        raise Invalid(sentence, code="invalidBody", fields=(Field("golden", sentence),))
    return Edition(
        rules=rules,
        specifications=_or(wanted.get("specifications"), in_force.specifications),
        prices=_or(wanted.get("prices"), in_force.prices),
        golden=golden,
        sent=sent,
    )


def _path(specifications: Any, names: Sequence[str]) -> tuple[str | int, ...]:
    """Where a specification, a characteristic of it, or a value of that stands, as far as found."""
    path: tuple[str | int, ...] = ()
    here = specifications
    for name, part, key in zip(names, _NAMED_BY, _NAMED_BY.values(), strict=False):
        members = here.get(part, ())
        place = next((at for at, each in enumerate(members) if str(each.get(key)) == name), None)
        if place is None:
            break
        path, here = (*path, part, place), members[place]
    return path


def _parsed(text: str) -> Any:
    """The document in a text; None for what is no JSON, which reading it says with its line."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _or(wanted: Any, otherwise: Any) -> Any:
    return otherwise if wanted is None else wanted
