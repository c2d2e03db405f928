"""What opens an offer that is not offered."""

from __future__ import annotations

import pytest

from app.wizard import edits
from app.wizard.choices import HiddenOffer
from app.wizard.draft import Draft, draft_for
from app.wizard.openers import opener_of
from backend_client.choices import Reason
from tests.app.wizard.stories import NOW, jorun


def hidden(*rules: str) -> HiddenOffer:
    reasons = tuple(Reason(rule=rule, text="") for rule in rules)
    return HiddenOffer(id="F02", name="Glimt 500", family="Internet", reasons=reasons)


def field(offer: HiddenOffer, draft: Draft) -> str:
    opener = opener_of(offer, draft)
    return opener.field if opener else ""


@pytest.mark.parametrize("rule", ["R15", "R16"])
def test_an_identity_that_was_not_seen_leads_to_its_field(rule: str) -> None:
    assert field(hidden(rule), jorun(identity="")) == "identity"
    assert field(hidden(rule), jorun()) == ""


def test_without_an_address_the_network_leads_to_it() -> None:
    draft = edits.forget_address()(jorun())
    assert field(hidden("R25", "R48"), draft) == "address"
    assert field(hidden("R25"), jorun()) == ""


def test_what_nothing_on_the_customer_step_helps_stays_closed() -> None:
    assert field(hidden("R04"), edits.forget_address()(jorun(identity=""))) == ""
    known = draft_for("agent", "KF-0041873-6", "Edda Marrowby", now=NOW)
    assert field(hidden("R25"), known) == ""
