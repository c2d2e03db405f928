"""The settings step: units of the order, their form, and where one differs from the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from app.language import tr
from app.wizard.belonging import owners
from app.wizard.choices import (
    BELONGS_TO,
    Characteristic,
    Choices,
    InstalledProduct,
    OfferChoice,
)
from app.wizard.draft import INSTALLED, Draft
from app.wizard.offers_view import split_name
from app.wizard.setting import Setting, fault_of, setting_of, shown_value

Scope = Literal["one", "ticked", "all"]
LINE = BELONGS_TO


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit that has something to set. `differs` names what is not as in its fellows.

    `wrong` names what is missing or cannot stay.
    """

    key: str
    name: str
    number: str
    offer: OfferChoice
    differs: str
    wrong: str = ""


def units(draft: Draft, choices: Choices | None) -> tuple[Unit, ...]:
    """Every unit with something to set: new lines, what is new beside them, what stays."""
    if choices is None or draft.only_account:
        return ()
    keys = [
        (f"{offer.id}#{index}", offer)
        for offer in choices.offers
        for index in range(1, draft.picks.get(offer.id, 0) + 1)
        if _form_of(offer, draft, choices)
    ]
    keys.sort(key=lambda each: each[1].number_type is None)
    keys += [
        (key, offer)
        for product in choices.installed
        if product.product_id not in draft.ends
        and (offer := _offer_of(key := f"{INSTALLED}{product.product_id}", draft, choices))
        and offer.characteristics
    ]
    return tuple(_unit(key, offer, draft, choices) for key, offer in keys)


def _unit(key: str, offer: OfferChoice, draft: Draft, choices: Choices) -> Unit:
    held = draft.holds.get(key)
    different = [each.label for each in form(key, draft, choices) if each.differs and each.visible]
    name = split_name(offer.name)[0]
    product = _product_of(key, choices)
    number = held.display if held else (product.number or "") if product else ""
    if not product and not number and draft.picks.get(offer.id, 0) > 1:
        number = tr("number {index}", index=key.partition("#")[2])
    wrong = ", ".join(each.label for each in faulty(key, draft, choices))
    return Unit(key, name, number, offer, ", ".join(different), wrong)


def faulty(key: str, draft: Draft, choices: Choices) -> tuple[Setting, ...]:
    """Fields of a unit that are missing or wrong, each with its sentence in `problem`.

    What the customer has is right as long as nothing of it is changed.
    """
    product = key.removeprefix(INSTALLED)
    if key.startswith(INSTALLED) and key not in draft.settings and product not in draft.moves:
        return ()
    found = []
    for setting in form(key, draft, choices):
        if setting.visible and setting.name != LINE:
            problem = setting.problem or fault_of(setting, setting.value)
            if problem:
                found.append(replace(setting, problem=problem))
    return tuple(found)


def form(key: str, draft: Draft, choices: Choices) -> tuple[Setting, ...]:
    """The fields of one unit, drawn from what the catalogue says can be set."""
    offer = _offer_of(key, draft, choices)
    if offer is None:
        return ()
    fields = [_setting(key, each, draft, choices) for each in offer.characteristics]
    line = _line_setting(key, offer, draft, choices)
    return (*fields, line) if line else tuple(fields)


def _form_of(offer: OfferChoice, draft: Draft, choices: Choices) -> bool:
    return bool(offer.characteristics) or len(_lines_for(offer, draft, choices)) > 1


def _offer_of(key: str, draft: Draft, choices: Choices) -> OfferChoice | None:
    """The offer of a unit; of an installed product that it is, or becomes."""
    if not key.startswith(INSTALLED):
        return choices.offer(key.partition("#")[0])
    product = _product_of(key, choices)
    if product is None:
        return None
    target = draft.moves.get(product.product_id)
    return (choices.offer(target) if target else None) or OfferChoice(
        id=product.offer,
        name=product.name,
        family=product.family,
        kind=product.kind,
        role=product.role,
        monthly=product.monthly,
        once=product.once,
        characteristics=product.characteristics,
    )


def _product_of(key: str, choices: Choices) -> InstalledProduct | None:
    """The installed product that a unit is; None for a new one."""
    found = (each for each in choices.installed if key == f"{INSTALLED}{each.product_id}")
    return next(found, None)


def _given(key: str, draft: Draft, choices: Choices) -> dict[str, str]:
    """What is set for a unit: in this draft, else as the customer has it."""
    product = _product_of(key, choices)
    return {**(product.settings if product else {}), **draft.settings.get(key, {})}


def _setting(key: str, asked: Characteristic, draft: Draft, choices: Choices) -> Setting:
    setting = setting_of(asked, key, _given(key, draft, choices), choices)
    others = [
        setting_of(asked, unit, draft.settings.get(unit, {}), choices)
        for unit in fellows(key, draft)
    ]
    if asked.type == "string" or not others:  # a name is each line's own
        return setting
    every = [setting.value, *(each.value for each in others)]
    # where as many have one as the other, the default is usual
    usual = max(every, key=lambda each: (every.count(each), each == (asked.default or "")))
    if usual == setting.value:
        return setting
    return replace(setting, differs=tr("others: {value}", value=shown_value(setting, usual)))


def fellows(key: str, draft: Draft) -> tuple[str, ...]:
    """Other new units of the same offer."""
    code = key.partition("#")[0]
    every = (f"{code}#{index}" for index in range(1, draft.picks.get(code, 0) + 1))
    return tuple(other for other in every if other != key)


def keys_in(scope: Scope, key: str, ticked: Iterable[str], name: str, draft: Draft,
            choices: Choices) -> tuple[str, ...]:  # fmt: skip
    """Which units a change of one field applies to; only those that have that field."""
    able = {
        unit.key
        for unit in units(draft, choices)
        if name in {each.name for each in form(unit.key, draft, choices) if each.visible}
    }
    if scope == "one":
        return (key,)
    wanted = set(ticked) | {key} if scope == "ticked" else able
    return tuple(sorted(able & wanted))


def _lines_for(offer: OfferChoice, draft: Draft, choices: Choices) -> list[tuple[str, str]]:
    """The lines an extra can belong to, as key and words."""
    if offer.role != "addon" or not draft.picks.get(offer.id):
        return []
    return [(each.key, each.words) for each in owners(offer, draft, choices)]


def _line_setting(key: str, offer: OfferChoice, draft: Draft, choices: Choices) -> Setting | None:
    lines = [] if key.startswith(INSTALLED) else _lines_for(offer, draft, choices)
    if len(lines) < 2:  # noqa: PLR2004  # with one line there is nothing to choose
        return None
    index = int(key.partition("#")[2])
    value = draft.settings.get(key, {}).get(LINE, lines[(index - 1) % len(lines)][0])
    label = tr("Belongs to")
    return Setting(LINE, label, "choice", value, tuple(lines), tr("The line that gets this extra."))
