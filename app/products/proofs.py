"""What the proofs found, as rows to be gone through, each with the place to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.language import tr, trn
from app.products.documents import Kind
from app.products.rule_words import name_of
from app.products.words import Tone
from app.texts import money
from backend_client.catalogue import Check, Fault, Price, PriceChange

_PLACE = re.compile(r"(?P<kind>offer|rule|group|specification|priceList) (?P<id>\S+)")
_SHOWN_PRICES = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is to be mended."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `place` None where there is nowhere to go."""

    id: str
    tone: Tone
    title: str
    text: str
    place: Place | None = None

    def spoken(self) -> str:
        return f"{self.title}. {self.text}"


@dataclass(frozen=True, slots=True)
class Proofs:
    """All findings, the gravest first; `verdict` is the one line above them."""

    verdict: str
    tone: Tone
    findings: tuple[Finding, ...]
    prices: tuple[Finding, ...]
    may_propose: bool

    @property
    def faults(self) -> int:
        return sum(each.tone == "bad" for each in self.findings)


def proofs_of(check: Check, names: Mapping[str, str]) -> Proofs:
    """The answer of the check in words; `names` are those of `rules.named`."""
    wrong = _told(check, names) if check.faults else _worked_out(check, names)
    found = (*wrong, *_hints(check))
    bad = sum(each.tone == "bad" for each in found)
    prices = tuple(_prices(check.prices, names))
    if bad:
        verdict, tone = trn("{count} fault", "{count} faults", bad), "bad"
    elif not check.valid:
        verdict, tone = tr("This cannot be published yet"), "bad"
    else:
        verdict, tone = tr("All proofs hold"), "good"
    return Proofs(verdict, _tone(tone), found, prices, may_propose=check.valid)


def place_of(fault: Fault) -> Place | None:
    """The item a fault speaks of: "offer F03", "rule R12"."""
    found = _PLACE.match(fault.where)
    return Place(Kind(found["kind"]), found["id"]) if found else None


def _told(check: Check, names: Mapping[str, str]) -> Iterator[Finding]:
    """The server's own list: all that must be mended."""
    broken = {f"golden order {each.line}": each.breaks for each in check.golden.broken}
    for at, fault in enumerate(check.faults):
        place = place_of(fault) or _breaking(broken.get(fault.where, ()), names)
        title = fault.where[:1].upper() + fault.where[1:]
        if place is not None and place.kind is Kind.OFFER and place.id in names:
            title = _offer(place.id, names)
        yield Finding(f"fault:{at}", "bad", title, _sentence(fault.text), place)


def _worked_out(check: Check, names: Mapping[str, str]) -> Iterator[Finding]:
    """The same of a server that proves, and makes no list."""
    for code in check.dead:
        text = tr("Nobody can buy this, whoever asks. Look at the rules that name it.")
        yield Finding(f"dead:{code}", "bad", _offer(code, names), text, Place(Kind.OFFER, code))
    for code in check.unpriced:
        text = tr("It has no price. Write one, also where it costs nothing.")
        yield Finding(f"unpriced:{code}", "bad", _offer(code, names), text, Place(Kind.OFFER, code))
    for each in check.untexted:
        text = tr("It has no text for people. Write one.")
        kind = Kind.OFFER if each in names else Kind.RULE
        title = _offer(each, names) if kind is Kind.OFFER else tr("Rule {id}", id=each)
        yield Finding(f"untexted:{each}", "bad", title, text, Place(kind, each))
    for each in check.empty_order_breaks:
        text = tr("It keeps somebody from ordering nothing at all.")
        yield Finding(
            f"empty:{each}", "bad", tr("Rule {id}", id=each), text, Place(Kind.RULE, each)
        )
    for broken in check.golden.broken:
        yield _golden(broken.line, broken.expected, broken.breaks, names)


def _golden(line: int, expected: str, breaks: tuple[str, ...], names: Mapping[str, str]) -> Finding:
    title = tr("Golden order {line}", line=line)
    if expected != "valid":
        return Finding(f"golden:{line}", "bad", title, tr("It must be refused, and is not."))
    text = tr("It must stay valid. Now it breaks {what}.", what=", ".join(breaks))
    return Finding(f"golden:{line}", "bad", title, text, _breaking(breaks, names))


def _breaking(breaks: tuple[str, ...], names: Mapping[str, str]) -> Place | None:
    """The first of what an order breaks: a rule, or an offer of which it holds too many."""
    if not breaks:
        return None
    return Place(Kind.OFFER if breaks[0] in names else Kind.RULE, breaks[0])


def _hints(check: Check) -> Iterator[Finding]:
    """What is no fault, but worth a look."""
    for each in check.redundant:
        text = tr("It refuses nothing that other rules do not refuse too.")
        title = tr("Rule {id}", id=each)
        yield Finding(f"redundant:{each}", "warn", title, text, Place(Kind.RULE, each))


def _prices(changed: tuple[PriceChange, ...], names: Mapping[str, str]) -> Iterator[Finding]:
    for at, each in enumerate(changed[:_SHOWN_PRICES]):
        title = ", ".join(
            name_of(code, names) if count == 1 else f"{count} × {name_of(code, names)}"
            for code, count in each.basket.items()
        )
        price = _price_words(each.before, each.after)
        yield Finding(f"price:{at}", "plain", price[:1].upper() + price[1:], title)
    if len(changed) > _SHOWN_PRICES:
        rest = len(changed) - _SHOWN_PRICES
        title = trn("and {count} more basket", "and {count} more baskets", rest)
        yield Finding("price:more", "plain", title, tr("They change in the same way."))


def _price_words(before: Price | None, after: Price | None) -> str:
    if after is None:
        return tr("can no longer be bought together")
    if before is None:
        return tr("new: {monthly} a month, {once} once").format(
            monthly=money(after.monthly), once=money(after.once)
        )
    parts = []
    for words, was, now in (
        (tr("{sum} a month, before {before}"), before.monthly, after.monthly),
        (tr("{sum} once, before {before}"), before.once, after.once),
    ):
        if was != now:
            parts.append(words.format(sum=money(now), before=money(was)))
    return ", ".join(parts) or tr("as before")


def _offer(code: str, names: Mapping[str, str]) -> str:
    return f"{code} {names.get(code, '')}".rstrip()


def _sentence(text: str) -> str:
    found = text.strip()
    return found[:1].upper() + found[1:] + ("" if found.endswith((".", "?")) else ".")


def _tone(tone: str) -> Tone:
    return "bad" if tone == "bad" else "good"
