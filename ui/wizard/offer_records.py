"""The service step's list: sections, offers and what is not offered, as records of the list."""

from __future__ import annotations

from collections.abc import Callable

from app.language import tr
from app.wizard.offers_view import NOT_OFFERED, OfferPage, OfferView, RefusedView
from app.wizard.openers import Opening
from ui.widgets.offer_delegate import Offer, Refused, Section

MORE = "more-refused"

Openings = Callable[[str], Opening | None]


def records_of(page: OfferPage, opening: Openings) -> list[Section | Offer | Refused]:
    """Every row; `opening` says what opens an offer, as far as that is known."""
    records: list[Section | Offer | Refused] = []
    for section in page.sections:
        records.append(Section(section.id, section.title, hint=section.hint))
        records += [_offer(offer) for offer in section.offers]
    records.append(_refused_head(page))
    records += [refused_row(each, opening(each.id)) for each in page.refused]
    if page.more_refused:
        words = tr("{} more, W shows them").format(page.more_refused)
        records.append(Section(MORE, words))
    return records


def _refused_head(page: OfferPage) -> Section:
    if not page.refused_in_all:
        return Section(NOT_OFFERED, tr("Everything we sell can be had here."), icon="lock")
    title, note = tr("Not offered: why, and what opens it"), tr("in all families")
    return Section(NOT_OFFERED, title, icon="lock", count=str(page.refused_in_all), note=note)


def refused_row(refused: RefusedView, opening: Opening | None) -> Refused:
    """One row: the reason, and what opens it; nothing is said of that until it is known."""
    if opening is None:
        return Refused(refused.id, refused.name, refused.reason)
    if opening.can_be_done:
        return Refused(refused.id, refused.name, refused.reason, opening.action)
    note = opening.action or tr("cannot be changed")
    return Refused(refused.id, refused.name, refused.reason, note=note)


def _offer(view: OfferView) -> Offer:
    return Offer(
        view.id,
        view.name,
        view.text,
        view.term,
        view.price,
        mark=view.mark,
        chosen=view.chosen,
        quantity=view.quantity,
        most=view.most,
    )
