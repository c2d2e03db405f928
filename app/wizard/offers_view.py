"""The service step in words: families with counts, sections, offers, what is not offered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.language import tr, trn
from app.texts import money
from app.wizard.choices import Choices, HiddenOffer, MissingChoice, OfferChoice
from app.wizard.draft import Draft
from app.wizard.needs import is_meant, meeting

Mark = Literal["dot", "tick", "quantity"]
NOT_OFFERED = "not-offered"
FIRST_REFUSED = 4
_ONE_OF = ("exactly one", "one at most")
_NAME = re.compile(r"^(?P<name>.*?)\s*\((?P<text>.*)\)$")


@dataclass(frozen=True, slots=True)
class FamilyView:
    """A family of offers; `count` is how many may be chosen now, 0 is shown too."""

    id: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class OfferView:
    id: str
    name: str
    text: str
    term: str
    price: str
    mark: Mark
    chosen: bool
    quantity: int
    most: int


@dataclass(frozen=True, slots=True)
class RefusedView:
    id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A head with its rule and what is still missing, and the offers under it."""

    id: str
    title: str
    hint: str
    offers: tuple[OfferView, ...]


@dataclass(frozen=True, slots=True)
class OfferPage:
    """What the list shows. `refused_in_all` counts what is not offered in all families."""

    sections: tuple[SectionView, ...]
    refused: tuple[RefusedView, ...]
    refused_in_all: int
    more_refused: int


@dataclass(frozen=True, slots=True)
class Details:
    """The panel beside the list, for one offer. `facts` are label and value.

    `opens` says what would open it, `action` what Enter does for that.
    """

    id: str
    kicker: str
    name: str
    price: str
    term: str
    facts: tuple[tuple[str, str], ...]
    notes_title: str
    notes: tuple[str, ...]
    sentence: str
    opens: str = ""
    action: str = ""


def split_name(name: str) -> tuple[str, str]:
    """Split "Skarv 100 (100 GB, 5G)" into the name and what is said of it."""
    found = _NAME.match(name)
    return (found["name"], found["text"]) if found else (name, "")


def families(choices: Choices) -> tuple[FamilyView, ...]:
    """All families in the catalogue's order, with how many of each may be chosen."""
    offered = [offer.family for offer in choices.offers]
    order = merged(offered, [offer.family for offer in choices.hidden])
    return tuple(FamilyView(each, each, offered.count(each)) for each in order)


def need_tabs(choices: Choices) -> tuple[FamilyView, ...]:
    """Needs instead of families; none where the catalogue names none."""
    return tuple(
        FamilyView(need.id, need.name, len(meeting(choices, need.id))) for need in choices.needs
    )


def merged(first: Iterable[str], second: Iterable[str]) -> list[str]:
    """Merge two lists of the same order, each with gaps, into one without doubles."""
    order = list(dict.fromkeys(second))
    place = 0
    for each in dict.fromkeys(first):
        if each in order:
            place = order.index(each) + 1
        else:
            order.insert(place, each)
            place += 1
    return order


def search(choices: Choices, text: str) -> frozenset[str]:
    """Ids of offers meant by a need, a speed, a price or a name; every word must fit."""
    words = text.lower().split()
    return frozenset(
        offer.id for offer in choices.offers if all(_fits(choices, offer, word) for word in words)
    )


def _fits(choices: Choices, offer: OfferChoice, word: str) -> bool:
    if word.startswith("£"):
        return _is_amount(word[1:]) and offer.monthly <= Decimal(word[1:])
    if word in f"{offer.name} {offer.family} {offer.note} {offer.id}".lower():
        return True
    return is_meant(choices, offer, word)


def _is_amount(text: str) -> bool:
    return bool(re.fullmatch(r"\d+(\.\d{1,2})?", text))


def place_hint(draft: Draft) -> str:
    """What to do first where no address is known; empty: one is, or the customer's counts."""
    if draft.address_id or draft.customer_id:
        return ""
    return tr("Without an address only mobile can be promised: choose the address (Alt+1).")


