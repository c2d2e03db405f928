"""Offers of a catalogue: read, changed, copied from another, retired."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.language import tr
from app.products.documents import Documents, Item, Kind, item, items, with_item, without_item

MOST_OF_ONE = 10_000
LONGEST_TERM = 120  # months


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer as a product manager sees it. Prices in pounds, term in months."""

    code: str
    name: str
    family: str
    kind: str
    monthly: Decimal
    once: Decimal
    term: int
    most: int
    note: str


class Refusal(ValueError):  # noqa: N818  # no mistake of the program: a sentence for a person
    """An edit that cannot be made; the sentence says what would be right."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def offer_of(found: Item) -> Offer:
    """The record of an item; what is missing or odd in it is shown as nothing."""
    return Offer(
        code=str(found.get("code", "")),
        name=str(found.get("name", "")),
        family=str(found.get("family", "")),
        kind=str(found.get("kind", "")),
        monthly=_amount(found.get("monthly")),
        once=_amount(found.get("oneoff")),
        term=_whole(found.get("term")),
        most=_whole(found.get("max")),
        note=str(found.get("note", "")),
    )


def offers(documents: Documents) -> tuple[Offer, ...]:
    return tuple(map(offer_of, documents.offers))


def offer(documents: Documents, code: str) -> Offer | None:
    found = item(documents, Kind.OFFER, code)
    return None if found is None else offer_of(found)


def set_name(code: str, name: str) -> Callable[[Documents], Documents]:
    return _set(code, "name", name)


def set_note(code: str, note: str) -> Callable[[Documents], Documents]:
    return _set(code, "note", note)


def set_monthly(code: str, amount: Decimal) -> Callable[[Documents], Documents]:
    return _set(code, "monthly", amount)


def set_once(code: str, amount: Decimal) -> Callable[[Documents], Documents]:
    return _set(code, "oneoff", amount)


def set_term(code: str, months: int) -> Callable[[Documents], Documents]:
    return _set(code, "term", months)


def set_most(code: str, most: int) -> Callable[[Documents], Documents]:
    return _set(code, "max", most)


def set_groups(code: str, names: tuple[str, ...]) -> Callable[[Documents], Documents]:
    """The offer is in these groups and in no other; it stands at the end of those it joins."""

    def edit(documents: Documents) -> Documents:
        for name, codes in documents.groups.items():
            if (name in names) == (code in codes):
                continue
            left = [each for each in codes if each != code]
            changed = [*codes, code] if name in names else left
            documents = with_item(documents, Kind.GROUP, name, changed)
        return documents

    return edit


def copied(documents: Documents, source: str, code: str, name: str) -> Documents:
    """Documents with a new offer that is to everybody what the source is.

    It stands wherever the source is named: in groups, in rules, in specifications. Refusal where
    the code is taken or the name says nothing.
    """
    found = item(documents, Kind.OFFER, source)
    if found is None:
        raise Refusal(tr("Choose the offer to copy."))
    taken = {*items(documents, Kind.OFFER), *items(documents, Kind.GROUP)}
    code, name = code.strip(), name.strip()
    if not code or code in taken:
        raise Refusal(tr("Give it a code that no other offer or group has."))
    if not name:
        raise Refusal(tr("Give it a name that people can read."))
    new = {**found, "code": code, "name": name}

    def add(codes: Iterable[str]) -> list[str]:
        listed = list(codes)
        if source in listed and code not in listed:
            listed.insert(listed.index(source) + 1, code)
        return listed

    return with_item(_with_names(documents, add), Kind.OFFER, code, new, behind=source)


def retired(documents: Documents, code: str) -> Documents:
    """Documents without the offer, in which nothing names it any more.

    A rule or group that spoke of this offer alone goes with it. The server keeps what was sold.
    """
    if item(documents, Kind.OFFER, code) is None:
        return documents

    def leave_out(codes: Iterable[str]) -> list[str]:
        return [each for each in codes if each != code]

    return without_item(_with_names(documents, leave_out), Kind.OFFER, code)


def free_code(documents: Documents, source: str) -> str:
    """A code that is free, in the manner of the source: the next number with its letters."""
    letters = source.rstrip("0123456789")
    width = max(1, len(source) - len(letters))
    taken = {*items(documents, Kind.OFFER), *items(documents, Kind.GROUP)}
    numbers = (int(each[len(letters) :]) for each in taken if _is_numbered(each, letters))
    return f"{letters}{max(numbers, default=0) + 1:0{width}}"


def _is_numbered(code: str, letters: str) -> bool:
    return code.startswith(letters) and code[len(letters) :].isdecimal()


def _set(code: str, field: str, value: Any) -> Callable[[Documents], Documents]:
    def edit(documents: Documents) -> Documents:
        found = item(documents, Kind.OFFER, code)
        if found is None or found.get(field) == value:
            return documents
        return with_item(documents, Kind.OFFER, code, {**found, field: value})

    return edit


def _with_names(documents: Documents, edit: Callable[[Iterable[str]], list[str]]) -> Documents:
    """Documents in which each list of names is what `edit` makes of it; emptied items go."""
    for name, codes in documents.groups.items():
        listed = edit(codes)
        if listed != list(codes):
            documents = (
                with_item(documents, Kind.GROUP, name, listed)
                if listed
                else _without_group(documents, name)
            )
    for rule_id, rule in items(documents, Kind.RULE).items():
        changed = _rule_with_names(rule, edit)
        if changed is None:
            documents = without_item(documents, Kind.RULE, rule_id)
        elif changed != rule:
            documents = with_item(documents, Kind.RULE, rule_id, changed)
    return documents


def _without_group(documents: Documents, name: str) -> Documents:
    emptied = without_item(documents, Kind.GROUP, name)
    return _with_names(emptied, lambda codes: [each for each in codes if each != name])


def _rule_with_names(rule: Item, edit: Callable[[Iterable[str]], list[str]]) -> Item | None:
    """The rule with its lists edited; None where it has nothing left to speak of."""
    left = _edited(rule.get("lhs"), edit)
    conditions = [_condition(each, edit) for each in rule.get("when", ())]
    if not left or None in conditions:
        return None
    changed = {**rule, "lhs": left}
    if "when" in rule:
        changed["when"] = conditions
    if isinstance(right := rule.get("rhs"), list | tuple):
        names = _edited(right[0], edit)
        changed["rhs"] = [names, right[1]] if names else None
    return changed


def _condition(condition: Any, edit: Callable[[Iterable[str]], list[str]]) -> Any:
    match condition:
        case ["sel", names]:
            edited = _edited(names, edit)
            return ["sel", edited] if edited else None
        case _:
            return condition


def _edited(names: Any, edit: Callable[[Iterable[str]], list[str]]) -> Any:
    """A list of names edited; the name of one group alone stays what it is, or goes."""
    if isinstance(names, str):
        return names if names in edit([names]) else None
    return edit(names or ())


def _amount(value: object) -> Decimal:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Decimal(str(value))
    return Decimal(0)


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def family_names(documents: Documents) -> Mapping[str, str]:
    """Each family's name for people, in the order of the specifications."""
    listed = documents.specifications.get("family", ())
    return {str(each.get("family", "")): str(each.get("name", "")) for each in listed}
