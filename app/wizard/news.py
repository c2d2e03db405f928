"""What the world has changed under an open draft: catalogue, prices, network, the person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.language import tr
from app.texts import money
from app.wizard.choices import Choices
from app.wizard.draft import Standing
from app.wizard.offers_view import split_name

Facts = Mapping[str, str | int]
_COUNTED = frozenset({"channel", "role"})  # who asks, not whom it is for


def news_since(known: Standing | None, choices: Choices) -> tuple[str, ...]:
    """Sentences on what is other than when the draft was last answered; empty: nothing known."""
    if known is None or not known.catalogue:
        return ()
    return (*_catalogue(known, choices), *_facts(known.facts, choices.facts))


def _catalogue(known: Standing, choices: Choices) -> Iterable[str]:
    """Prices of what is chosen, before the bare fact that the catalogue is another."""
    changed = list(_prices(known, choices))
    if known.catalogue != choices.catalogue_version and not changed:
        yield tr("The catalogue has changed, to version {new}.", new=choices.catalogue_version)
    yield from changed


def _prices(known: Standing, choices: Choices) -> Iterable[str]:
    for offer in choices.offers:
        before = known.prices.get(offer.id)
        now = (money(offer.monthly), money(offer.once))
        if before is None or before == now:
            continue
        name = split_name(offer.name)[0]
        if before[0] != now[0]:
            yield tr(
                "{name} costs {new} a month now, before {old}.",
                name=name,
                new=now[0],
                old=before[0],
            )
        if before[1] != now[1]:
            yield tr(
                "{name} costs {new} once now, before {old}.", name=name, new=now[1], old=before[1]
            )


def prices_of(choices: Choices) -> dict[str, tuple[str, str]]:
    """What each offer costs a month and once, as far as it is chosen."""
    chosen = (offer for offer in choices.offers if offer.picked)
    return {offer.id: (money(offer.monthly), money(offer.once)) for offer in chosen}


def _facts(before: Facts, now: Facts) -> Iterable[str]:
    """What became of the address, then of the person."""
    if not before:
        return
    came = [words for fact, words in _networks().items() if now.get(fact) and not before.get(fact)]
    went = [words for fact, words in _networks().items() if before.get(fact) and not now.get(fact)]
    if came:
        yield tr("The address has {networks} now.", networks=", ".join(came))
    if went:
        yield tr("The address has {networks} no longer.", networks=", ".join(went))
    others = False
    for fact in sorted(set(before) | set(now)):
        old, new = before.get(fact), now.get(fact)
        if old == new or fact in _networks() or fact in _COUNTED:
            continue
        if fact == "credit" and old and new:
            yield tr("The credit class is {new}, before {old}.", new=new, old=old)
        else:
            others = True
    if others:
        yield tr("What is known of the customer has changed.")


def _networks() -> dict[str, str]:
    return {
        "copper": tr("copper"),
        "vdsl": tr("VDSL"),
        "gpon": tr("fibre"),
        "xgspon": tr("fibre up to 2500"),
        "cov4g": tr("4G"),
        "cov5g": tr("5G"),
    }
