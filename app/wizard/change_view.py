"""What a customer has, in words: its groups, and what this change does with each product."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.language import tr
from app.texts import full_day, money
from app.wizard.choices import Choices, InstalledProduct
from app.wizard.draft import INSTALLED, Draft
from app.wizard.offers_view import Details, split_name

_ROLES = ("line", "service", "item", "part", "addon", "sim")

Fate = Literal["stays", "ends", "moves", "set"]


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product the customer has; `becomes` says what this change does with it."""

    id: str
    name: str
    text: str
    until: str
    price: str
    fate: Fate = "stays"
    becomes: str = ""
    may_move: bool = False
    may_end: bool = False


@dataclass(frozen=True, slots=True)
class GroupView:
    """Products on a number or at an address, with what they cost each month now."""

    id: str
    title: str
    total: str
    products: tuple[ProductView, ...]


def product_groups(draft: Draft, choices: Choices) -> tuple[GroupView, ...]:
    """All that is in use, a number's products together, then those of an address."""
    found: dict[str, list[InstalledProduct]] = {}
    for product in sorted(in_use(choices), key=_place_in_list):
        found.setdefault(_group(product), []).append(product)
    return tuple(
        GroupView(
            f"group:{title}",
            title,
            money(sum((each.monthly for each in products), Decimal(0))),
            tuple(_product(each, draft, choices) for each in products),
        )
        for title, products in found.items()
    )


def search_installed(choices: Choices, text: str) -> tuple[ProductView, ...]:
    """Products the customer has that are meant by a name, a number or a place."""
    words = text.lower().split()

    def said(product: InstalledProduct) -> str:
        number = (product.number or "").replace(" ", "")
        parts = (product.name, product.family, product.number or "", number, product.place or "")
        return " ".join(parts).lower()

    found = [each for each in in_use(choices) if all(word in said(each) for word in words)]
    return tuple(_found(each) for each in found)


def in_use(choices: Choices) -> tuple[InstalledProduct, ...]:
    """What is installed and is no thing that was done once."""
    return tuple(each for each in choices.installed if not is_done(each))


def product_by_id(choices: Choices | None, product_id: str) -> InstalledProduct | None:
    products = choices.installed if choices else ()
    return next((each for each in products if each.product_id == product_id), None)


def count_of_changes(draft: Draft) -> int:
    """How many things this change does: what is added, ends, becomes else or is set anew."""
    return sum(draft.picks.values()) + len(draft.ends) + len(draft.moves) + len(set_anew(draft))


def set_anew(draft: Draft) -> tuple[str, ...]:
    """Products of which only the settings are changed, by id."""
    keys = (key.removeprefix(INSTALLED) for key in draft.settings if key.startswith(INSTALLED))
    return tuple(each for each in keys if each not in draft.moves and each not in draft.ends)


def offer_name(choices: Choices | None, code: str) -> str:
    """The short name of an offer, also of one that may not be chosen; else its code."""
    if choices is None:
        return code
    names = {
        **{each.offer: each.name for each in choices.installed},
        **{each.id: each.name for each in choices.hidden},
        **{each.id: each.name for each in choices.offers},
    }
    return split_name(names.get(code, code))[0]


def is_done(product: InstalledProduct) -> bool:
    """Whether this was a thing to do once, such as an engineer's visit: it is no product."""
    return product.role == "once" and not product.monthly


def _place_in_list(product: InstalledProduct) -> tuple[bool, bool, str, int, str]:
    """Sorts by number, then by address, savings last; in a group the lines first."""
    role = _ROLES.index(product.role) if product.role in _ROLES else len(_ROLES)
    saves = product.role == "discount"
    return saves, product.number is None, product.number or product.place or "", role, product.offer


def _group(product: InstalledProduct) -> str:
    if product.role == "discount":
        return tr("Savings")
    return product.number or product.place or product.family


def _product(product: InstalledProduct, draft: Draft, choices: Choices) -> ProductView:
    name, text = split_name(product.name)
    fate, becomes = _fate(product, draft, choices)
    return ProductView(
        id=product.product_id,
        name=name,
        text=text,
        until=_until(product),
        price=money(product.monthly),
        fate=fate,
        becomes=becomes,
        may_move=product.may_move,
        may_end=product.may_end or bool(product.end_with),
    )


def _found(product: InstalledProduct) -> ProductView:
    name, text = split_name(product.name)
    where = product.number or product.place or text
    return ProductView(product.product_id, name, where, _until(product), money(product.monthly))


