"""What a product may become, and a cheaper package that keeps what is used, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.language import tr, trn
from app.texts import money
from app.wizard.change_view import is_done, names_of, offer_name, product_by_id
from app.wizard.choices import Choices, InstalledProduct, Repackage, Target
from app.wizard.offers_view import Details, split_name


@dataclass(frozen=True, slots=True)
class TargetView:
    """An offer that a product may become. `difference` is signed, each month."""

    id: str
    name: str
    text: str
    term: str
    price: str
    difference: str


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One line of a proposal: what is done, or what is kept or gained by it."""

    kind: Literal["take", "move", "end", "add", "kept", "gained"]
    text: str


@dataclass(frozen=True, slots=True)
class PackageView:
    title: str
    note: str
    lines: tuple[PackageLine, ...]


def target_views(targets: Sequence[Target], choices: Choices) -> tuple[TargetView, ...]:
    return tuple(_target(each, choices) for each in targets)


def _target(target: Target, choices: Choices) -> TargetView:
    name, text = split_name(target.name)
    parts = [text] if text else []
    if lost := lost_by(target, choices):
        parts.append(tr("without {names}", names=", ".join(lost)))
    if target.brings:
        names = ", ".join(split_name(each.name)[0] for each in target.brings)
        parts.append(tr("with {names}", names=names))
    return TargetView(
        target.id,
        name,
        " · ".join(parts),
        trn("{count} month", "{count} months", target.term) if target.term else tr("no term"),
        money(target.monthly),
        money(target.difference, signed=True) if target.difference else tr("same price"),
    )


def lost_by(target: Target, choices: Choices) -> tuple[str, ...]:
    """Short names of what ends with a move, without things that were done once."""
    known = {each.product_id: each for each in choices.installed}
    gone = [known[each] for each in target.ends if each in known]
    names = [each.name for each in gone if not is_done(each)] if gone else target.lost
    return tuple(split_name(each)[0] for each in names)


def target_details(product: InstalledProduct, target: Target, choices: Choices) -> Details:
    """What the panel says of an offer that the product may become."""
    name, text = split_name(target.name)
    was = split_name(product.name)[0]
    facts = [(tr("Instead of"), was), (tr("Difference"), _a_month(target.difference))]
    if text:
        facts.insert(0, (tr("Includes"), text))
    if target.once:
        facts.append((tr("Once"), money(target.once)))
    if product.number:
        facts.append((tr("Keeps"), product.number))
    brings = [
        tr("Brings along {count} × {name}.", count=each.quantity, name=split_name(each.name)[0])
        for each in target.brings
    ]
    lost = [tr("Lost: {name}.", name=each) for each in lost_by(target, choices)]
    return Details(
        id=target.id,
        kicker=f"{product.family} · {target.id}",
        name=name,
        price=money(target.monthly),
        term=_price_words(target),
        facts=tuple(facts),
        notes_title=tr("What changes with it") if lost or brings else "",
        notes=(*lost, *brings),
        sentence=tr(
            "{name} costs {price} a month instead of {was}.",
            name=name,
            price=money(target.monthly),
            was=money(product.monthly),
        ),
    )


def _price_words(target: Target) -> str:
    if target.term > 1:
        return tr("a month, {months} months", months=target.term)
    return tr("a month")


def _a_month(amount: Decimal) -> str:
    return tr("{amount} a month", amount=money(amount, signed=True)) if amount else tr("none")


def package_view(found: Repackage, choices: Choices) -> PackageView:
    """A cheaper package that keeps what is used: what it would do, before it is taken."""
    lines = [
        *(PackageLine("move", _moved(each, code, choices)) for each, code in found.moves.items()),
        *(PackageLine("end", _ended(each, choices)) for each in found.ends),
        *(
            PackageLine("add", _added(code, count, choices))
            for code, count in found.picks.items()
            if count
        ),
        *(PackageLine("kept", each) for each in found.kept),
        *(PackageLine("gained", each) for each in found.gained),
    ]
    title = tr(
        "{before} becomes {after} a month: saves {saves}",
        before=money(found.monthly_before),
        after=money(found.monthly_after),
        saves=money(found.saves),
    )
    proved = tr("Proved: no lawful package that keeps this is cheaper.")
    note = proved if found.proved else tr("The cheapest that was found in the time there was.")
    return PackageView(title, note, tuple(lines))


def _moved(product_id: str, code: str, choices: Choices) -> str:
    product = product_by_id(choices, product_id)
    was = split_name(product.name)[0] if product else product_id
    number = f", {product.number}" if product and product.number else ""
    name = offer_name(choices, code)
    return tr("{was}{number} becomes {name}", was=was, number=number, name=name)


def _ended(product_id: str, choices: Choices) -> str:
    return tr("{name} ends", name=names_of(choices, [product_id]) or product_id)


def _added(code: str, count: int, choices: Choices) -> str:
    name = offer_name(choices, code)
    return tr("{count} × {name} is added", count=count, name=name)
