"""What will happen with an order and who will be told, as far as the draft alone tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.language import tr
from app.letters.names import titled
from app.wizard.change_view import count_of_changes
from app.wizard.choices import Choices, lines_of, sims_of
from app.wizard.draft import Draft

ESIM, PLASTIC = "esim", "plastic"


@dataclass(frozen=True, slots=True)
class PlannedLetter:
    """A letter that will go out; `kind` is its id, such as LT02."""

    kind: str
    title: str
    way: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in their order and letters; the server's own flow takes their place."""

    steps: tuple[str, ...] = ()
    letters: tuple[PlannedLetter, ...] = ()


def plan_of(draft: Draft, choices: Choices | None) -> Plan:
    """Foresee what the picks need; an account alone, or unknown picks, need nothing."""
    if draft.only_account or choices is None or not count_of_changes(draft):
        return Plan()
    sims = {_sim_kind(offer.id, offer.name) for offer in sims_of(draft.picks, choices)}
    mobile = any(line.number_type == "mobile" for line in lines_of(draft.picks, choices))
    return Plan(tuple(_steps(sims, mobile=mobile)), tuple(_letters(draft, sims, mobile=mobile)))


def _sim_kind(code: str, name: str) -> str:
    return ESIM if "esim" in f"{code} {name}".lower() else PLASTIC


def _steps(sims: set[str], *, mobile: bool) -> Iterable[str]:
    """The steps in words, in the order of the network's work; letters are told beside them."""
    yield tr("Customer checked")
    if not mobile:
        yield tr("Carried out")
        yield tr("Account updated")
        return
    yield tr("Credit checked")
    yield tr("Number assigned")
    if sims:
        yield tr("SIM reserved")
        yield tr("Line set up in the network")
    yield tr("Billing account checked")
    if PLASTIC in sims:
        yield tr("SIM handed to the post")
    if ESIM in sims:
        yield tr("eSIM released")
    if sims:
        yield tr("Phone seen in the network")
    yield tr("Account updated")


def _letters(draft: Draft, sims: set[str], *, mobile: bool) -> Iterable[PlannedLetter]:
    name = draft.fields.get("givenName", "").strip()
    email = tr("e-mail to {name}", name=name) if name else tr("e-mail")
    if draft.changes_installed:
        yield PlannedLetter("LT13", titled("LT13"), email)
    if not any(draft.picks.values()):
        return
    if mobile:
        yield PlannedLetter("LT02", titled("LT02"), email)
    yield PlannedLetter("LT01", titled("LT01"), email)
    if mobile and PLASTIC in sims:
        yield PlannedLetter("LT05", titled("LT05"), tr("letter"))
    yield PlannedLetter("LT04", titled("LT04"), tr("text"))
    if mobile and not draft.customer_id:
        yield PlannedLetter("LT03", titled("LT03"), email)
