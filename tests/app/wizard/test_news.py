"""What the world has changed under an open draft."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from app.wizard import edits
from app.wizard.choices import Choices
from app.wizard.draft import Draft, from_json, to_json
from app.wizard.news import news_since
from app.wizard.wizard import Wizard
from tests.app.wizard.stories import NOW, SKARV_100, choices, jorun

FACTS = {"segment": "RES", "credit": "B", "gpon": 0, "copper": 1, "channel": "CALL"}


def known(**changes: object) -> Choices:
    """What the server said of a picked Skarv 100, with these differences."""
    offer = replace(SKARV_100, picked=1)
    return replace(choices(), **{"offers": (offer,), "facts": FACTS, **changes})


def kept(answer: Choices) -> Draft:
    """A draft that was written after this answer, as it comes back from the disk."""
    notes: list[Draft] = []
    draft = edits.pick("M03", 1)(jorun())
    wizard = Wizard(draft, journal=notes.append, clock=lambda: NOW)
    wizard.take_choices(answer, wizard.question)
    return from_json(to_json(notes[-1]))


def since(answer: Choices) -> tuple[str, ...]:
    return news_since(kept(known()).standing, answer)


def test_the_same_answer_is_no_news_and_neither_is_the_first() -> None:
    assert since(known()) == ()
    assert news_since(None, known()) == ()


def test_another_catalogue_is_said_by_the_prices_it_changed() -> None:
    assert since(known(catalogue_version="42")) == ("The catalogue has changed, to version 42.",)
    dearer = replace(SKARV_100, picked=1, monthly=Decimal("21.00"), once=Decimal(5))
    assert since(known(catalogue_version="42", offers=(dearer,))) == (
        "Skarv 100 costs £21.00 a month now, before £19.00.",
        "Skarv 100 costs £5.00 once now, before £0.00.",
    )


def test_the_address_and_the_person_are_told_apart() -> None:
    facts = {**FACTS, "credit": "C", "gpon": 1, "copper": 0, "channel": "SHOP", "flat": 1}
    assert since(replace(known(), facts=facts)) == (
        "The address has fibre now.",
        "The address has copper no longer.",
        "The credit class is C, before B.",
        "What is known of the customer has changed.",
    )


def test_what_the_agent_changed_himself_is_marked_as_his_own() -> None:
    wizard = Wizard(kept(known()), journal=lambda _draft: None, clock=lambda: NOW)
    later = replace(known(), facts={**FACTS, "gpon": 1})
    wizard.take_choices(later, wizard.question)
    assert wizard.news == ("The address has fibre now.",)
    assert not wizard.news_is_own
    wizard.apply(edits.set_address("A-2", "Elsewhere"))
    wizard.take_choices(known(), wizard.question)
    assert wizard.news == ("The address has fibre no longer.",)
    assert wizard.news_is_own
