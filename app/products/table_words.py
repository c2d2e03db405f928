"""What changed in a specification or a price list, field by field, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.language import tr
from app.texts import money

_CHARACTERISTICS = "characteristic"


@dataclass(frozen=True, slots=True)
class Line:
    """One field that is another: what it is called, what it was, what it is."""

    label: str
    before: str
    after: str

    def spoken(self) -> str:
        if not self.before:
            return f"{self.label}: {self.after}"
        return tr("{label}: {after}, before {before}").format(
            label=self.label, after=self.after or tr("nothing"), before=self.before
        )


def specification_lines(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Line]:
    """The fields of a specification, then what each characteristic of its form has otherwise."""
    yield from table_lines(_without_form(before), _without_form(after))
    was, now = _form(before), _form(after)
    for name in dict.fromkeys((*now, *was)):
        old, new = was.get(name), now.get(name)
        label = str((new or old or {}).get("label", name))
        if old is None:
            yield Line(label, "", tr("asked"))
        elif new is None:
            yield Line(label, tr("asked"), tr("asked no more"))
        else:
            for each in table_lines(old, new):
                yield Line(f"{label}, {each.label}", each.before, each.after)


def table_lines(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Line]:
    """The fields of an entry that are others."""
    for field in dict.fromkeys((*after, *before)):
        old, new = before.get(field), after.get(field)
        if old != new:
            yield Line(tr(_FIELDS.get(field, field)), words_of(old), words_of(new))


def words_of(value: Any) -> str:
    """A value of any shape as people read it; values of a choice by their labels."""
    match value:
        case None | "":
            return ""
        case bool():
            return tr("yes") if value else tr("no")
        case {"monthly": amount, "family": family, "kind": kind}:
            sum_ = money(Decimal(str(amount)), signed=True)
            return tr("{sum} a month for {family} {kind}", sum=sum_, family=family, kind=kind)
        case Mapping():
            named = value.get("label") or value.get("name")
            pairs = (f"{key} {words_of(each)}" for key, each in value.items())
            return str(named) if named else ", ".join(pairs)
        case list() | tuple():
            return ", ".join(map(words_of, value))
        case _:
            return str(value)


def _without_form(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return {field: value for field, value in entry.items() if field != _CHARACTERISTICS}


def _form(entry: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    asked: Sequence[Mapping[str, Any]] = entry.get(_CHARACTERISTICS, ())
    return {str(each.get("name", at)): each for at, each in enumerate(asked)}


_FIELDS = {
    "name": "Name",
    "label": "label",
    "family": "Family",
    "kinds": "Kinds",
    "offers": "Offers",
    "process_flow": "Carried out by",
    "number_type": "Number",
    "type": "type",
    "values": "values",
    "default": "usual",
    "pattern": "pattern",
    "minimum": "at least",
    "maximum": "at most",
    "unit": "unit",
    "required": "needed",
    "help": "help",
    "visible_when": "asked when",
    "required_when": "needed when",
    "segments": "For",
    "resellers": "Resellers",
    "valid_from": "From",
    "valid_until": "Until",
    "vat": "VAT",
    "customer_before": "Customers before",
    "needs_benefits": "Needs benefits",
    "surcharge": "Surcharge",
}
