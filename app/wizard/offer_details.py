"""The panel beside the offers: what one offer holds, or why it is not offered and what opens it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from app.language import tr
from app.texts import full_day, money
from app.wizard.choices import Choices, HiddenOffer, OfferChoice
from app.wizard.offers_view import Details, rule_words, split_name
from app.wizard.openers import Opening


def details_of(
    choices: Choices, code: str, *, today: dt.date, opening: Opening | None = None
) -> Details | None:
    """What the panel says of an offer, or of why it is not offered and what opens it."""
    offer = choices.offer(code)
    if offer is None:
        refused = next((each for each in choices.hidden if each.id == code), None)
        return _refused_details(refused, opening) if refused else None
    name, text = split_name(offer.name)
    return Details(
        id=code,
        kicker=f"{offer.family} · {offer.id}",
        name=name,
        price=money(offer.once if _is_paid_once(offer) else offer.monthly),
        term=_price_words(offer),
        facts=tuple(_facts(offer, text, today)),
        notes_title=tr("Comes with it"),
        notes=tuple(_comes_with(choices, offer)),
        sentence=_sentence(offer, name),
    )


def _is_paid_once(offer: OfferChoice) -> bool:
    """Nothing of it comes again: no price a month, and no term."""
    return not offer.monthly and not offer.term


def _price_words(offer: OfferChoice) -> str:
    if _is_paid_once(offer):
        return tr("once")
    if offer.term > 1:
        return tr("a month, {months} months", months=offer.term)
    return tr("a month")


def _facts(offer: OfferChoice, text: str, today: dt.date) -> Iterable[tuple[str, str]]:
    if text:
        yield tr("Includes"), text
    if offer.note:
        yield tr("Note"), offer.note
    if offer.once and not _is_paid_once(offer):
        yield tr("Once"), money(offer.once)
    if offer.term > 1:
        yield tr("Ends"), full_day(_months_later(today, offer.term))
    elif offer.term:
        yield tr("Ends"), tr("any month")
    if offer.most > 1:
        yield tr("Up to"), str(offer.most)
    if offer.number_type:
        kind = tr("a mobile number") if offer.number_type == "mobile" else tr("a landline number")
        yield tr("Needs"), kind


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.month - 1 + months, 12)
    last = (dt.date(day.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
            - dt.timedelta(days=1)).day  # fmt: skip
    return dt.date(day.year + year, month + 1, min(day.day, last))


def _comes_with(choices: Choices, offer: OfferChoice) -> Iterable[str]:
    """Rules of its section, what the picks bring along, and what they still need for it."""
    for section in choices.sections:
        if offer.id in section.offers and section.rule and section.family == offer.family:
            yield f"{section.name}: {rule_words(section.rule)}."
            break
    for code, count in choices.forced.items():
        brought = choices.offer(code)
        if brought and offer.picked:
            name = split_name(brought.name)[0]
            yield tr("Brings along {count} × {name}.", count=count, name=name)
    if offer.picked:
        near = _neighbours(choices, offer)
        yield from (need.text for need in choices.missing if near & set(need.serves))


def _neighbours(choices: Choices, offer: OfferChoice) -> set[str]:
    """Offers of the same family, and those its sections borrow: what is said of them is of it."""
    own = {each.id for each in choices.offers if each.family == offer.family}
    lent = (
        code for part in choices.sections if part.family == offer.family for code in part.offers
    )
    return own | set(lent)


def _sentence(offer: OfferChoice, name: str) -> str:
    """What the agent says about it, from its prices and its term."""
    if offer.monthly < 0:
        amount = money(-offer.monthly)
        return tr("With {name} you save {price} a month.", name=name, price=amount)
    if _is_paid_once(offer):
        if not offer.once:
            return tr("{name} costs nothing.", name=name)
        return tr("{name} costs {price} once.", name=name, price=money(offer.once))
    parts = [tr("{name} costs {price} a month", name=name, price=money(offer.monthly))]
    if not offer.monthly:
        parts = [tr("{name} costs nothing each month", name=name)]
    if offer.once:
        parts.append(tr("and {price} once", price=money(offer.once)))
    text = " ".join(parts) + "."
    if offer.term > 1:
        text += " " + tr("It runs {months} months.", months=offer.term)
    return text


def _refused_details(offer: HiddenOffer, opening: Opening | None) -> Details:
    name, text = split_name(offer.name)
    return Details(
        id=offer.id,
        kicker=f"{offer.family} · {offer.id}",
        name=name,
        price="",
        term=tr("not offered"),
        facts=((tr("Includes"), text),) if text else (),
        notes_title=tr("Why it is not offered"),
        notes=tuple(f"{reason.text} ({reason.rule})" for reason in offer.reasons),
        sentence=" ".join(reason.text for reason in offer.reasons[:1]),
        opens=_opens(opening) if opening else "",
        action=opening.action if opening and opening.can_be_done else "",
    )


def _opens(opening: Opening) -> str:
    return opening.text if opening.way != "none" else tr("Nothing that can be done now opens it.")