def offer_page(
    choices: Choices,
    *,
    shown: str,
    by_need: bool = False,
    text: str = "",
    all_refused: bool = False,
) -> OfferPage:
    """The list for a family or a need; with a text, what it finds in all families."""
    found = search(choices, text) if text.strip() else _of_tab(choices, shown, by_need=by_need)
    sections = tuple(_sections(choices, found, shown if not (text or by_need) else ""))
    near = [each for each in choices.hidden if _is_near(each, shown, text)]
    rest = [each for each in choices.hidden if each not in near]
    listed = [*near, *rest] if all_refused else [*near, *rest][:FIRST_REFUSED]
    return OfferPage(
        sections,
        tuple(_refused(each) for each in listed),
        len(choices.hidden),
        len(choices.hidden) - len(listed),
    )


def _is_near(offer: HiddenOffer, shown: str, text: str) -> bool:
    """Whether what is not offered is what is looked at: by its name, or in the family shown."""
    words = text.lower().split()
    named = f"{offer.name} {offer.family}".lower()
    return all(word in named for word in words) if words else offer.family == shown


def _of_tab(choices: Choices, shown: str, *, by_need: bool) -> frozenset[str]:
    if not by_need:
        own = (offer.id for offer in choices.offers if offer.family == shown)
        lent = (code for part in choices.sections if part.family == shown for code in part.offers)
        return frozenset((*own, *(code for code in lent if choices.offer(code))))
    return frozenset(offer.id for offer in meeting(choices, shown))


def _sections(choices: Choices, found: frozenset[str], family: str) -> Iterable[SectionView]:
    """Sections with what was found; what no section has stands under its family's name."""
    left = set(found)
    for section in choices.sections:
        codes = [code for code in section.offers if code in left]
        if not codes or (family and section.family != family):
            continue
        left -= set(codes)
        title = f"{section.name}, {rule_words(section.rule)}" if section.rule else section.name
        hint = _hint(choices.missing, section.offers)
        offers = tuple(_offer(choices, code, section.rule) for code in codes)
        yield SectionView(f"{section.family}:{section.name}", title, hint, offers)
    rest = [offer for offer in choices.offers if offer.id in left]
    for name in dict.fromkeys(offer.family for offer in rest):
        offers = tuple(_offer(choices, each.id, "") for each in rest if each.family == name)
        codes = [each.id for each in offers]
        yield SectionView(f"{name}:", name, _hint(choices.missing, codes), offers)


def rule_words(rule: str) -> str:
    """How many of a section may be, in words."""
    return {"exactly one": tr("exactly one"), "one at most": tr("one at most")}.get(rule, rule)


def _hint(missing: Sequence[MissingChoice], codes: Sequence[str]) -> str:
    needed = [need for need in missing if set(need.serves) & set(codes)]
    if not needed:
        return ""
    count = max(need.count for need in needed)
    return trn("choose one to go on", "choose {count} to go on", count)


def _offer(choices: Choices, code: str, rule: str) -> OfferView:
    offer = choices.offer(code)
    if offer is None:
        raise KeyError(code)
    name, text = split_name(offer.name)
    mark: Mark = "dot" if rule in _ONE_OF else "quantity" if offer.most > 1 else "tick"
    if not offer.offerable and offer.picked:
        text = tr("no longer to be had here; take it out")
    elif offer.note:
        text = f"{text}, {offer.note}" if text else offer.note
    return OfferView(
        id=offer.id,
        name=name,
        text=text,
        term=_term(offer.term),
        price=money(offer.monthly if offer.monthly or not offer.once else offer.once),
        mark=mark,
        chosen=offer.picked > 0,
        quantity=offer.picked,
        most=offer.most,
    )


def _term(months: int) -> str:
    return trn("{count} month", "{count} months", months) if months else tr("once")


def _refused(offer: HiddenOffer) -> RefusedView:
    reason = " ".join(each.text for each in offer.reasons)
    return RefusedView(offer.id, offer.name, reason)


def toggled(picks: Mapping[str, int], choices: Choices, code: str) -> dict[str, int]:
    """Picks after Space on an offer: given up if chosen, else as many as are still needed.

    Where only one of a section may be, the one that stood there goes.
    """
    changed = dict(picks)
    if changed.get(code):
        changed[code] = 0
        return changed
    needed = [need.count for need in choices.missing if code in need.serves]
    offer = choices.offer(code)
    changed[code] = min(max([1, *needed]), offer.most if offer else 1)
    for section in choices.sections:
        if section.rule in _ONE_OF and code in section.offers:
            changed.update(dict.fromkeys((each for each in section.offers if each != code), 0))
    return changed
