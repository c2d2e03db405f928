"""What changed in a catalogue, for people: one line a change, with what was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from app.language import tr, trn
from app.products import offers, rules
from app.products.documents import Change, Documents, Item, Kind, changes
from app.products.rule_words import sentence
from app.products.table_words import Line, specification_lines, table_lines
from app.texts import money

Tone = Literal["plain", "good", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change in words; `key` names it for "take back"."""

    key: str
    kind: Kind
    id: str
    title: str
    state: str
    tone: Tone
    lines: tuple[Line, ...]

    def summary(self) -> str:
        """The change in one line."""
        return " · ".join(each.spoken() for each in self.lines)


def diff(before: Documents, after: Documents) -> tuple[ChangeView, ...]:
    """What `after` has otherwise than `before`, in words."""
    return views(changes(before, after), before, after)


def views(delta: tuple[Change, ...], before: Documents, after: Documents) -> tuple[ChangeView, ...]:
    """The same of changes that are known already."""
    if not delta:
        return ()
    old, new = rules.named(before), rules.named(after)
    return tuple(view_of(change, old, new) for change in delta)


def view_of(change: Change, old: Mapping[str, str], new: Mapping[str, str]) -> ChangeView:
    """One change in words; `old` and `new` are the names of offers then and now."""
    held = change.after if change.after is not None else change.before
    state, tone = _state(change)
    return ChangeView(
        key=change.key,
        kind=change.kind,
        id=change.id,
        title=_title(change, held),
        state=state,
        tone=tone,
        lines=_lines(change, old, new),
    )


def count_words(count: int) -> str:
    return trn("{count} change", "{count} changes", count) if count else tr("No changes")


def field_words(field: str) -> str:
    """The name of a field; one nobody has named is called as it is written."""
    return tr(_FIELDS.get(field, field))


def value_words(field: str, value: Any) -> str:
    """A field's value as people write it."""
    if value is None or value == "":
        return ""
    if field in {"monthly", "oneoff"} and isinstance(value, int | float | Decimal):
        return money(Decimal(str(value)))
    if field == "term" and isinstance(value, int):
        return term_words(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return str(value)


def term_words(months: int) -> str:
    return trn("{count} month", "{count} months", months) if months else tr("none")


def _state(change: Change) -> tuple[str, Tone]:
    if change.before is None:
        return tr("new"), "good"
    if change.after is None:
        return (tr("retired") if change.kind is Kind.OFFER else tr("gone")), "warn"
    return tr("changed"), "plain"


def _title(change: Change, held: Any) -> str:
    match change.kind:
        case Kind.OFFER:
            return f"{change.id} {held.get('name', '')}"
        case Kind.RULE:
            return tr("Rule {id}", id=change.id)
        case Kind.GROUP:
            return tr("Group {id}", id=change.id)
        case _:
            return str(held.get("name", change.id)) if isinstance(held, Mapping) else change.id


def _lines(change: Change, old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Line, ...]:
    match change.kind:
        case Kind.RULE:
            return _rule_lines(change, old, new)
        case Kind.GROUP:
            return _group_lines(change, old, new)
        case Kind.OFFER if change.before is None or change.after is None:
            return (_offer_line(change),)
        case Kind.SPECIFICATION:
            return tuple(specification_lines(change.before or {}, change.after or {}))
        case Kind.PRICE_LIST:
            return tuple(table_lines(change.before or {}, change.after or {}))
        case _:
            return _field_lines(change.before or {}, change.after or {})


def _offer_line(change: Change) -> Line:
    """A whole offer in one line: what it costs, and for how long."""
    found = offers.offer_of(change.after or change.before)
    parts = [tr("{sum} a month", sum=money(found.monthly)), tr("{sum} once", sum=money(found.once))]
    if found.term:
        parts.append(term_words(found.term))
    text = ", ".join(parts)
    if change.after is None:
        return Line(tr("Offer"), text, tr("no longer sold"))
    return Line(tr("Offer"), "", text)


def _field_lines(before: Item, after: Item) -> tuple[Line, ...]:
    fields = [*after, *(each for each in before if each not in after)]
    return tuple(
        Line(
            field_words(field),
            value_words(field, before.get(field)),
            value_words(field, after.get(field)),
        )
        for field in fields
        if before.get(field) != after.get(field)
    )


def _rule_lines(change: Change, old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Line, ...]:
    """The sentence where it reads otherwise, what lists gained and lost, and the texts."""
    if change.before is None:
        return (Line(tr("Says"), "", sentence(rules.rule_of(change.after), new)),)
    if change.after is None:
        return (Line(tr("Said"), sentence(rules.rule_of(change.before), old), tr("nothing")),)
    was, now = rules.rule_of(change.before), rules.rule_of(change.after)
    lines = []
    before, after = sentence(was, old), sentence(now, new)
    lists = _list_lines(rules.all_names(was), rules.all_names(now), old, new)
    if before != after and not (lists and _same_but_lists(was, now)):
        lines.append(Line(tr("Says"), before, after))
    lines += lists
    for label, first, second in (
        (tr("Text for the agent"), was.text, now.text),
        (tr("Internal text"), was.internal, now.internal),
        (tr("Kind"), was.kind, now.kind),
    ):
        if first != second:
            lines.append(Line(label, first, second))
    return tuple(lines) or _field_lines(change.before, change.after)


def _same_but_lists(was: rules.Rule, now: rules.Rule) -> bool:
    def bare(found: rules.Rule) -> tuple[object, ...]:
        facts = tuple(each for each in found.when if isinstance(each, rules.FactIs))
        return (facts, len(found.when), found.op, found.figure, found.each, bool(found.each_of))

    return bare(was) == bare(now)


def _group_lines(
    change: Change, old: Mapping[str, str], new: Mapping[str, str]
) -> tuple[Line, ...]:
    return tuple(_list_lines(tuple(change.before or ()), tuple(change.after or ()), old, new))


def _list_lines(
    before: tuple[str, ...], after: tuple[str, ...], old: Mapping[str, str], new: Mapping[str, str]
) -> list[Line]:
    """What a list gained and what it lost."""
    lines = []
    more = [new.get(each) or each for each in after if each not in before]
    less = [old.get(each) or each for each in before if each not in after]
    if more:
        lines.append(Line(tr("Also for"), "", ", ".join(dict.fromkeys(more))))
    if less:
        lines.append(Line(tr("No longer for"), "", ", ".join(dict.fromkeys(less))))
    return lines


_FIELDS = {
    "name": "Name",
    "note": "Note",
    "monthly": "Monthly",
    "oneoff": "Once",
    "term": "Contract",
    "max": "Most",
    "family": "Family",
    "kind": "Kind",
    "code": "Code",
}
