"""Changes of what a customer has already: each takes a draft and gives the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from app.wizard.choices import Target
from app.wizard.draft import INSTALLED, Draft
from app.wizard.edits import Edit, pick


def end_products(products: Iterable[str]) -> Edit:
    """End these with the order; what was moved or set of them is forgotten."""
    ending = tuple(products)

    def edit(draft: Draft) -> Draft:
        added = tuple(each for each in ending if each not in draft.ends)
        return replace(
            draft,
            ends=(*draft.ends, *added),
            moves=_without(draft.moves, ending),
            settings=_unset(draft, ending),
        )

    return edit


def keep_products(products: Iterable[str]) -> Edit:
    """Let these stay as they are."""
    kept = tuple(products)

    def edit(draft: Draft) -> Draft:
        return replace(
            draft,
            ends=tuple(each for each in draft.ends if each not in kept),
            moves=_without(draft.moves, kept),
            settings=_unset(draft, kept),
        )

    return edit


def gone_products(draft: Draft, fields: Iterable[str]) -> tuple[str, ...]:
    """Which products of a change the server does not take any more, by the fields it refused.

    It names them as `ends.0` or `moves.<productId>`.
    """
    found = []
    for field in fields:
        part, _, which = field.partition(".")
        if part == "ends" and which.isdigit() and int(which) < len(draft.ends):
            found.append(draft.ends[int(which)])
        elif part == "moves" and which in draft.moves:
            found.append(which)
    return tuple(found)


def move_product(product: str, offer: str) -> Edit:
    """Let a product become another offer; number, SIM and place stay."""

    def edit(draft: Draft) -> Draft:
        ends = tuple(each for each in draft.ends if each != product)
        return replace(draft, ends=ends, moves={**draft.moves, product: offer})

    return edit


def take_target(product: str, target: Target, ends: Iterable[str]) -> Edit:
    """Let a product become this offer, with what ends and comes by it, in one change."""
    ending = tuple(ends)

    def edit(draft: Draft) -> Draft:
        draft = end_products(ending)(draft)
        for brought in target.brings:
            count = draft.picks.get(brought.id, 0) + brought.quantity
            draft = pick(brought.id, count)(draft)
        return move_product(product, target.id)(draft)

    return edit


def take_package(moves: Mapping[str, str], ends: Iterable[str], picks: Mapping[str, int]) -> Edit:
    """Take a whole proposal in one change, so that one key takes it back."""

    def edit(draft: Draft) -> Draft:
        for code in (*draft.picks, *picks):
            draft = pick(code, picks.get(code, 0))(draft)
        return replace(draft, ends=tuple(ends), moves=dict(moves))

    return edit


def _unset(draft: Draft, products: tuple[str, ...]) -> dict[str, Mapping[str, str]]:
    gone = {f"{INSTALLED}{each}" for each in products}
    return {key: values for key, values in draft.settings.items() if key not in gone}


def _without(moves: Mapping[str, str], products: tuple[str, ...]) -> dict[str, str]:
    return {each: offer for each, offer in moves.items() if each not in products}
