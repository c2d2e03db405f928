"""What can be done to a product is told with its key; what cannot, with the reason."""

from __future__ import annotations

from typing import Any

import pytest

from app.accounts.view import AccountView
from app.deeds.codes import Card, card_of, spaced
from app.deeds.commands import commands_for
from app.deeds.possible import RIGHTS, Possible, possible
from app.deeds.subject import lines_of
from app.session import User
from tests.support import edda
from tests.support.account_views import edda_with

LINE, ROAMING, FIBRE = "P-M03", "P-M13", "P-F02"
SIM = "8999010000000000011"


def user(*without: str) -> User:
    rights = {right: "x" for right in RIGHTS.values() if right not in without}
    return User("u1", "agent", "Maren Tindlewick", "Front desk", frozenset({"agent"}), rights)


def view(**changes: Any) -> AccountView:
    """Edda without an open order; `changes` are of her line."""
    products = edda.account()["products"]
    products = [{**each, **changes} if each["id"] == LINE else each for each in products]
    return edda_with(products=products, orders=[], flows=[])


def with_sim(**changes: Any) -> AccountView:
    """The same, and the server names her line's SIM."""
    sim = {"id": SIM, "name": "SIM", "value": SIM, "@type": "ResourceRef"}
    return view(realizingResource=[sim], **changes)


def at(product: str, shown: AccountView, who: User | None = None) -> Possible:
    found = possible(shown.account, product, shown.known, who or user())
    assert found is not None
    return found


def keys(found: Possible) -> dict[str, str]:
    return {row.key: row.why for row in found.rows}


def test_a_mobile_line_can_be_all_but_moved() -> None:
    assert keys(at(LINE, with_sim())) == dict.fromkeys("CSIKNOE", "")


def test_the_puk_is_that_of_the_sim_the_server_names() -> None:
    card = card_of(at(ROAMING, with_sim()).subject)
    assert card == Card("8999010000000000011", "Skarv 100, 07700 900471")
    assert keys(at(LINE, view()))["K"] == "The server names no SIM of this line."


def test_a_resting_line_shows_its_puk_all_the_same() -> None:
    assert keys(at(LINE, with_sim(status="suspended")))["K"] == ""


def test_a_puk_is_read_out_in_fours() -> None:
    assert spaced("40715582") == "4071 5582"


def test_what_hangs_on_a_line_leads_to_the_line() -> None:
    subject = at(ROAMING, view()).subject
    assert (subject.root.id, subject.words) == (LINE, "Skarv 100, 07700 900471")
    assert subject.asked.id == ROAMING


def test_fibre_moves_house_and_has_no_sim() -> None:
    assert set(keys(at(FIBRE, view()))) == set("CSOHE")


def test_what_rests_is_resumed_and_not_suspended_again() -> None:
    found = keys(at(LINE, view(status="suspended")))
    assert found["R"] == ""
    assert "S" not in found
    assert found["N"] == found["C"] == "It is suspended. Resume it first."


def test_what_is_being_set_up_must_work_first() -> None:
    found = keys(at(LINE, view(status="pendingActive")))
    assert found.pop("K") == "The server names no SIM of this line."
    assert set(found.values()) == {"It is being set up. This can be done once it works."}


def test_an_open_order_is_named_but_a_lost_phone_can_be_blocked_all_the_same() -> None:
    item = {"id": "1", "action": "modify", "product": {"id": ROAMING, "@type": "Product"}}
    order = {
        "id": "O-1",
        "orderNumber": "KO-0000009-9",
        "state": "inProgress",
        "productOrderItem": [item],
        "@type": "ProductOrder",
    }
    shown = edda_with(orders=[order], flows=[])
    found = keys(at(LINE, shown))
    assert found["I"] == "Order KO-0000009-9 is changing it already."
    assert found["S"] == ""


@pytest.mark.parametrize(
    ("right", "key", "words"),
    [
        ("owner.change", "O", "A senior agent or supervisor can do this."),
        ("puk.reveal", "K", "Your role may not do this. Ask your supervisor."),
        ("product.cease", "E", "Your role may not do this. Ask your supervisor."),
    ],
)
def test_what_somebody_may_not_do_says_who_may(right: str, key: str, words: str) -> None:
    assert keys(at(LINE, view(), user(right)))[key] == words


def test_what_the_customer_has_no_more_can_be_done_nothing_to() -> None:
    shown = view(status="terminated")
    assert possible(shown.account, LINE, shown.known, user()) is None


def test_her_mobile_lines_are_found() -> None:
    shown = view()
    assert [each.root.id for each in lines_of(shown.account, shown.known)] == ["P-M03", "P-M05"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("puk", ["codes"]),
        ("sw", ["sim"]),
        ("LOST", ["suspend"]),
        ("new", ["sim", "number", "owner"]),
        ("s", []),
    ],
)
def test_a_word_means_a_deed(text: str, names: list[str]) -> None:
    assert [each.id for each in commands_for(text)] == names