def _fate(product: InstalledProduct, draft: Draft, choices: Choices) -> tuple[Fate, str]:
    if product.product_id in draft.ends:
        return "ends", tr("ends")
    target = draft.moves.get(product.product_id)
    if target:
        return "moves", tr("becomes {name}", name=moved_name(target, choices))
    if product.product_id in set_anew(draft):
        return "set", tr("set anew")
    return "stays", ""


def moved_name(code: str, choices: Choices) -> str:
    """The name of what something becomes; the difference knows it where no offer does."""
    lines = choices.difference.lines if choices.difference else ()
    name = next((each.name for each in lines if each.offer == code), "")
    return split_name(name)[0] if name else offer_name(choices, code)


def _until(product: InstalledProduct) -> str:
    """The end of the term as long as leaving before costs something."""
    if product.term_ends is not None and product.exit_fee:
        return full_day(product.term_ends)
    return tr("any time")


def product_details(choices: Choices | None, product_id: str) -> Details | None:
    """What the panel says of a product the customer has."""
    product = product_by_id(choices, product_id)
    if choices is None or product is None:
        return None
    name, text = split_name(product.name)
    others = _others(choices, product)
    reasons = () if product.may_end and not others else product.end_reasons
    return Details(
        id=product_id,
        kicker=f"{product.family} · {product.offer}",
        name=name,
        price=money(product.monthly),
        term=tr("a month"),
        facts=tuple(_facts(product, text)),
        notes_title=_notes_title(product, others),
        notes=(*(each.text for each in reasons), *_hangs_on(others, choices)),
        sentence=_sentence(product, name),
    )


def _facts(product: InstalledProduct, text: str) -> Iterable[tuple[str, str]]:
    if text:
        yield tr("Includes"), text
    if product.number:
        yield tr("Number"), product.number
    if product.place:
        yield tr("At"), product.place
    yield tr("Bound until"), _until(product)
    if product.exit_fee:
        yield tr("Leaving costs"), tr("{price} once", price=money(product.exit_fee))


def ends_with(choices: Choices, products: Iterable[str]) -> tuple[str, ...]:
    """These and what ends with them: what rules ask for, and what hangs on a line that ends."""
    known = {each.product_id: each for each in choices.installed}
    going = dict.fromkeys(products)
    for each in [known[identity] for identity in going if identity in known]:
        going |= dict.fromkeys(each.end_with)
    lines = {known[each].number for each in going if each in known and known[each].role == "line"}
    numbers = {number for number in lines if number}
    hanging = (each for each in choices.installed if each.number in numbers)
    return tuple(going | dict.fromkeys(each.product_id for each in hanging if each.may_end))


def _others(choices: Choices, product: InstalledProduct) -> tuple[str, ...]:
    """What ends with a product, itself left out; nothing where it may not end."""
    if not (product.may_end or product.end_with):
        return ()
    every = ends_with(choices, [product.product_id])
    return tuple(each for each in every if each != product.product_id)


def _notes_title(product: InstalledProduct, others: Sequence[str]) -> str:
    if others:
        return tr("Others end with it")
    return "" if product.may_end else tr("Why it cannot end")


def _hangs_on(others: Sequence[str], choices: Choices) -> Iterable[str]:
    names = names_of(choices, others)
    if names:
        yield tr("Ends with it: {names}.", names=names)


def names_of(choices: Choices, products: Sequence[str]) -> str:
    """Names of products in one line."""
    found = (product_by_id(choices, each) for each in products)
    return ", ".join(split_name(each.name)[0] for each in found if each and not is_done(each))


def _sentence(product: InstalledProduct, name: str) -> str:
    if product.exit_fee and product.term_ends:
        return tr(
            "{name} runs until {day}. Ending it before costs {fee} once.",
            name=name,
            day=full_day(product.term_ends),
            fee=money(product.exit_fee),
        )
    return tr("{name} can end now and costs nothing more.", name=name) if product.may_end else ""


def ending_words(choices: Choices, product: InstalledProduct) -> str:
    """Why a product does not simply end: what ends with it, or why it may not."""
    name = split_name(product.name)[0]
    why = " ".join(each.text for each in product.end_reasons)
    if others := _others(choices, product):
        names = names_of(choices, others)
        return tr("{why} Ending {name} ends {names} too.", why=why, name=name, names=names).strip()
    return tr("{name} cannot end: {why}", name=name, why=why) if why else ""
